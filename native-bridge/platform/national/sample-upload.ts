import type { WorkerUpload } from '../connector.ts';

/** The beginning of a JPEG file, filled up to the wanted size. Good for tests of the wire, not a picture. */
export function jpegOfSize(size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return bytes;
}

/** A worker who cannot exist: no such division, born in a year before the cards. */
export const sampleUpload: WorkerUpload = {
  projectCode: 'TESTPROJECT0001',
  corpCode: '91459999TEST000001',
  corpName: '示例建筑有限公司',
  teamSysNo: 1_234_567_890,
  teamName: '钢筋一班',
  workerName: '韦试样',
  isTeamLeader: false,
  idCardType: '01',
  idCardNumber: '45999919000101101X',
  workType: '020',
  workRole: 20,
  nation: '壮',
  address: '示例市示例路1号',
  headImage: jpegOfSize(1200),
  issueCardPic: jpegOfSize(1500),
  issueCardDate: '2024-01-01',
  politicsType: '13',
  cellPhone: '13800000000',
  cultureLevelType: '02',
  grantOrg: '示例市公安局',
  startDate: '2020-01-01',
  expiryDate: undefined,
};
