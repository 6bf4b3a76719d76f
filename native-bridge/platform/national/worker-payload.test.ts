import { expect, test } from 'vitest';
import { StationError } from '../../contract/errors.ts';
import type { WorkerUpload } from '../connector.ts';
import { nationalDialect } from './dialect.ts';
import { createFieldCipher } from './field-cipher.ts';
import { jpegOfSize, sampleUpload } from './sample-upload.ts';
import { workerAddData, workerUpdateData } from './worker-payload.ts';

const cipher = createFieldCipher('0123456789abcdef0123456789abcdef');
const written = (worker: WorkerUpload, dialect = nationalDialect) =>
  JSON.stringify(workerAddData([worker], dialect, cipher));

const everything: WorkerUpload = {
  ...sampleUpload,
  payRollBankCardNumber: '6222000000000000019',
  urgentLinkMan: '覃示例',
  urgentLinkManPhone: '13900000000',
  expiryDate: '2040-01-01',
};

/** Names and order of the interface's table, without the fields that we do not collect. */
const rowFields = [
  ...['workerName', 'isTeamLeader', 'idCardType', 'idCardNumber', 'workType', 'workRole', 'issueCardDate'],
  ...['issueCardPic', 'payRollBankCardNumber', 'nation', 'address', 'headImage', 'politicsType', 'cellPhone'],
  ...['cultureLevelType', 'urgentLinkMan', 'urgentLinkManPhone', 'grantOrg', 'startDate', 'expiryDate'],
];
const envelopeFields = ['projectCode', 'corpCode', 'corpName', 'teamSysNo', 'teamName'];

test('writes the fields of the interface in its order', () => {
  const data = JSON.parse(written(everything)) as Record<string, unknown> & { workerList: object[] };
  expect(Object.keys(data)).toEqual([...envelopeFields, 'workerList']);
  expect(data.workerList).toHaveLength(1);
  expect(Object.keys(data.workerList[0] ?? {})).toEqual(rowFields);
});

test('an update has the same fields without a list', () => {
  const data = JSON.parse(JSON.stringify(workerUpdateData(everything, nationalDialect, cipher))) as object;
  expect(Object.keys(data)).toEqual([...envelopeFields, ...rowFields]);
});

test('writes values as the interface wants them', () => {
  const [row] = workerAddData([{ ...everything, isTeamLeader: true }], nationalDialect, cipher).workerList;
  expect(row).toMatchObject({ isTeamLeader: 1, workRole: 20, nation: '壮', expiryDate: '2040-01-01' });
  expect(cipher.decrypt(row?.idCardNumber ?? '')).toBe('45999919000101101X');
  expect(cipher.decrypt(row?.payRollBankCardNumber ?? '')).toBe('6222000000000000019');
  expect(workerAddData([sampleUpload], nationalDialect, cipher).workerList[0]?.isTeamLeader).toBe(0);
});

test('no number travels in clear', () => {
  expect(written(everything)).not.toContain('45999919000101101X');
  expect(written(everything)).not.toContain('6222000000000000019');
});

test('writes 长期 as the dialect does', () => {
  expect(written(sampleUpload)).toContain('"expiryDate":"2099-12-31"');
  expect(written(sampleUpload, { ...nationalDialect, longTermExpiryDate: '长期' })).toContain('"expiryDate":"长期"');
});

test('writes the ethnic group as a number where the dialect does', () => {
  expect(written(sampleUpload, { ...nationalDialect, nation: 'number' })).toContain('"nation":"08"');
});

test('writes bare Base64 where the dialect has no prefix', () => {
  expect(written(sampleUpload, { ...nationalDialect, imagePrefix: '' })).toContain('"headImage":"/9j/');
});

test('leaves out what was not given or was emptied', () => {
  const text = written({ ...sampleUpload, urgentLinkMan: '', payRollBankCardNumber: '' });
  expect(text).not.toContain('urgentLinkMan');
  expect(text).not.toContain('payRollBankCardNumber');
});

test('puts each picture where the dialect says, with its prefix', () => {
  const head = Buffer.from(sampleUpload.headImage).toString('base64');
  const live = Buffer.from(sampleUpload.issueCardPic).toString('base64');
  const [row] = workerAddData([sampleUpload], nationalDialect, cipher).workerList;
  expect(row?.headImage).toBe(`data:image/jpeg;base64,${head}`);
  expect(row?.issueCardPic).toBe(`data:image/jpeg;base64,${live}`);
  const one = { headImage: 'enrolment-photo', issueCardPic: 'enrolment-photo' } as const;
  const [raw] = workerAddData(
    [sampleUpload],
    { ...nationalDialect, imagePrefix: '', pictures: one },
    cipher,
  ).workerList;
  expect(raw).toMatchObject({ headImage: live, issueCardPic: live });
});

test('takes only the view of a picture that lies inside a larger buffer', () => {
  const buffer = new Uint8Array([9, 9, 0xff, 0xd8, 0xff, 9]);
  const [row] = workerAddData(
    [{ ...sampleUpload, headImage: buffer.subarray(2, 5) }],
    nationalDialect,
    cipher,
  ).workerList;
  expect(row?.headImage).toBe('data:image/jpeg;base64,/9j/');
});

function refusedFields(change: Partial<WorkerUpload>): string | undefined {
  try {
    workerAddData([{ ...sampleUpload, ...change }], nationalDialect, cipher);
  } catch (error) {
    if (error instanceof StationError && error.code === 'platform.record-refused') return error.detail;
    throw error;
  }
  return undefined;
}

// 51200 characters less the prefix's 23 leave 12794 groups of four, each for three bytes.
test('takes a picture up to the last byte that fits, and not one more', () => {
  expect(refusedFields({ issueCardPic: jpegOfSize(12_794 * 3) })).toBeUndefined();
  expect(refusedFields({ issueCardPic: jpegOfSize(12_794 * 3 + 1) })).toBe('issueCardPic');
});

test.each([
  ['projectCode', { projectCode: '' }],
  ['corpCode', { corpCode: '9'.repeat(19) }],
  ['corpName', { corpName: ' ' }],
  ['teamName', { teamName: '班'.repeat(101) }],
  ['teamSysNo', { teamSysNo: 0 }],
  ['teamSysNo', { teamSysNo: 2 ** 31 }],
  ['workerName', { workerName: '' }],
  ['workerName', { workerName: '韦'.repeat(51) }],
  ['idCardType', { idCardType: '08' }],
  ['idCardNumber', { idCardNumber: '45999919000101101x' }],
  ['idCardNumber', { idCardNumber: '4599991900010110' }],
  ['workType', { workType: '260' }],
  ['politicsType', { politicsType: '14' }],
  ['cultureLevelType', { cultureLevelType: '1' }],
  ['nation', { nation: '' }],
  ['address', { address: '路'.repeat(201) }],
  ['cellPhone', { cellPhone: '' }],
  ['grantOrg', { grantOrg: '' }],
  ['issueCardDate', { issueCardDate: '2024-02-30' }],
  ['startDate', { startDate: '2020.01.01' }],
  ['expiryDate', { expiryDate: '长期' }],
  ['payRollBankCardNumber', { payRollBankCardNumber: '6222 0000' }],
  ['urgentLinkMan', { urgentLinkMan: '覃'.repeat(51) }],
  ['headImage', { headImage: new Uint8Array([0x42, 0x4d, 0, 0]) }],
  ['headImage', { headImage: new Uint8Array([0xff, 0xd8, 0x00, 0xe0]) }],
  ['headImage', { headImage: new Uint8Array() }],
] as const)('refuses a wrong %s before sending, by name only (case %#)', (field, change) => {
  expect(refusedFields(change)).toBe(field);
});

test('takes other documents, with numbers of their own, only where the dialect does', () => {
  const foreigner = { ...sampleUpload, idCardType: '20', idCardNumber: 'KAZ459990123100', nation: '其他' };
  expect(refusedFields(foreigner)).toBe('idCardType');
  expect(refusedFields({ ...foreigner, idCardType: '99' })).toBe('idCardType');
  const idCardType = [...nationalDialect.codes.idCardType, { code: '20', zh: '外国人身份证件' }];
  const wider = { ...nationalDialect, codes: { ...nationalDialect.codes, idCardType } };
  expect(workerAddData([foreigner], wider, cipher).workerList[0]).toMatchObject({ idCardType: '20', nation: '其他' });
});

test('names every wrong field at once', () => {
  const fields = refusedFields({ cellPhone: '', workType: '', headImage: new Uint8Array() })?.split(', ');
  expect(new Set(fields)).toEqual(new Set(['cellPhone', 'workType', 'headImage']));
});

test('lists workers of one team in their order, at most as many as a request may hold', () => {
  const worker = (order: number) => ({ ...sampleUpload, workerName: `韦试样${order}` });
  const listed = workerAddData([worker(1), worker(2)], nationalDialect, cipher);
  expect(listed.workerList.map((row) => row.workerName)).toEqual(['韦试样1', '韦试样2']);
  const six = [1, 2, 3, 4, 5, 6].map(worker);
  expect(() => workerAddData(six, nationalDialect, cipher)).toThrow(expect.objectContaining({ code: 'internal' }));
  const strangers = [worker(1), { ...worker(2), teamSysNo: 7 }];
  expect(() => workerAddData(strangers, nationalDialect, cipher)).toThrow('two teams');
});
