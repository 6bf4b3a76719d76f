import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Connector } from '../connector.ts';
import { createNationalConnector } from './connector.ts';
import { nationalDialect } from './dialect.ts';
import { createFieldCipher } from './field-cipher.ts';
import { sampleUpload } from './sample-upload.ts';

const secret = '0123456789abcdef0123456789abcdef';
const cipher = createFieldCipher(secret);

interface Sent {
  readonly method: string;
  readonly data: Record<string, unknown>;
}

const dataSchema = z.record(z.string(), z.unknown());

/** A connector whose platform answers with the given `data` values, one for each request, and what it was sent. */
const connectorAnswered = (...answers: readonly unknown[]) =>
  connectorReplied(...answers.map((data) => ({ code: '0', message: '', data })));

/** Likewise with whole answers; what is asked beyond them has an empty one. */
function connectorReplied(...replies: readonly object[]) {
  const sent: Sent[] = [];
  const send: typeof fetch = (_url, init) => {
    const form = new URLSearchParams(init?.body instanceof Uint8Array ? Buffer.from(init.body).toString() : '');
    sent.push({ method: form.get('method') ?? '', data: dataSchema.parse(JSON.parse(form.get('data') ?? '')) });
    return Promise.resolve(Response.json(replies[sent.length - 1] ?? { code: '0' }));
  };
  const connector = createNationalConnector({ url: 'http://127.0.0.1/open.api', appid: 'A', secret, fetch: send });
  return { connector, sent };
}

const team = {
  projectCode: 'TESTPROJECT0001',
  corpCode: '91459999TEST000001',
  corpName: '示例建筑有限公司',
  teamName: '钢筋一班',
};
const worker = { projectCode: 'TESTPROJECT0001', idCardType: '01', idCardNumber: sampleUpload.idCardNumber };
const fullPage = Array.from({ length: 50 }, (_, index) => ({
  teamName: `班组${index}`,
  teamSysNo: 100_000_000 + index,
}));

test('adds a team', async () => {
  const { connector, sent } = connectorAnswered({ requestSerialCode: 'team-add-2024010112-1-0001' });
  await expect(connector.addTeam(team)).resolves.toEqual({ state: 'accepted', serial: 'team-add-2024010112-1-0001' });
  expect(sent).toEqual([{ method: 'Team.Add', data: team }]);
});

test('adds a worker in a list of one and updates one without a list', async () => {
  const { connector, sent } = connectorAnswered({ requestSerialCode: 'w-1' }, { requestSerialCode: 2 });
  await expect(connector.addWorker(sampleUpload)).resolves.toEqual({ state: 'accepted', serial: 'w-1' });
  await expect(connector.updateWorker(sampleUpload)).resolves.toEqual({ state: 'accepted', serial: '2' });
  expect(sent[0]).toMatchObject({ method: 'ProjectWorker.Add', data: { workerList: [{ workerName: '韦试样' }] } });
  expect(sent[1]).toMatchObject({ method: 'ProjectWorker.Update', data: { workerName: '韦试样' } });
});

test('adds several workers with one request and one serial', async () => {
  const { connector, sent } = connectorAnswered({ requestSerialCode: 'w-1' });
  const workers = [sampleUpload, { ...sampleUpload, workerName: '覃样本' }];
  await expect(connector.batch?.addWorkers(workers)).resolves.toEqual({ state: 'accepted', serial: 'w-1' });
  expect(connector.batch?.largest).toBe(5);
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ data: { workerList: [{ workerName: '韦试样' }, { workerName: '覃样本' }] } });
});

test('lays the failure of a request to the people whom its text names', async () => {
  const result = `韦试样（${sampleUpload.idCardNumber}）在该项目中已存在`;
  const { connector } = connectorAnswered({ requestSerialCode: 'w-1', status: 10, result });
  const people = [{ workerName: '覃样本', idCardNumber: '459999190001011036' }, sampleUpload];
  await expect(connector.outcome('w-1', people)).resolves.toMatchObject({
    state: 'already-present',
    rows: [{ row: 1, state: 'already-present' }],
  });
});

test('sends nothing that the platform would not take', async () => {
  const { connector, sent } = connectorAnswered();
  const refused = { code: 'platform.record-refused' };
  await expect(connector.addWorker({ ...sampleUpload, cellPhone: '' })).rejects.toMatchObject(refused);
  await expect(connector.updateWorker({ ...sampleUpload, nation: '' })).rejects.toMatchObject(refused);
  await expect(connector.addTeam({ ...team, teamName: '' })).rejects.toMatchObject({ ...refused, detail: 'teamName' });
  expect(sent).toEqual([]);
});

test.each([[null], [{}], [{ requestSerialCode: '' }], ['ok']])(
  'an acceptance with %j instead of a serial leaves open what happened',
  async (data) => {
    await expect(connectorAnswered(data).connector.addTeam(team)).rejects.toMatchObject({
      code: 'platform.bad-answer',
    });
  },
);

const everySending = [
  ['addTeam', (connector: Connector) => connector.addTeam(team)],
  ['addWorker', (connector: Connector) => connector.addWorker(sampleUpload)],
  ['updateWorker', (connector: Connector) => connector.updateWorker(sampleUpload)],
] as const;

test.each(everySending)('%s tells what the platform refuses at once', async (_name, sendWith) => {
  const message = '[workerList][0][idCardNumber]45999919000101101X校验失败';
  await expect(sendWith(connectorReplied({ code: -1, message }).connector)).resolves.toEqual({
    state: 'refused',
    text: '[workerList][0][idCardNumber]459999********101X校验失败',
    fields: ['idCardNumber'],
  });
  await expect(sendWith(connectorReplied({ code: '1086', message: '人员错误' }).connector)).resolves.toEqual({
    state: 'refused',
    text: 'code 1086: 人员错误',
    fields: [],
  });
});

test.each(everySending)('%s tells at once what is there already', async (_name, sendWith) => {
  const message = '该项目下已存在以下人员：韦试样(45999919000101101X)';
  await expect(sendWith(connectorReplied({ code: 9999, message }).connector)).resolves.toEqual({
    state: 'already-present',
    text: '该项目下已存在以下人员：韦试样(459999********101X)',
  });
});

test.each([
  [{ code: -1, message: '班组已存在，班组编号：1234567890' }],
  [{ code: 9999, message: '班组已存在', data: { teamSysNo: '1234567890' } }],
  [{ code: '1234567891', message: '班组已存在，班组编号：1234567890' }],
])('a team that is there already comes with its number: %j', async (reply) => {
  await expect(connectorReplied(reply).connector.addTeam(team)).resolves.toMatchObject({
    state: 'already-present',
    teamSysNo: 1_234_567_890,
  });
});

test.each(everySending)("%s does not take the platform's own trouble for a refusal", async (_name, sendWith) => {
  const trouble = (message: string) => sendWith(connectorReplied({ code: -1, message }).connector);
  await expect(trouble('系统异常')).rejects.toMatchObject({ code: 'platform.bad-answer' });
  await expect(trouble('系统繁忙，请稍后再试')).rejects.toMatchObject({ code: 'platform.busy' });
  await expect(trouble('无效的appid')).rejects.toMatchObject({ code: 'platform.no-permission' });
});

test.each([
  ['outcome', (connector: Connector) => connector.outcome('s-1')],
  ['findTeam', (connector: Connector) => connector.findTeam(team)],
  ['findWorker', (connector: Connector) => connector.findWorker(worker)],
] as const)('%s: a refused question says nothing about the record', async (_name, askWith) => {
  const message = `工人45999919000101101X查询条件有误${'。'.repeat(300)}`;
  const error: unknown = await askWith(connectorReplied({ code: -1, message }).connector).catch(
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({
    code: 'platform.bad-answer',
    detail: expect.stringMatching(/^question refused: 工人459999\*{8}101X查询条件有误。{1,90}$/) as string,
  });
  const busy = connectorReplied({ code: -1, message: '系统繁忙' }).connector;
  await expect(askWith(busy)).rejects.toMatchObject({ code: 'platform.busy' });
});

test('a number that the platform does not even let be asked for is nobody there', async () => {
  const { connector } = connectorReplied({ code: -1, message: '[idCardNumber]身份证号码校验位不正确' });
  await expect(connector.findWorker(worker)).resolves.toBe(false);
});

test('asks for an outcome by its serial', async () => {
  const { connector, sent } = connectorAnswered({ requestSerialCode: 's-1', status: 20, result: { teamSysNo: 7 } });
  await expect(connector.outcome('s-1')).resolves.toEqual({ state: 'done', teamSysNo: 7 });
  expect(sent).toEqual([{ method: 'AsyncHandleResult.Query', data: { requestSerialCode: 's-1' } }]);
});

test('finds a team on a later page and stops there', async () => {
  const row = { teamName: '钢筋一班', teamSysNo: '1234567890', corpCode: team.corpCode };
  const { connector, sent } = connectorAnswered({ rows: fullPage }, { rows: [...fullPage.slice(1), row] });
  await expect(connector.findTeam(team)).resolves.toEqual({ teamSysNo: 1_234_567_890 });
  expect(sent.map(({ data }) => data['pageIndex'])).toEqual([0, 1]);
  expect(sent[0]).toEqual({
    method: 'Team.Query',
    data: { pageIndex: 0, pageSize: 50, projectCode: team.projectCode, corpCode: team.corpCode, teamName: '钢筋一班' },
  });
});

test('goes on after a short page, which a platform with smaller pages gives', async () => {
  const row = { teamName: '钢筋一班', teamSysNo: 7 };
  const { connector } = connectorAnswered({ rows: fullPage.slice(0, 20) }, { rows: [row] });
  await expect(connector.findTeam(team)).resolves.toEqual({ teamSysNo: 7 });
});

test('asks once when there is nothing', async () => {
  const { connector, sent } = connectorAnswered({ rows: [] });
  await expect(connector.findWorker(worker)).resolves.toBe(false);
  expect(sent).toHaveLength(1);
});

test('stops at a short page that comes again', async () => {
  const page = { rows: fullPage.slice(0, 20) };
  const { connector, sent } = connectorAnswered(page, page, page);
  await expect(connector.findTeam(team)).resolves.toBeUndefined();
  expect(sent).toHaveLength(2);
});

test.each([
  [null],
  [{ rows: null }],
  [{ rows: [] }],
  [{ rows: [{ teamName: '钢筋二班', teamSysNo: 1 }] }],
  [{ rows: [{ teamName: '钢筋一班', teamSysNo: 1, corpCode: '91459999TEST000002' }] }],
  [{ rows: [{ teamName: '钢筋一班', teamSysNo: 1, projectCode: 'OTHER' }] }],
  [{ rows: [null, 7, 'x', []] }],
])('does not take another team for ours: %j', async (data) => {
  await expect(connectorAnswered(data).connector.findTeam(team)).resolves.toBeUndefined();
});

test.each([[{ rows: [{ teamName: '钢筋一班', teamSysNo: null }] }], ['text'], [{ rows: 5 }]])(
  'does not say "not there" on %j',
  async (data) => {
    await expect(connectorAnswered(data).connector.findTeam(team)).rejects.toMatchObject({
      code: 'platform.bad-answer',
    });
  },
);

test('does not say "not there" when the pages never end', async () => {
  const endless = Array.from({ length: nationalDialect.limits.queryPages }, () => ({ rows: fullPage }));
  const { connector, sent } = connectorAnswered(...endless);
  await expect(connector.findTeam(team)).rejects.toMatchObject({ code: 'platform.bad-answer' });
  expect(sent).toHaveLength(nationalDialect.limits.queryPages);
});

test.each([
  [{ idCardNumber: cipher.encrypt(worker.idCardNumber) }, true],
  [{ idCardNumber: cipher.encrypt(worker.idCardNumber.toLowerCase()), projectCode: worker.projectCode }, true],
  [{ idCardNumber: worker.idCardNumber }, true],
  [{ idCardNumber: cipher.encrypt(worker.idCardNumber), projectCode: 'OTHER' }, false],
  [{ idCardNumber: cipher.encrypt('45999919000101102X') }, false],
  [{ idCardNumber: '459999********101X' }, false],
  [{ idCardNumber: null }, false],
  [null, false],
])('row %j is ours: %j', async (row, present) => {
  const { connector, sent } = connectorAnswered({ rows: [row] });
  await expect(connector.findWorker(worker)).resolves.toBe(present);
  expect(sent[0]?.data).toEqual({
    pageIndex: 0,
    pageSize: 50,
    projectCode: 'TESTPROJECT0001',
    idCardType: '01',
    idCardNumber: cipher.encrypt(worker.idCardNumber),
  });
});

test('the clock difference of the last answer shows through', async () => {
  const date = 'Mon, 01 Jan 2024 04:00:00 GMT';
  const send: typeof fetch = () => Promise.resolve(Response.json({ code: 0 }, { headers: { date } }));
  const now = () => Date.UTC(2024, 0, 1, 4, 1, 0);
  const connector = createNationalConnector({ url: 'http://127.0.0.1/', appid: 'A', secret, fetch: send, now });
  await connector.findTeam(team);
  expect(connector.clockDifferenceSeconds).toBe(-60);
});

test('refuses a secret that cannot be a key', () => {
  expect(() => createNationalConnector({ url: 'http://127.0.0.1/', appid: 'A', secret: 'short' })).toThrow(
    expect.objectContaining({ code: 'platform.not-configured' }),
  );
});
