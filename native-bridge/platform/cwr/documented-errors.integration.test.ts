import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import documented from '../../../assets/codes/cwr-result-codes.json' with { type: 'json' };
import { builtInDialect } from '../driver/built-in-dialects.ts';
import { createCwrConnector } from './connector.ts';

/*
 * Every error that the description of the device protocol names, answered by a server over HTTP: what the station makes
 * of it.
 */

const projectCode = 'TEST0001';
const team = { projectCode, corpCode: '91459999TEST00001X', corpName: '示例劳务公司', teamName: '木工一班' };
let server: Server;
let answer: object;

beforeAll(async () => {
  server = createServer((request, response) => {
    const isSignin = request.url?.includes('/Signin?') ?? false;
    const welcome = {
      result: 'true',
      status: 200,
      code: '00',
      result_data: { project_info: { Project_ID: projectCode } },
    };
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(isSignin ? welcome : answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function connector() {
  const { port } = server.address() as AddressInfo;
  const access = { url: `http://127.0.0.1:${port}`, apiKey: 'demo-key', secret: 'demo-secret' };
  const dialect = builtInDialect('guangxi-cwr', 'cwr');
  return createCwrConnector({ ...access, deviceSerial: 'FT00000001', projectCode, dialect });
}

/** Each code: what sending meets with, and what a question meets with. */
const codes = {
  '00': { sent: { state: 'done' } },
  '24': { sent: 'platform.dialect-refused', asked: 'platform.dialect-refused' },
  '25': { sent: 'platform.sign-refused', asked: 'platform.sign-refused' },
  '29': { sent: 'platform.no-permission', asked: 'platform.no-permission' },
  '30': { sent: 'platform.dialect-refused', asked: 'platform.dialect-refused' },
  '31': { sent: 'platform.clock-wrong', asked: 'platform.clock-wrong' },
  '32': { sent: 'platform.dialect-refused', asked: 'platform.dialect-refused' },
  '40': { sent: { state: 'refused' }, asked: 'platform.bad-answer' },
  '41': { sent: { state: 'refused' }, asked: 'platform.bad-answer' },
  '43': { sent: { state: 'refused' }, asked: 'platform.bad-answer' },
  '47': { sent: 'platform.dialect-refused', asked: 'platform.dialect-refused' },
  '501': { sent: 'platform.dialect-refused', asked: 'platform.dialect-refused' },
} as const;

it('knows every code of the description', () => {
  expect(documented.entries.map(({ code }) => code).sort()).toEqual(Object.keys(codes).sort());
});

describe.each(Object.entries(codes))('code %s', (code, { sent }) => {
  const isDone = code === '00';
  it.each([code, Number(code)])('is understood as text and as a number when something is sent', async (form) => {
    const told = { message: '说明', detail_message: '说明', result_data: { team_id: '7' } };
    answer = { result: isDone ? 'true' : 'false', status: 200, code: form, ...told };
    const met = connector().addTeam(team);
    if (typeof sent === 'string') await expect(met).rejects.toMatchObject({ code: sent });
    else expect(await met).toMatchObject(sent);
  });
});

const refusals = Object.entries(codes).flatMap(([code, met]) => ('asked' in met ? [[code, met.asked] as const] : []));

it.each(refusals)('code %s in the answer to a question is %s', async (code, expected) => {
  answer = { result: 'false', status: 200, code, message: '说明', detail_message: '说明', result_data: null };
  await expect(connector().employeesHash()).rejects.toMatchObject({ code: expected });
});
