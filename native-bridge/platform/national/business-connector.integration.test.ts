import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sharp from 'sharp';
import { checkCharacter } from '../../enrolment/id-number.ts';
import type { BusinessConnector, BusinessKind, BusinessUploads } from '../business.ts';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { businessMethods } from './business-fields.ts';
import { queryMethods } from './business-queries.ts';
import { createNationalBusiness } from './business-connector.ts';
import { createNationalConnector } from './connector.ts';
import { sampleCompany, sampleProject, samplePayroll, sampleTraining } from './sample-business.ts';

/** 2026-11-26 10:00 in China. */
const now = Date.UTC(2026, 10, 26, 2);

const numbers = ['45999919900101001', '45999919900101002'].map((digits) => digits + checkCharacter(digits));
const [first = '', second = ''] = numbers;
const listed = `45999919900101003${checkCharacter('45999919900101003')}`;
const document = (idCardNumber: string) => ({ idCardType: '01', idCardNumber });

let sandbox: Sandbox;
let business: BusinessConnector;
let place: { projectCode: string; corpCode: string; corpName: string };
let jpeg: Uint8Array;
let teamSysNo = 0;

async function settled<K extends BusinessKind>(kind: K, upload: BusinessUploads[K]) {
  const answer = await business.send(kind, upload);
  if (answer.state !== 'accepted') return answer;
  return business.outcome(answer.serial);
}

/** The enrolment itself goes through the connector for workers. */
async function enrol(connection: { url: string; appid: string; secret: string }, idCardNumber: string): Promise<void> {
  const connector = createNationalConnector({ ...connection, now: () => now });
  const answer = await connector.addWorker({
    ...place,
    teamSysNo,
    teamName: '木工一班',
    workerName: '韦试样',
    isTeamLeader: false,
    ...document(idCardNumber),
    workType: '240',
    workRole: 20,
    nation: '壮',
    address: '示例省示例市示例路1号',
    headImage: jpeg,
    issueCardPic: jpeg,
    issueCardDate: '2026-11-26',
    politicsType: '13',
    cellPhone: '13800000000',
    cultureLevelType: '02',
    grantOrg: '示例市公安局',
    startDate: '2020-01-01',
    expiryDate: undefined,
  });
  if (answer.state !== 'accepted') throw new Error(answer.state);
  expect(await connector.outcome(answer.serial)).toMatchObject({ state: 'done' });
}

beforeAll(async () => {
  const grey = { r: 120, g: 140, b: 160 };
  jpeg = await sharp({ create: { width: 120, height: 150, channels: 3, background: grey } })
    .jpeg()
    .toBuffer();
  sandbox = await startSandbox({
    asyncDelayMs: 0,
    now: () => now,
    blackList: [{ idCardNumber: listed, reason: '示例原因' }],
  });
  const [account] = sandbox.accounts;
  const [project] = account?.projects ?? [];
  const [corp] = project?.corps ?? [];
  if (!account || !project || !corp) throw new Error('the sandbox has no account');
  const connection = { url: sandbox.url, appid: account.appid, secret: account.secret };
  place = { projectCode: project.projectCode, ...corp };
  business = createNationalBusiness({ ...connection, now: () => now });
  const team = await settled('team', {
    ...place,
    teamName: '木工一班',
    responsiblePersonIDCardType: '01',
    responsiblePersonIDNumber: first,
  });
  teamSysNo = team.state === 'done' ? (team.teamSysNo ?? 0) : 0;
  for (const number of numbers) await enrol(connection, number);
});

afterAll(() => sandbox.stop());

describe('every object is taken by the reference platform and comes back as it was sent', () => {
  test('company', async () => {
    const company = { ...sampleCompany, legalManIDCardType: '01', legalManIDCardNumber: first };
    expect(await settled('company', company)).toEqual({ state: 'done' });
    expect(await business.query('company', { corpCode: company.corpCode })).toMatchObject([company]);
  });

  test('project, opened and changed', async () => {
    expect(await settled('project', sampleProject)).toMatchObject({ state: 'done' });
    const projectCode = 'SANDBOXOPENED00001';
    expect(await settled('project-change', { ...sampleProject, projectCode, prjStatus: '004' })).toMatchObject({
      state: 'done',
    });
    expect(await business.query('project', { projectCode })).toMatchObject([{ name: '示例项目', prjStatus: '004' }]);
  });

  test('sub-contractor, joined and changed', async () => {
    const other = { ...sampleCompany, corpCode: '91459999TEST00009X', corpName: '示例分包公司' };
    await settled('company', other);
    const { corpCode, corpName } = other;
    const upload = {
      projectCode: place.projectCode,
      corpCode,
      corpName,
      corpType: '006',
      bankInfos: [{ bankCode: '102', bankName: '示例支行', bankNumber: '6217000000000000000' }],
    };
    expect(await settled('sub-contractor', upload)).toMatchObject({ state: 'done' });
    expect(await settled('sub-contractor', upload)).toMatchObject({ state: 'already-present' });
    expect(await settled('sub-contractor-change', { ...upload, pmName: '覃示例' })).toMatchObject({ state: 'done' });
    const rows = await business.query('sub-contractor', { projectCode: place.projectCode });
    expect(rows.map((row) => row['corpName'])).toContain('示例分包公司');
  });

  test('team, changed', async () => {
    expect(await settled('team-change', { teamSysNo, teamName: '木工一班', remark: '备注' })).toMatchObject({
      state: 'done',
    });
    const rows = await business.query('team', { projectCode: place.projectCode });
    expect(rows).toMatchObject([{ teamSysNo: String(teamSysNo), remark: '备注', responsiblePersonIDNumber: first }]);
  });

  test('entry, attendance and exit, in this order only', async () => {
    const passed = {
      projectCode: place.projectCode,
      teamSysNo,
      dataList: [{ ...document(first), date: '2026-11-26T01:00:00Z', direction: '01', image: jpeg }],
    };
    expect(await settled('attendance', passed)).toMatchObject({ state: 'refused', fields: ['idCardNumber'] });
    const workerList = numbers.map((number) => ({
      ...document(number),
      date: '2026-11-25',
      type: 1 as const,
      voucher: jpeg,
    }));
    expect(await settled('entry-exit', { ...place, teamSysNo, workerList })).toMatchObject({ state: 'done' });
    expect(await settled('attendance', passed)).toMatchObject({ state: 'done' });
    const day = await business.query('attendance', { projectCode: place.projectCode, date: '2026-11-26' });
    expect(day).toMatchObject([{ idCardNumber: first, date: '2026-11-26 09:00:00' }]);
    const exit = [{ ...document(second), date: '2026-11-26', type: 0 as const }];
    expect(await settled('entry-exit', { ...place, teamSysNo, workerList: exit })).toMatchObject({ state: 'done' });
    const passages = await business.query('entry-exit', { projectCode: place.projectCode, ...document(second) });
    expect(passages.map(({ date, type }) => `${date} ${type}`)).toEqual(['2026-11-25 1', '2026-11-26 0']);
  });

  test('contract with a file', async () => {
    const contract = {
      corpCode: place.corpCode,
      corpName: place.corpName,
      ...document(first),
      contractPeriodType: 0 as const,
      startDate: '2026-01-01',
      endDate: '2027-01-01',
      unit: '81',
      unitPrice: 12.5,
      attachments: [{ name: '合同.pdf', data: jpeg }],
    };
    expect(await settled('contract', { projectCode: place.projectCode, contractList: [contract] })).toMatchObject({
      state: 'done',
    });
    const rows = await business.query('contract', { projectCode: place.projectCode });
    expect(rows).toMatchObject([
      { idCardNumber: first, endDate: '2027-01-01', unitPrice: '12.5', contractPeriodType: '0' },
    ]);
  });

  test('training with a score', async () => {
    const workers = [
      { ...document(first), isPass: 1 as const, trainingScore: 92.5 },
      { ...document(second), isPass: 0 as const },
    ];
    expect(await settled('training', { ...sampleTraining, projectCode: place.projectCode, workers })).toMatchObject({
      state: 'done',
    });
    const rows = await business.query('training', { projectCode: place.projectCode });
    expect(rows.map(({ idCardNumber, isPass }) => [idCardNumber, isPass])).toEqual([
      [first, '1'],
      [second, '0'],
    ]);
  });

  test('wages', async () => {
    const detailList = samplePayroll.detailList.map((wage) => ({ ...wage, ...document(first) }));
    expect(await settled('payroll', { ...samplePayroll, ...place, teamSysNo, detailList })).toMatchObject({
      state: 'done',
    });
    const rows = await business.query('payroll', { projectCode: place.projectCode, payMonth: '2026-10' });
    expect(rows).toMatchObject([
      { payRollBankCardNumber: '6217000000000000000', actualAmount: '5200.5', isBackPay: '0' },
    ]);
  });
});

describe('questions', () => {
  test('the workers of a project, their numbers in clear', async () => {
    const rows = await business.query('worker', { projectCode: place.projectCode });
    expect(rows.map((row) => row['idCardNumber'])).toEqual(numbers);
    expect(rows[0]).toMatchObject({ isTeamLeader: '0', nation: '壮' });
  });

  test('the black list', async () => {
    expect(await business.query('person-black-list', document(listed))).toMatchObject([
      { idCardNumber: listed, reason: '示例原因' },
    ]);
    expect(await business.query('person-black-list', document(first))).toEqual([]);
  });

  test.each(['person-credential', 'person-good-record', 'person-bad-record'] as const)(
    'the %s of a person who has none',
    async (query) => {
      expect(await business.query(query, document(first))).toEqual([]);
    },
  );

  test('a person in every project of the account', async () => {
    expect(await business.query('person', document(first))).toMatchObject([
      { projectCode: place.projectCode, idCardNumber: first },
    ]);
  });

  test.each(['company-credential', 'company-good-record', 'company-bad-record', 'company-black-list'] as const)(
    'the %s of a company that has none',
    async (query) => {
      expect(await business.query(query, { corpCode: place.corpCode })).toEqual([]);
    },
  );

  test('of a company that the platform does not have', async () => {
    expect(await business.query('company', { corpCode: '91459999TEST00000X' })).toEqual([{}]);
  });
});

describe('what cannot be taken', () => {
  test('is not sent at all, and says where it is wrong', async () => {
    const before = (await sandbox.requests()).length;
    const workerList = [{ ...document(first), date: '2026-11-27', type: 1 as const }];
    await expect(business.send('entry-exit', { ...place, teamSysNo, workerList })).rejects.toMatchObject({
      code: 'platform.record-refused',
      detail: '[workerList][0][date]',
    });
    expect(await sandbox.requests()).toHaveLength(before);
  });

  test('is refused by the platform with the field', async () => {
    const outcome = await settled('entry-exit', {
      ...place,
      teamSysNo: 7,
      workerList: [{ ...document(first), date: '2026-11-26', type: 1 }],
    });
    expect(outcome).toMatchObject({ state: 'refused', fields: ['teamSysNo'] });
  });
});

test('every method of the driver has been taken by the reference platform', async () => {
  const taken = new Set((await sandbox.requests()).filter(({ code }) => code === '0').map(({ method }) => method));
  const all = [...Object.values(businessMethods), ...Object.values(queryMethods)].map(({ method }) => method);
  expect(all.filter((method) => !taken.has(method))).toEqual([]);
  expect(new Set(all).size).toBe(31);
});

test('the lists are as long as the interface allows', () => {
  const most = (['entry-exit', 'contract', 'attendance', 'payroll', 'company'] as const).map((kind) =>
    business.mostRows(kind),
  );
  expect(most).toEqual([50, 5, 20, 20, 1]);
});
