import type {
  AttendanceUpload,
  BankAccount,
  BusinessKind,
  CompanyUpload,
  ContractUpload,
  EntryExitUpload,
  BuilderLicense,
  PassedGate,
  Passage,
  PayrollUpload,
  ProjectChangeUpload,
  ProjectUpload,
  SubContractorUpload,
  TeamChangeUpload,
  TeamDetailsUpload,
  Trainee,
  TrainingUpload,
  WagePayment,
  WorkerContract,
} from '../business.ts';
import {
  anyDay,
  attachments,
  code,
  decimal,
  documentNumber,
  type FieldTable,
  optional,
  pastDay,
  pastMoment,
  picture,
  required,
  rows,
  secret,
  type TableOf,
  text,
  whole,
} from './field-rule.ts';

/** A method of the interface with the fields of its business object. */
export interface BusinessMethod {
  readonly method: string;
  readonly fields: FieldTable;
}

/** Of the data standard's columns; the interface publishes no widths of its own. */
const largestAmount = 1e12;
const person = { idCardType: required(code('idCardType')), idCardNumber: required(documentNumber('idCardType')) };
const place = {
  projectCode: required(text(50)),
  corpCode: required(text(18)),
  corpName: required(text(200)),
};
const teamNumber = required(whole());
const yesNo = whole(1, 0);

const company = {
  corpCode: required(text(18)),
  corpName: required(text(200)),
  corpType: optional(code('corpType')),
  licenseNum: optional(text(100)),
  areaCode: required(text(6, /^[1-9]\d{5}$/)),
  address: optional(text(200)),
  zipCode: optional(text(20)),
  legalMan: optional(text(50)),
  legalManDuty: optional(text(50)),
  legaManProTitle: optional(text(50)),
  legalManIDCardType: optional(code('idCardType')),
  legalManIDCardNumber: optional(documentNumber('legalManIDCardType')),
  regCapital: optional(decimal(0, largestAmount, 6)),
  factRegCapital: optional(decimal(0, largestAmount, 6)),
  capitalCurrencyType: optional(text(3, /^[A-Z]{3}$/)),
  registerDate: required(pastDay),
  establishDate: optional(pastDay),
  officePhone: optional(text(50)),
  faxNumber: optional(text(50)),
  linkman: optional(text(50)),
  linkTel: optional(text(50)),
  email: optional(text(100)),
  website: optional(text(100)),
  remark: optional(text(200)),
} as const satisfies TableOf<CompanyUpload>;

const bankAccount = {
  bankCode: required(code('bank')),
  bankName: required(text(50)),
  bankNumber: required(secret(30)),
  bankLinkNumber: optional(text(30)),
} as const satisfies TableOf<BankAccount>;

const mostBankAccounts = 20;

const subContractor = {
  ...place,
  corpType: required(code('participantType')),
  entryTime: optional(pastMoment),
  exitTime: optional({ kind: 'moment', future: false, notBefore: 'entryTime' }),
  bankInfos: optional(rows(mostBankAccounts, bankAccount)),
  pmName: optional(text(50)),
  pmIDCardType: optional(code('idCardType')),
  pmIDCardNumber: optional(documentNumber('pmIDCardType')),
  pmPhone: optional(text(50)),
} as const satisfies TableOf<SubContractorUpload>;

const teamDetails = {
  teamName: required(text(100)),
  responsiblePersonName: optional(text(50)),
  responsiblePersonPhone: optional(text(20)),
  responsiblePersonIDCardType: optional(code('idCardType')),
  responsiblePersonIDNumber: optional(documentNumber('responsiblePersonIDCardType')),
  remark: optional(text(200)),
  entryTime: optional(pastDay),
  exitTime: optional({ kind: 'day', future: false, notBefore: 'entryTime' } as const),
  entryAttachments: optional(attachments(5, 'entryTime')),
  exitAttachments: optional(attachments(5, 'exitTime')),
} as const;

const team = { ...place, ...teamDetails } as const satisfies TableOf<TeamDetailsUpload>;
const teamChange = { teamSysNo: teamNumber, ...teamDetails } as const satisfies TableOf<TeamChangeUpload>;

const passage = {
  ...person,
  date: required(pastDay),
  type: required(yesNo),
  voucher: optional(picture),
} as const satisfies TableOf<Passage>;

const entryExit = {
  ...place,
  teamSysNo: teamNumber,
  workerList: required(rows(50, passage)),
} as const satisfies TableOf<EntryExitUpload>;

const contract = {
  corpCode: required(text(18)),
  corpName: required(text(200)),
  ...person,
  contractPeriodType: required(yesNo),
  startDate: required(anyDay),
  endDate: required({ kind: 'day', future: true, notBefore: 'startDate' }),
  unit: optional(code('contractUnit')),
  unitPrice: optional(decimal(0, largestAmount, 2)),
  attachments: optional(attachments(2)),
} as const satisfies TableOf<WorkerContract>;

const contracts = {
  projectCode: required(text(50)),
  contractList: required(rows(5, contract)),
} as const satisfies TableOf<ContractUpload>;

const trainee = {
  ...person,
  isPass: required(yesNo),
  trainingScore: optional(decimal(0, 100, 1)),
} as const satisfies TableOf<Trainee>;

/** No limit is published for the people of one training. */
const mostTrainees = 500;
const longestTraining = 10_000;

const training = {
  projectCode: required(text(50)),
  trainingDate: required(pastDay),
  trainingDuration: required(decimal(0, longestTraining, 1)),
  trainingName: required(text(100)),
  trainingTypeCode: required(code('trainingType')),
  trainer: optional(text(50)),
  trainingOrg: optional(text(200)),
  trainingAddress: optional(text(200)),
  description: optional(text(500)),
  attachments: optional(attachments(10)),
  workers: required(rows(mostTrainees, trainee)),
} as const satisfies TableOf<TrainingUpload>;

const passedGate = {
  ...person,
  date: required(pastMoment),
  direction: required(code('direction')),
  image: optional(picture),
  channel: optional(text(50)),
  attendType: optional(code('attendType')),
  lng: optional(decimal(-180, 180, 15)),
  lat: optional(decimal(-90, 90, 15)),
} as const satisfies TableOf<PassedGate>;

const attendance = {
  projectCode: required(text(50)),
  teamSysNo: teamNumber,
  dataList: required(rows(20, passedGate)),
} as const satisfies TableOf<AttendanceUpload>;

const builderLicense = {
  prjName: required(text(200)),
  builderLicenseNum: required(secret(50)),
} as const satisfies TableOf<BuilderLicense>;

const mostLicenses = 50;

const project = {
  contractorCorpCode: required(text(18)),
  contractorCorpName: required(text(200)),
  name: required(text(200)),
  description: optional(text(1000)),
  category: required(code('projectCategory')),
  buildCorpName: optional(text(200)),
  buildCorpCode: optional(text(18)),
  builderLicenses: required(rows(mostLicenses, builderLicense)),
  buildPlanNum: optional(secret(50)),
  prjPlanNum: optional(secret(50)),
  areaCode: required(text(6, /^[1-9]\d{5}$/)),
  invest: optional(decimal(0, largestAmount, 6)),
  buildingArea: optional(decimal(0, largestAmount, 2)),
  buildingLength: optional(decimal(0, largestAmount, 2)),
  startDate: optional(anyDay),
  completeDate: optional({ kind: 'day', future: true, notBefore: 'startDate' }),
  linkMan: optional(text(50)),
  linkPhone: optional(text(50)),
  prjStatus: required(code('projectStatus')),
  lat: optional(decimal(-90, 90, 15)),
  lng: optional(decimal(-180, 180, 15)),
  address: optional(text(200)),
  approvalNum: optional(text(100)),
  approvalLevelNum: optional(code('approvalLevel')),
  prjSize: optional(code('projectSize')),
  propertyNum: optional(code('projectProperty')),
  functionNum: optional(text(10)),
  nationNum: optional(text(10)),
  thirdPartyProjectCode: required(text(50)),
} as const satisfies TableOf<ProjectUpload>;

const projectChange = {
  projectCode: required(text(50)),
  ...project,
} as const satisfies TableOf<ProjectChangeUpload>;

const month = text(7, /^\d{4}-(0[1-9]|1[0-2])$/);

const wagePayment = {
  ...person,
  days: optional(decimal(0, 31, 1)),
  workHours: optional(decimal(0, 744, 1)),
  payRollBankCardNumber: required(secret(30)),
  payRollBankCode: required(code('bank')),
  payRollBankName: required(text(50)),
  payBankCardNumber: required(secret(30)),
  payBankCode: required(code('bank')),
  payBankName: required(text(50)),
  totalPayAmount: required(decimal(0, largestAmount, 2)),
  actualAmount: required(decimal(0, largestAmount, 2)),
  isBackPay: required(yesNo),
  balanceDate: required(pastDay),
  backPayMonth: optional(month),
  thirdPayRollCode: required(text(50)),
} as const satisfies TableOf<WagePayment>;

const payroll = {
  ...place,
  teamSysNo: teamNumber,
  payMonth: required(month),
  attachments: optional(attachments(5)),
  detailList: required(rows(20, wagePayment)),
} as const satisfies TableOf<PayrollUpload>;

/** Every object that is reported, with its method. */
export const businessMethods: Readonly<Record<BusinessKind, BusinessMethod>> = {
  company: { method: 'Corp.Upload', fields: company },
  project: { method: 'Project.Add', fields: project },
  'project-change': { method: 'Project.Update', fields: projectChange },
  'sub-contractor': { method: 'ProjectSubContractor.Add', fields: subContractor },
  'sub-contractor-change': { method: 'ProjectSubContractor.Update', fields: subContractor },
  team: { method: 'Team.Add', fields: team },
  'team-change': { method: 'Team.Update', fields: teamChange },
  'entry-exit': { method: 'WorkerEntryExit.Add', fields: entryExit },
  contract: { method: 'WorkerContract.Add', fields: contracts },
  training: { method: 'ProjectTraining.Add', fields: training },
  attendance: { method: 'WorkerAttendance.Add', fields: attendance },
  payroll: { method: 'Payroll.Add', fields: payroll },
};
