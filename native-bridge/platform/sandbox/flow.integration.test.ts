import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  addCall,
  addTeam,
  DELAY_MS,
  NUMBERS,
  pictureText,
  PLACE,
  PROJECT,
  seal,
  startBench,
  textIn,
  unseal,
  withCheckDigit,
  without,
  workerData,
  type Bench,
  type Data,
} from './client-for-tests.ts';

const QUERY = { pageIndex: 0, pageSize: 50, projectCode: PROJECT };
const rowsSchema = z.array(z.record(z.string(), z.json()));
let bench: Bench;

beforeEach(async () => {
  bench = await startBench();
});

afterEach(() => bench.sandbox.stop());

async function rows(method: string, data: Data = QUERY): Promise<z.infer<typeof rowsSchema>> {
  return rowsSchema.parse((await bench.call(method, data)).data?.['rows']);
}

async function addWorker(teamSysNo: number, number?: string): Promise<void> {
  const outcome = await bench.write('ProjectWorker.Add', addCall(teamSysNo, [await workerData(number)]));
  expect(outcome).toMatchObject({ status: 20 });
}

describe('asynchronous writes', () => {
  it('wait, then give the result', async () => {
    const accepted = await bench.call('Team.Add', { ...PLACE, teamName: '木工一班' });
    expect(accepted).toMatchObject({ code: '0' });
    const requestSerialCode = textIn(accepted.data?.['requestSerialCode']);
    expect(requestSerialCode).toMatch(/^team-add-2026030210-\d+-\d+$/);
    bench.clock.now += DELAY_MS - 1;
    const early = await bench.call('AsyncHandleResult.Query', { requestSerialCode });
    expect(early.data).toMatchObject({ requestSerialCode, status: 0 });
    expect(await bench.sandbox.teams()).toEqual([]);
    bench.clock.now += 1;
    const late = await bench.call('AsyncHandleResult.Query', { requestSerialCode });
    expect(late.data).toMatchObject({ status: 20, result: { projectCode: PROJECT } });
    expect(await bench.sandbox.teams()).toHaveLength(1);
  });

  it('happen whether or not anybody asks for the outcome', async () => {
    await bench.call('Team.Add', { ...PLACE, teamName: '木工一班' });
    bench.clock.now += DELAY_MS;
    expect(await rows('Team.Query')).toHaveLength(1);
  });

  it('judge "not in the future" by the time of arrival', async () => {
    const data = {
      ...PLACE,
      teamName: '一班',
      entryTime: '2026-03-03',
      entryAttachments: [{ name: 'a.pdf', data: 'QQ==' }],
    };
    await bench.call('Team.Add', data);
    bench.clock.now += 48 * 3600 * 1000;
    expect(await bench.sandbox.teams()).toEqual([]);
    expect(await bench.sandbox.counters()).toMatchObject({ failed: 1 });
  });
});

describe('teams', () => {
  it('get a number of ten digits that a second Add of the name repeats in its text', async () => {
    const teamSysNo = await addTeam(bench);
    const again = await bench.write('Team.Add', { ...PLACE, teamName: '木工一班' });
    expect(again.status).toBe(10);
    expect(/\d{9,10}/.exec(String(again.result))?.[0]).toBe(String(teamSysNo));
    expect(await addTeam(bench, '木工二班')).not.toBe(teamSysNo);
  });

  it('need attachments with entry and exit days, in the right order', async () => {
    const dates = { entryTime: '2026-03-01', exitTime: '2026-02-01' };
    const outcome = await bench.write('Team.Add', { ...PLACE, teamName: '一班', ...dates });
    expect(String(outcome.result).split(';')).toEqual([
      '[entryAttachments]填写entryTime时附件不能为空',
      '[exitAttachments]填写exitTime时附件不能为空',
      '[exitTime]不能早于entryTime',
    ]);
  });

  it('take five attachments of one megabyte', async () => {
    const attachment = { name: '进场单.pdf', data: 'A'.repeat(1_048_576) };
    const team = (entryAttachments: unknown[]): Data => ({
      ...PLACE,
      teamName: '一班',
      entryTime: '2026-03-01',
      entryAttachments,
    });
    const tooLarge = { ...attachment, data: 'A'.repeat(1_048_580) };
    expect((await bench.write('Team.Add', team([tooLarge]))).result).toContain('[entryAttachments]附件');
    expect((await bench.write('Team.Add', team(Array(6).fill(attachment)))).result).toContain('不能超过5个');
    expect((await bench.write('Team.Add', team(Array(5).fill(attachment)))).status).toBe(20);
  });

  it('can be renamed and found by name; the leader comes back encrypted', async () => {
    const teamSysNo = await addTeam(bench);
    await addWorker(teamSysNo);
    const leader = { responsiblePersonName: '覃示例', responsiblePersonIDCardType: '01' };
    const update = { teamSysNo, teamName: '钢筋班', ...leader, responsiblePersonIDNumber: seal(NUMBERS.qin) };
    expect((await bench.write('Team.Update', update)).status).toBe(20);
    expect(await rows('Team.Query', { ...QUERY, teamName: '木工一班' })).toEqual([]);
    const [row] = await rows('Team.Query', { ...QUERY, teamName: '钢筋班' });
    expect(row).toMatchObject({ teamSysNo, responsiblePersonName: '覃示例' });
    expect(unseal(textIn(row?.['responsiblePersonIDNumber']))).toBe(NUMBERS.qin);
    expect(await bench.sandbox.workers()).toMatchObject([{ teamName: '钢筋班' }]);
  });

  it('that do not exist cannot be updated', async () => {
    const outcome = await bench.write('Team.Update', { teamSysNo: 1_000_000_999, teamName: '一班' });
    expect(outcome).toEqual({ status: 10, result: '[teamSysNo]班组编号无效' });
  });
});

describe('workers', () => {
  it('go in and come back with their numbers encrypted and their yes/no as booleans', async () => {
    const teamSysNo = await addTeam(bench);
    const bank = { payRollBankCardNumber: seal('6222000000000000000'), payRollTopBankCode: '103', hasBuyInsurance: 1 };
    const data = addCall(teamSysNo, [await workerData(NUMBERS.wei, { ...bank, expiryDate: '2099-12-31' })]);
    expect((await bench.write('ProjectWorker.Add', data)).status).toBe(20);
    const [row] = await rows('ProjectWorker.Query', { ...QUERY, idCardType: '01', idCardNumber: seal(NUMBERS.wei) });
    expect(row).toMatchObject({
      workerName: '韦试样',
      isTeamLeader: false,
      hasBuyInsurance: true,
      payRollTopBankName: '农业',
    });
    expect(unseal(textIn(row?.['idCardNumber']))).toBe(NUMBERS.wei);
    expect(unseal(textIn(row?.['payRollBankCardNumber']))).toBe('6222000000000000000');
    const photo = await fetch(textIn(row?.['issueCardPicUrl']));
    const sent = (await pictureText('jpeg', 200)).replace(/^.*,/, '');
    expect(Buffer.from(await photo.arrayBuffer()).toString('base64')).toBe(sent);
    expect(photo.headers.get('content-type')).toBe('image/jpeg');
  });

  it('are paged from page 0', async () => {
    const teamSysNo = await addTeam(bench);
    const numbers = ['1', '2', '3', '4', '5'].map((n) => withCheckDigit(`4599991990010120${n}`));
    const list = await Promise.all(numbers.map((number) => workerData(number)));
    await bench.write('ProjectWorker.Add', addCall(teamSysNo, list));
    const page = async (pageIndex: number): Promise<string[]> =>
      (await rows('ProjectWorker.Query', { ...QUERY, pageSize: 2, pageIndex })).map((row) =>
        unseal(textIn(row['idCardNumber'])),
      );
    expect([await page(0), await page(1), await page(2), await page(3)]).toEqual([
      numbers.slice(0, 2),
      numbers.slice(2, 4),
      numbers.slice(4),
      [],
    ]);
  });

  it('already in the project are listed one a line, and the whole call is refused', async () => {
    const teamSysNo = await addTeam(bench);
    await addWorker(teamSysNo, NUMBERS.wei);
    await addWorker(teamSysNo, NUMBERS.qin);
    const list = await Promise.all([NUMBERS.wei, NUMBERS.lu, NUMBERS.qin].map((number) => workerData(number)));
    const outcome = await bench.write('ProjectWorker.Add', addCall(teamSysNo, list));
    expect(outcome.status).toBe(10);
    const lines = String(outcome.result).split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(NUMBERS.wei);
    expect(lines[1]).toContain(NUMBERS.qin);
    expect(outcome.result).toContain('已存在');
    expect((await bench.sandbox.counters()).people).toEqual([
      { projectCode: PROJECT, idCardNumber: NUMBERS.wei, added: 1, duplicatesRefused: 1 },
      { projectCode: PROJECT, idCardNumber: NUMBERS.qin, added: 1, duplicatesRefused: 1 },
    ]);
  });

  it('can be changed one by one, also to another team', async () => {
    const [first, second] = [await addTeam(bench), await addTeam(bench, '木工二班')];
    await addWorker(first);
    const whole = await workerData(NUMBERS.wei, { workType: '020' });
    const flat = without(whole, 'politicsType', 'cultureLevelType');
    const update = { ...PLACE, teamSysNo: second, teamName: '木工二班', ...flat };
    expect((await bench.write('ProjectWorker.Update', update)).status).toBe(20);
    const [worker] = await bench.sandbox.workers();
    expect(worker).toMatchObject({ teamSysNo: second, updates: 1, fields: { workType: '020', politicsType: '13' } });
  });

  it('that are not there cannot be changed', async () => {
    const teamSysNo = await addTeam(bench);
    const update = { ...PLACE, teamSysNo, teamName: '木工一班', ...(await workerData()) };
    const outcome = await bench.write('ProjectWorker.Update', update);
    expect(outcome).toEqual({ status: 10, result: '[idCardNumber]该项目下未找到该人员' });
  });
});

describe('switches', () => {
  it('can add the new workers of a call with duplicates', async () => {
    const other = await startBench({ onDuplicate: 'addOthers' });
    const teamSysNo = await addTeam(other);
    const list = [await workerData(NUMBERS.wei), await workerData(NUMBERS.qin)];
    await other.write('ProjectWorker.Add', addCall(teamSysNo, list.slice(0, 1)));
    expect(await other.write('ProjectWorker.Add', addCall(teamSysNo, list))).toMatchObject({ status: 10 });
    expect((await other.sandbox.workers()).map((worker) => worker.idCardNumber)).toEqual([NUMBERS.wei, NUMBERS.qin]);
    await other.sandbox.stop();
  });

  it('can ask for raw pictures', async () => {
    const other = await startBench({ pictureForm: 'raw' });
    const teamSysNo = await addTeam(other);
    const raw = (await pictureText()).replace(/^.*,/, '');
    const withPrefix = addCall(teamSysNo, [await workerData()]);
    expect((await other.write('ProjectWorker.Add', withPrefix)).result).toContain('不带前缀');
    const without = addCall(teamSysNo, [await workerData(NUMBERS.wei, { headImage: raw, issueCardPic: raw })]);
    expect((await other.write('ProjectWorker.Add', without)).status).toBe(20);
    await other.sandbox.stop();
  });

  it('can ignore unknown fields', async () => {
    const other = await startBench({ unknownFields: 'ignore' });
    const teamSysNo = await addTeam(other);
    const data = addCall(teamSysNo, [await workerData(NUMBERS.wei, { isJoined: 1 })]);
    expect((await other.write('ProjectWorker.Add', data)).status).toBe(20);
    await other.sandbox.stop();
  });
});

describe('entry and exit', () => {
  const passage = (date: string, type: number, number = NUMBERS.wei): Data => ({
    ...{ idCardType: '01', idCardNumber: seal(number), date, type },
  });
  const record = (teamSysNo: number, ...workerList: readonly Data[]): Promise<{ status: unknown; result: unknown }> =>
    bench.write('WorkerEntryExit.Add', { ...PLACE, teamSysNo, workerList });

  it('alternate, begin with an entry and never go back', async () => {
    const teamSysNo = await addTeam(bench);
    await addWorker(teamSysNo);
    expect((await record(teamSysNo, passage('2026-02-01', 0))).result).toBe(
      '[workerList][0][type]该人员尚未进场，不能退场',
    );
    expect((await record(teamSysNo, passage('2026-02-01', 1))).status).toBe(20);
    expect((await record(teamSysNo, passage('2026-02-02', 1))).result).toBe('[workerList][0][type]该人员已进场');
    expect((await record(teamSysNo, passage('2026-01-31', 0))).result).toContain('[date]日期不能早于');
    expect((await record(teamSysNo, passage('2026-03-03', 0))).result).toContain('[date]日期不能晚于');
    expect((await record(teamSysNo, passage('2026-02-01', 0), passage('2026-02-03', 1))).status).toBe(20);
    const [row] = await rows('ProjectWorker.Query');
    expect(row).toMatchObject({ entryTime: '2026-02-03', exitTime: '2026-02-01' });
    const history = await rows('WorkerEntryExit.Query', { ...QUERY, idCardNumber: seal(NUMBERS.wei) });
    expect(history.map((each) => each['type'])).toEqual([1, 0, 1]);
    expect(unseal(textIn(history[0]?.['idCardNumber']))).toBe(NUMBERS.wei);
  });

  it('are for people of the team only', async () => {
    const [first, second] = [await addTeam(bench), await addTeam(bench, '木工二班')];
    await addWorker(first);
    expect((await record(second, passage('2026-02-01', 1))).result).toContain('该班组下未找到该人员');
    expect((await record(first, passage('2026-02-01', 1, NUMBERS.lu))).result).toContain('该班组下未找到该人员');
  });

  it('take at most fifty rows, each with all its fields', async () => {
    const teamSysNo = await addTeam(bench);
    const many = Array.from({ length: 51 }, () => passage('2026-02-01', 1));
    expect((await record(teamSysNo, ...many)).result).toBe('[workerList]每次不能超过50人');
    expect((await record(teamSysNo, { idCardType: '01' })).result).toBe(
      '[workerList][0][idCardNumber]不能为空;[workerList][0][date]不能为空;[workerList][0][type]不能为空',
    );
  });
});

describe('companies', () => {
  const NEW = { corpCode: '91459999TEST00002X', corpName: '示例钢筋分包有限公司' };
  const JOIN = { projectCode: PROJECT, ...NEW, corpType: '006' };

  it('are uploaded, join the project, and can then have teams', async () => {
    expect((await bench.write('ProjectSubContractor.Add', JOIN)).result).toBe('[corpCode]企业不存在，请先上传企业信息');
    const upload = { ...NEW, areaCode: '459999', registerDate: '2015-05-05', corpType: '150' };
    expect((await bench.write('Corp.Upload', upload)).status).toBe(20);
    const team = { projectCode: PROJECT, ...NEW, teamName: '钢筋班' };
    expect((await bench.write('Team.Add', team)).result).toBe('[corpCode]该企业不是本项目的参建单位');
    expect((await bench.write('ProjectSubContractor.Add', JOIN)).status).toBe(20);
    expect((await bench.write('Team.Add', team)).status).toBe(20);
    expect((await bench.write('ProjectSubContractor.Add', JOIN)).result).toContain('已存在');
  });

  it('cannot put workers into the team of another company', async () => {
    const teamSysNo = await addTeam(bench);
    await bench.write('Corp.Upload', { ...NEW, areaCode: '459999', registerDate: '2015-05-05' });
    await bench.write('ProjectSubContractor.Add', JOIN);
    const outcome = await bench.write('ProjectWorker.Add', addCall(teamSysNo, [await workerData()], NEW));
    expect(outcome).toEqual({ status: 10, result: '[teamSysNo]班组编号超出范围或无效' });
  });

  it.each([
    ['Corp.Upload', { ...NEW, registerDate: '2015-05-05' }, '[areaCode]不能为空'],
    ['Corp.Upload', { ...NEW, areaCode: '4599', registerDate: '2015-05-05' }, '[areaCode]行政区划'],
    ['Corp.Upload', { ...NEW, areaCode: '459999', registerDate: '2015-05-05', corpType: '999' }, '[corpType]代码'],
    ['Corp.Upload', { ...NEW, areaCode: '459999', registerDate: '2999-05-05' }, '[registerDate]日期'],
    ['ProjectSubContractor.Add', { ...JOIN, corpType: '150' }, '[corpType]代码'],
    ['ProjectSubContractor.Add', { ...JOIN, entryTime: '2026-03-02' }, '[entryTime]时间格式'],
    [
      'ProjectSubContractor.Add',
      { ...JOIN, bankInfos: [{ bankCode: '102', bankName: '支行', bankNumber: '622200' }] },
      '[bankInfos][0][bankNumber]必须为AES',
    ],
  ])('%s %j is refused', async (method, data, wording) => {
    const outcome = await bench.write(method, data);
    expect(outcome).toMatchObject({ status: 10, result: expect.stringContaining(wording) as string });
  });
});
