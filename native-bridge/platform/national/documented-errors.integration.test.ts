import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import documented from '../../../assets/codes/national-result-codes.json' with { type: 'json' };
import { createNationalConnector } from './connector.ts';
import { sampleTeam as team } from './sample-business.ts';

/*
 * Every error that the description of the interface names, answered by a server over HTTP: what the station makes of it.
 */

const secret = '0123456789abcdef0123456789abcdef';
let server: Server;
let answer: unknown;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function connector() {
  const { port } = server.address() as AddressInfo;
  return createNationalConnector({ url: `http://127.0.0.1:${port}/open.api`, appid: 'testAppId001', secret });
}

/** Each code: what sending meets with, and what a question meets with. */
const codes = {
  '0': { sent: { state: 'accepted', serial: 'team-add-1' } },
  '-1': { sent: { state: 'refused' }, asked: 'platform.bad-answer' },
  '-2': { sent: 'platform.sign-refused', asked: 'platform.sign-refused' },
  '-3': { sent: 'platform.no-permission', asked: 'platform.no-permission' },
  '-4': { sent: 'platform.address-not-allowed', asked: 'platform.address-not-allowed' },
  '-5': { sent: 'platform.busy', asked: 'platform.busy' },
  '9999': { sent: { state: 'refused' }, asked: 'platform.bad-answer' },
} as const;

it('knows every code of the description', () => {
  expect(documented.entries.map(({ code }) => code).sort()).toEqual(Object.keys(codes).sort());
});

describe.each(Object.entries(codes))('code %s', (code, { sent }) => {
  it.each([code, Number(code)])('is understood as text and as a number when something is sent', async (form) => {
    answer = { code: form, message: '说明', data: { requestSerialCode: 'team-add-1' } };
    const met = connector().addTeam(team);
    if (typeof sent === 'string') await expect(met).rejects.toMatchObject({ code: sent });
    else expect(await met).toMatchObject(sent);
  });
});

const refusals = Object.entries(codes).flatMap(([code, met]) => ('asked' in met ? [[code, met.asked] as const] : []));

it.each(refusals)('code %s in the answer to a question is %s', async (code, expected) => {
  answer = { code, message: '说明', data: null };
  await expect(connector().findTeam(team)).rejects.toMatchObject({ code: expected });
});

/** The texts with which an accepted request fails afterwards, each with what the station makes of it. */
const outcomes = [
  ['no portrait', '[workerList][0][headImage]不能为空', { state: 'refused', fields: ['headImage'] }],
  ['a large picture', '[workerList][0][headImage]图片不能大于50KB', { state: 'refused', fields: ['headImage'] }],
  ['a picture of another kind', '[workerList][0][headImage]只支持jpg,jpeg,png格式', { fields: ['headImage'] }],
  ['a scan of another kind', '[workerList][1][positiveIDCardImage]格式错误', { fields: ['positiveIDCardImage'] }],
  ['the other side', '[workerList][1][negativeIDCardImage]格式错误', { fields: ['negativeIDCardImage'] }],
  ['an unknown team', '[teamSysNo]无效的班组编号', { state: 'refused', fields: ['teamSysNo'] }],
  ['another document', '[workerList][0][idCardType]目前只支持居民身份证', { fields: ['idCardType'] }],
  ['an unknown division', '[areaCode]不在行政区划字典中', { fields: ['areaCode'] }],
  ['a day to come', '[workerList][0][date]不能晚于当前日期', { fields: ['date'] }],
  ['an exit to come', '[exitTime]不能晚于当前时间', { fields: ['exitTime'] }],
  ['a month to come', '[payMonth]不能为未来月份', { fields: ['payMonth'] }],
  ['several at once', '[workerList][0][cellPhone]不能为空;[workerList][2][headImage]不能为空', { state: 'refused' }],
  ['a worker who is there', '身份证号459999********0019在该项目中已存在', { state: 'already-present' }],
  ['a company that is there', '该参建单位已存在', { state: 'already-present' }],
  ['a team that is there', '班组已存在，班组编号：1000000001', { state: 'already-present', teamSysNo: 1_000_000_001 }],
  ['trouble of its own', 'Internal Error', { state: 'failed' }],
] as const;

it.each(outcomes)('a request that fails because of %s', async (_what, text, expected) => {
  answer = { code: '0', message: '', data: { requestSerialCode: 'x-1', status: 10, result: text } };
  expect(await connector().outcome('x-1')).toMatchObject(expected);
});

it.each([
  [0, { state: 'waiting' }],
  ['0', { state: 'waiting' }],
  [20, { state: 'done' }],
  ['20', { state: 'done' }],
])('status %j of a request', async (status, expected) => {
  answer = { code: '0', message: '', data: { requestSerialCode: 'x-1', status, result: null } };
  expect(await connector().outcome('x-1')).toMatchObject(expected);
});
