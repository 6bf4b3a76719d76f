import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  addCall,
  addTeam,
  CORP,
  NUMBERS,
  pictureText,
  PLACE,
  PROJECT,
  seal,
  startBench,
  textIn,
  unseal,
  workerData,
  type Bench,
  type Data,
} from './client-for-tests.ts';

const QUERY = { pageIndex: 0, pageSize: 50, projectCode: PROJECT };
const person = { idCardType: '01', idCardNumber: seal(NUMBERS.wei) };
const stranger = { idCardType: '01', idCardNumber: seal(NUMBERS.lu) };
let bench: Bench;
let teamSysNo: number;

beforeEach(async () => {
  bench = await startBench({ blackList: [{ idCardNumber: NUMBERS.qin, reason: '示例原因' }] });
  teamSysNo = await addTeam(bench);
  await bench.write('ProjectWorker.Add', addCall(teamSysNo, [await workerData()]));
});

afterEach(() => bench.sandbox.stop());

async function rows(method: string, data: Data = QUERY): Promise<Record<string, unknown>[]> {
  return z.array(z.record(z.string(), z.json())).parse((await bench.call(method, data)).data?.['rows']);
}

const contract = (changes: Data = {}): Data => ({
  projectCode: PROJECT,
  contractList: [
    { ...CORP, ...person, contractPeriodType: 0, startDate: '2026-01-01', endDate: '2026-12-31', ...changes },
  ],
});

describe('WorkerContract', () => {
  it('is kept and given back with the number encrypted', async () => {
    expect(await bench.write('WorkerContract.Add', contract({ unit: '81', unitPrice: 12.5 }))).toMatchObject({
      status: 20,
    });
    const [row] = await rows('WorkerContract.Query');
    expect(row).toMatchObject({ ...CORP, contractPeriodType: 0, unit: '81', unitPrice: 12.5 });
    expect(unseal(String(row?.['idCardNumber']))).toBe(NUMBERS.wei);
  });

  it.each<[string, Data, string]>([
    ['an end before the start', { endDate: '2025-12-31' }, '[contractList][0][endDate]不能早于startDate'],
    ['an unknown unit', { unit: '83' }, '[contractList][0][unit]代码83不在字典中'],
    ['a price in tenths of a fen', { unitPrice: 1.005 }, '[contractList][0][unitPrice]小数不能超过2位'],
    ['a stranger', stranger, '[contractList][0][idCardNumber]该项目下未找到该人员'],
    ['another company', { corpCode: '91459999TEST00002X' }, '[contractList][0][corpCode]该企业不是本项目的参建单位'],
    [
      'three attachments',
      { attachments: Array(3).fill({ name: 'a.pdf', data: 'AAAA' }) },
      '[contractList][0][attachments]附件不能超过2个',
    ],
  ])('refuses %s', async (_, changes, problem) => {
    const outcome = await bench.write('WorkerContract.Add', contract(changes));
    expect(outcome).toMatchObject({ status: 10, result: problem });
    expect(await rows('WorkerContract.Query')).toEqual([]);
  });

  it('takes five at once and not six', async () => {
    const [one] = contract()['contractList'] as Data[];
    const outcome = await bench.write('WorkerContract.Add', { projectCode: PROJECT, contractList: Array(6).fill(one) });
    expect(outcome.result).toBe('[contractList]每次不能超过5人');
  });
});

const training = (workers: readonly Data[], changes: Data = {}): Data => ({
  projectCode: PROJECT,
  trainingDate: '2026-03-01',
  trainingDuration: 4.5,
  trainingName: '入场安全教育',
  trainingTypeCode: '003002',
  workers,
  ...changes,
});

describe('ProjectTraining', () => {
  it('is kept for everybody who took part', async () => {
    await bench.write('ProjectWorker.Add', addCall(teamSysNo, [await workerData(NUMBERS.lu)]));
    const both = [
      { ...person, isPass: 1, trainingScore: 92.5 },
      { ...stranger, isPass: 0 },
    ];
    expect(await bench.write('ProjectTraining.Add', training(both))).toMatchObject({ status: 20 });
    expect(await rows('ProjectTraining.Query')).toMatchObject([
      { trainingName: '入场安全教育', isPass: true, trainingScore: 92.5 },
      { isPass: false },
    ]);
  });

  it.each<[string, readonly Data[], Data, string]>([
    ['a stranger', [{ ...stranger, isPass: 1 }], {}, '[workers][0][idCardNumber]该项目下未找到该人员'],
    [
      'a score of 101',
      [{ ...person, isPass: 1, trainingScore: 101 }],
      {},
      '[workers][0][trainingScore]取值应在0到100之间',
    ],
    ['tomorrow', [{ ...person, isPass: 1 }], { trainingDate: '2026-03-03' }, '[trainingDate]日期不能晚于当前日期'],
    ['nobody', [], {}, '[workers]不能为空'],
    [
      'the same person twice',
      [
        { ...person, isPass: 1 },
        { ...person, isPass: 1 },
      ],
      {},
      '[workers][1][idCardNumber]同一批次中身份证号码重复',
    ],
  ])('refuses %s', async (_, workers, changes, problem) => {
    expect((await bench.write('ProjectTraining.Add', training(workers, changes))).result).toBe(problem);
  });
});

const passage = (changes: Data = {}): Data => ({
  projectCode: PROJECT,
  teamSysNo,
  dataList: [{ ...person, date: '2026-03-02 07:55:00', direction: '01', attendType: '001', ...changes }],
});

async function enter(): Promise<void> {
  const workerList = [{ ...person, date: '2026-03-01', type: 1 }];
  expect(await bench.write('WorkerEntryExit.Add', { ...PLACE, teamSysNo, workerList })).toMatchObject({ status: 20 });
}

describe('WorkerAttendance', () => {
  it('is refused until the worker has entered', async () => {
    expect((await bench.write('WorkerAttendance.Add', passage())).result).toBe(
      '[dataList][0][idCardNumber]该人员未进场，不能上传考勤',
    );
  });

  it('is kept with its picture and asked for by day', async () => {
    await enter();
    const call = passage({ image: await pictureText() });
    expect(await bench.write('WorkerAttendance.Add', call)).toMatchObject({ status: 20 });
    expect(await rows('WorkerAttendance.Query', { ...QUERY, date: '2026-03-02' })).toHaveLength(1);
    expect(await rows('WorkerAttendance.Query', { ...QUERY, date: '2026-03-01' })).toEqual([]);
  });

  it('refuses a moment in the future', async () => {
    await enter();
    const outcome = await bench.write('WorkerAttendance.Add', passage({ date: '2026-03-03 07:55:00' }));
    expect(outcome.result).toBe('[dataList][0][date]时间不能晚于当前时间');
  });
});

const wage = (changes: Data = {}): Data => ({
  ...PLACE,
  teamSysNo,
  payMonth: '2026-02',
  detailList: [
    {
      ...person,
      payRollBankCardNumber: seal('6217000000000000000'),
      payRollBankCode: '102',
      payRollBankName: '示例支行',
      payBankCardNumber: seal('6217000000000000001'),
      payBankCode: '102',
      payBankName: '示例支行',
      totalPayAmount: 5200.5,
      actualAmount: 5200.5,
      isBackPay: 0,
      balanceDate: '2026-03-01',
      thirdPayRollCode: 'PAY0001',
    },
  ],
  ...changes,
});

describe('Payroll', () => {
  it('is kept with the bank numbers encrypted', async () => {
    expect(await bench.write('Payroll.Add', wage())).toMatchObject({ status: 20 });
    const [row] = await rows('Payroll.Query', { ...QUERY, payMonth: '2026-02' });
    expect(unseal(String(row?.['payRollBankCardNumber']))).toBe('6217000000000000000');
  });

  it('refuses a month in the future', async () => {
    expect((await bench.write('Payroll.Add', wage({ payMonth: '2026-04' }))).result).toBe(
      '[payMonth]工资月份不能晚于当前月份',
    );
  });
});

const project = (changes: Data = {}): Data => ({
  contractorCorpCode: CORP.corpCode,
  contractorCorpName: CORP.corpName,
  name: '示例项目',
  category: '01',
  builderLicenses: [{ prjName: '示例一期', builderLicenseNum: seal('459999000000000001') }],
  areaCode: '459999',
  prjStatus: '003',
  thirdPartyProjectCode: 'THIRD0001',
  ...changes,
});

describe('Project', () => {
  it('is opened once, changed, and given back', async () => {
    const opened = await bench.write('Project.Add', project());
    const { projectCode } = z.object({ projectCode: z.string() }).parse(opened.result);
    expect((await bench.write('Project.Add', project())).result).toBe('[thirdPartyProjectCode]该项目已存在');
    await bench.write('Project.Update', { ...project({ prjStatus: '004' }), projectCode });
    expect((await bench.call('Project.Query', { projectCode })).data).toMatchObject({ projectCode, prjStatus: '004' });
  });

  it('of another account cannot be changed', async () => {
    const reply = await bench.call('Project.Update', { ...project(), projectCode: 'NOT-OURS' });
    expect(reply).toMatchObject({ code: '-3', message: '[projectCode]无权访问该项目' });
  });
});

describe('questions about companies and people', () => {
  it('gives a company back as it was uploaded, without the plain number of its head', async () => {
    const corp = { ...CORP, areaCode: '459999', registerDate: '2015-03-01', legalManIDCardNumber: seal(NUMBERS.wei) };
    await bench.write('Corp.Upload', corp);
    const { data } = await bench.call('Corp.Query', { corpCode: CORP.corpCode });
    expect(data).toMatchObject({ ...CORP, registerDate: '2015-03-01' });
    expect(unseal(textIn(data?.['legalManIDCardNumber']))).toBe(NUMBERS.wei);
  });

  it('lists the companies of a project', async () => {
    expect(await rows('ProjectSubContractor.Query')).toMatchObject([CORP]);
  });

  it('knows whom it was started with on the black list', async () => {
    const pages = { pageIndex: 0, pageSize: 50 };
    const ask = (number: string) =>
      rows('WorkerBlackList.Query', { ...pages, idCardType: '01', idCardNumber: seal(number) });
    expect(await ask(NUMBERS.qin)).toMatchObject([{ reason: '示例原因' }]);
    expect(await ask(NUMBERS.wei)).toEqual([]);
  });

  it.each(['WorkerCredential.Query', 'WorkerGoodRecord.Query', 'WorkerBadRecord.Query'])(
    '%s has nothing',
    async (method) => {
      expect(await rows(method, { pageIndex: 0, pageSize: 50, idCardNumber: seal(NUMBERS.wei) })).toEqual([]);
    },
  );

  it.each(['CorpCredential.Query', 'CorpGoodRecord.Query', 'CorpBadRecord.Query', 'CorpBlackList.Query'])(
    '%s has nothing',
    async (method) => {
      expect(await rows(method, { pageIndex: 0, pageSize: 50, corpCode: CORP.corpCode })).toEqual([]);
    },
  );
});
