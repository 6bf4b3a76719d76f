import { expect, test } from 'vitest';
import { builtInDialect } from '../driver/built-in-dialects.ts';
import { createCwrConnector } from './connector.ts';

const worker = { projectCode: 'P1', idCardType: '01', idCardNumber: '45999919000101101X' };
const team = { projectCode: 'P1', corpCode: 'C', corpName: '示例公司', teamName: '一班' };

/** A connector whose platform signs it in and answers everything else with the given data. */
function connectorAnswered(data: unknown, signin: unknown = null) {
  const send: typeof fetch = (url) => {
    const isSignin = String(url instanceof Request ? url.url : url).includes('/Signin?');
    return Promise.resolve(Response.json({ result: 'true', code: '00', result_data: isSignin ? signin : data }));
  };
  const access = { url: 'http://127.0.0.1/', apiKey: 'K', secret: 'S', deviceSerial: 'FT00000001', projectCode: 'P1' };
  const now = () => Date.UTC(2024, 0, 1, 4, 0, 0);
  return createCwrConnector({ ...access, dialect: builtInDialect('guangxi-cwr', 'cwr'), fetch: send, now });
}

test.each([
  [{ emp_list: [{ id_code: worker.idCardNumber }] }, true],
  [[{ id_code: worker.idCardNumber.toLowerCase(), Project_ID: 'P1' }], true],
  [JSON.stringify({ total: null, rows: [{ id_code: worker.idCardNumber }] }), true],
  [{ emp_list: [{ id_code: worker.idCardNumber, Project_ID: 'P2' }] }, false],
  [{ emp_list: [{ id_code: '45999919000101102X' }] }, false],
  [{ emp_list: null }, false],
  [{ emp_list: [] }, false],
  [null, false],
  ['', false],
])('%j says that the person is there: %j', async (data, present) => {
  await expect(connectorAnswered(data).findWorker(worker)).resolves.toBe(present);
});

test.each([[{ emp_list: [{ emp_name: '韦试样' }] }], ['text'], [{ count: 3 }], [{ a: [1], b: [2] }], [[7]]])(
  'does not say "not there" on %j',
  async (data) => {
    await expect(connectorAnswered(data).findWorker(worker)).rejects.toMatchObject({ code: 'platform.bad-answer' });
  },
);

test.each([
  [{ team_id: 7 }, 7],
  [{ team_id: '7' }, 7],
  [{ team_id: 'T7' }, undefined],
  [null, undefined],
])('the number of a team in %j is %j', async (data, teamSysNo) => {
  const answer = await connectorAnswered(data).addTeam(team);
  expect(answer).toEqual({ state: 'done', serial: 'AddTeam', ...(teamSysNo !== undefined && { teamSysNo }) });
});

test.each([
  ['2024-01-01 12:00:30', 30],
  [1704081570, -30],
  ['1704081660000', 60],
  ['soon', undefined],
])('the clock of the platform in %j is %j s from ours', async (server_timestamp, difference) => {
  const connector = connectorAnswered(null, { server_timestamp });
  await connector.keepAlive();
  expect(connector.clockDifferenceSeconds).toBe(difference);
});

test.each([
  [{ emp_syncflag: true }, { peopleChanged: true }],
  [{ emp_syncflag: '1' }, { peopleChanged: true }],
  [
    { emp_syncflag: 'false', project_info: '{"project_id":"P1"}' },
    { peopleChanged: false, projectId: 'P1' },
  ],
  [{ project_info: [{ Project_ID: 'P1' }] }, { projectId: 'P1' }],
  [null, { peopleChanged: false }],
])('signing in with %j tells %j', async (signin, told) => {
  await expect(connectorAnswered(null, signin).signIn()).resolves.toMatchObject(told);
});

test.each([
  [
    ['木工', '电工'],
    [{ name: '木工' }, { name: '电工' }],
  ],
  [{ list: [{ work_typename: '木工' }] }, [{ name: '木工' }]],
  [[{ typeId: 3, typeName: '木工', remark: null }], [{ code: '3', name: '木工' }]],
  [[{}, null, { code: '3' }], []],
])('reads the list %j', async (data, rows) => {
  await expect(connectorAnswered(data).dictionaries.fetch('DictListWorkTypeName')).resolves.toMatchObject(rows);
});
