import type {
  AttendanceUpload,
  CompanyUpload,
  ContractUpload,
  EntryExitUpload,
  PayrollUpload,
  ProjectUpload,
  SubContractorUpload,
  TeamDetailsUpload,
  TrainingUpload,
} from '../business.ts';

/** Made-up companies and people for tests: the division 459999 does not exist. */
const place = { projectCode: 'TEST0001', corpCode: '91459999TEST00001X', corpName: '示例建筑劳务有限公司' };
const person = { idCardType: '01', idCardNumber: '459999199001010019' };

/** The first bytes of a JPEG file, filled up to `size` bytes. */
export const samplePicture = (size = 3000): Uint8Array => {
  const bytes = new Uint8Array(size);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return bytes;
};

export const sampleCompany: CompanyUpload = {
  corpCode: place.corpCode,
  corpName: place.corpName,
  corpType: '151',
  areaCode: '459999',
  registerDate: '2015-03-01',
};

export const sampleProject: ProjectUpload = {
  contractorCorpCode: place.corpCode,
  contractorCorpName: place.corpName,
  name: '示例项目',
  category: '01',
  builderLicenses: [{ prjName: '示例一期', builderLicenseNum: '459999000000000001' }],
  areaCode: '459999',
  prjStatus: '003',
  thirdPartyProjectCode: 'THIRD0001',
};

export const sampleSubContractor: SubContractorUpload = {
  ...place,
  corpType: '006',
  entryTime: '2026-03-01T00:00:00Z',
  bankInfos: [{ bankCode: '102', bankName: '示例支行', bankNumber: '6217000000000000000' }],
  pmName: '覃示例',
  pmIDCardType: '01',
  pmIDCardNumber: person.idCardNumber,
};

export const sampleTeam: TeamDetailsUpload = { ...place, teamName: '木工一班' };

export const sampleEntryExit: EntryExitUpload = {
  ...place,
  teamSysNo: 1_000_000_001,
  workerList: [{ ...person, date: '2026-11-26', type: 1, voucher: samplePicture() }],
};

export const sampleContracts: ContractUpload = {
  projectCode: place.projectCode,
  contractList: [
    {
      corpCode: place.corpCode,
      corpName: place.corpName,
      ...person,
      contractPeriodType: 0,
      startDate: '2026-01-01',
      endDate: '2027-12-31',
      attachments: [{ name: '合同.pdf', data: samplePicture() }],
    },
  ],
};

export const sampleTraining: TrainingUpload = {
  projectCode: place.projectCode,
  trainingDate: '2026-11-20',
  trainingDuration: 4.5,
  trainingName: '入场安全教育',
  trainingTypeCode: '003002',
  workers: [{ ...person, isPass: 1, trainingScore: 92.5 }],
};

export const sampleAttendance: AttendanceUpload = {
  projectCode: place.projectCode,
  teamSysNo: 1_000_000_001,
  dataList: [{ ...person, date: '2026-11-26T00:30:00Z', direction: '01', image: samplePicture(), attendType: '001' }],
};

export const samplePayroll: PayrollUpload = {
  ...place,
  teamSysNo: 1_000_000_001,
  payMonth: '2026-10',
  detailList: [
    {
      ...person,
      days: 22,
      payRollBankCardNumber: '6217000000000000000',
      payRollBankCode: '102',
      payRollBankName: '示例支行',
      payBankCardNumber: '6217000000000000000',
      payBankCode: '102',
      payBankName: '示例支行',
      totalPayAmount: 5200.5,
      actualAmount: 5200.5,
      isBackPay: 0,
      balanceDate: '2026-11-10',
      thirdPayRollCode: 'PAY0001',
    },
  ],
};
