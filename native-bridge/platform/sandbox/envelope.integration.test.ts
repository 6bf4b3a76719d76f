import { afterEach, describe, expect, it } from 'vitest';
import {
  PLACE,
  PROJECT,
  postForm,
  readReply,
  seal,
  stampOf,
  startBench,
  START,
  withSign,
  without,
  type Bench,
} from './client-for-tests.ts';
import { DEMO_ACCOUNT } from './sandbox.ts';

const QUERY = { pageIndex: 0, pageSize: 50, projectCode: PROJECT };
const opened: Bench[] = [];

async function bench(...options: Parameters<typeof startBench>): Promise<Bench> {
  const made = await startBench(...options);
  opened.push(made);
  return made;
}

afterEach(async () => {
  for (const each of opened.splice(0)) await each.sandbox.stop();
});

describe('transport', () => {
  it('takes POST only', async () => {
    const { sandbox } = await bench();
    const response = await fetch(sandbox.url);
    expect(response.status).toBe(405);
    expect(await readReply(response)).toMatchObject({ code: '-1', data: null });
  });

  it('takes forms only', async () => {
    const { sandbox } = await bench();
    const response = await fetch(sandbox.url, {
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    });
    expect(response.status).toBe(415);
  });

  it('refuses a body that is not UTF-8', async () => {
    const { sandbox } = await bench();
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const response = await fetch(sandbox.url, { method: 'POST', body: new Uint8Array([0x61, 0x3d, 0xff]), headers });
    expect((await readReply(response)).message).toContain('UTF-8');
  });

  it('refuses a foreign host name', async () => {
    const { sandbox } = await bench();
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      const headers = { Host: 'rebind.example' };
      request(sandbox.pageUrl, { headers }, (response) => resolve(response.statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });

  it('tells its own time in the Date header', async () => {
    const { sandbox } = await bench();
    expect(Date.parse((await fetch(sandbox.url)).headers.get('date') ?? '')).toBe(START);
  });
});

describe('parameters', () => {
  it.each(['appid', 'data', 'format', 'method', 'nonce', 'timestamp', 'version', 'sign'])('needs %s', async (name) => {
    const { sandbox, form } = await bench();
    const rest = without(withSign(form('Team.Query', QUERY)), name);
    expect(await readReply(await postForm(sandbox.url, rest))).toMatchObject({
      code: '-1',
      message: `${name}不能为空`,
    });
  });

  it.each([
    ['format', 'xml', 'format'],
    ['version', '2.1', 'version'],
    ['timestamp', '2026-03-02 10:00:00', 'timestamp格式'],
    ['timestamp', '20260231100000', 'timestamp格式'],
    ['nonce', '12345', 'nonce格式'],
    ['nonce', '1234 567', 'nonce格式'],
    ['method', 'ProjectWorker.Delete', 'method无效'],
    ['data', '[1]', 'data不是'],
    ['data', '{"projectCode":', 'data不是'],
  ])('refuses %s = %s', async (name, value, wording) => {
    const { call } = await bench();
    const reply = await call('Team.Query', QUERY, { [name]: value });
    expect(reply.code).toBe('-1');
    expect(reply.message).toContain(wording);
  });

  it('refuses a parameter that no document names', async () => {
    const { sandbox, form } = await bench();
    const reply = await readReply(await postForm(sandbox.url, { ...withSign(form('Team.Query', QUERY)), extra: '1' }));
    expect(reply).toMatchObject({ code: '-1', message: '未知参数extra' });
  });

  it('refuses a parameter that comes twice', async () => {
    const { sandbox, form } = await bench();
    const body = new URLSearchParams(withSign(form('Team.Query', QUERY)));
    body.append('nonce', '1234567');
    expect(await readReply(await fetch(sandbox.url, { method: 'POST', body }))).toMatchObject({ message: '参数重复' });
  });
});

describe('sign', () => {
  it.each([
    ['of another secret', (form: Record<string, string>) => withSign(form, 'f'.repeat(32))],
    [
      'in upper case',
      (form: Record<string, string>) => ({ ...withSign(form), sign: withSign(form)['sign']?.toUpperCase() ?? '' }),
    ],
    ['of other data', (form: Record<string, string>) => ({ ...withSign(form), data: '{"pageIndex":1}' })],
  ])('refuses one %s with -2', async (_, sign) => {
    const { sandbox, form } = await bench();
    expect(await readReply(await postForm(sandbox.url, sign(form('Team.Query', QUERY))))).toMatchObject({ code: '-2' });
  });

  it('fails when the plus signs of Base64 were not URL-encoded', async () => {
    const { sandbox, form } = await bench();
    const signed = withSign(form('Team.Query', { ...QUERY, teamName: 'a+b' }));
    const body = Object.entries(signed).map(
      ([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2B', '+')}`,
    );
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const response = await fetch(sandbox.url, { method: 'POST', body: body.join('&'), headers });
    expect(await readReply(response)).toMatchObject({ code: '-2' });
  });

  it('asks for the enterprise key when the account has one', async () => {
    const made = await bench({ accounts: [{ ...DEMO_ACCOUNT, enterpriseKey: 'ENTKEY' }] });
    const corpsign = seal(`ENTKEY${stampOf(START)}`);
    expect(await made.call('Team.Query', QUERY, { corpsign })).toMatchObject({ code: '0' });
    expect(await made.call('Team.Query', QUERY)).toMatchObject({ code: '-2', message: 'corpsign签名错误' });
    expect(await made.call('Team.Query', QUERY, { corpsign: seal('ENTKEY20200101000000') })).toMatchObject({
      code: '-2',
    });
  });
});

describe('time and nonce', () => {
  it.each([-601_000, 601_000])('refuses a clock that is off by %i ms', async (offset) => {
    const { call } = await bench();
    const reply = await call('Team.Query', QUERY, { timestamp: stampOf(START + offset) });
    expect(reply).toMatchObject({ code: '-1', message: expect.stringContaining('相差过大') as string });
  });

  it.each([-600_000, 600_000])('takes a clock that is off by %i ms', async (offset) => {
    const { call } = await bench();
    expect(await call('Team.Query', QUERY, { timestamp: stampOf(START + offset) })).toMatchObject({ code: '0' });
  });

  it('takes a nonce once', async () => {
    const { call } = await bench();
    expect(await call('Team.Query', QUERY, { nonce: '123456' })).toMatchObject({ code: '0' });
    expect(await call('Team.Query', QUERY, { nonce: '123456' })).toMatchObject({
      code: '-1',
      message: expect.stringContaining('nonce重复') as string,
    });
  });

  it('does not spend the nonce of a call with a wrong sign', async () => {
    const { sandbox, form, call } = await bench();
    await postForm(sandbox.url, { ...form('Team.Query', QUERY, { nonce: '123456' }), sign: '0'.repeat(64) });
    expect(await call('Team.Query', QUERY, { nonce: '123456' })).toMatchObject({ code: '0' });
  });
});

describe('permission', () => {
  it('refuses an unknown account', async () => {
    const { call } = await bench();
    expect(await call('Team.Query', QUERY, { appid: 'nobody' })).toMatchObject({ code: '-3', message: 'appid无效' });
  });

  it('refuses the project of somebody else, in writes and queries', async () => {
    const { call } = await bench();
    const foreign = { ...PLACE, projectCode: 'OTHERPROJECT', teamName: '一班' };
    expect(await call('Team.Add', foreign)).toMatchObject({ code: '-3' });
    expect(await call('Team.Query', { ...QUERY, projectCode: 'OTHERPROJECT' })).toMatchObject({ code: '-3' });
  });

  it('refuses addresses outside the allow list with -4', async () => {
    const { call } = await bench({ ipAllowList: ['192.0.2.1'] });
    expect(await call('Team.Query', QUERY)).toMatchObject({ code: '-4' });
    const open = await bench({ ipAllowList: ['127.0.0.1'] });
    expect(await open.call('Team.Query', QUERY)).toMatchObject({ code: '0' });
  });

  it('limits the rate with -5 and lets the caller in again later', async () => {
    const { call, clock } = await bench({ rateLimit: { requests: 2, windowMs: 1000 } });
    expect((await call('Team.Query', QUERY)).code).toBe('0');
    expect((await call('Team.Query', QUERY)).code).toBe('0');
    expect(await call('Team.Query', QUERY)).toMatchObject({
      code: '-5',
      message: expect.stringContaining('频繁') as string,
    });
    clock.now += 1000;
    expect((await call('Team.Query', QUERY)).code).toBe('0');
  });

  it('can write codes as numbers', async () => {
    const { call } = await bench({ codeForm: 'number' });
    expect((await call('Team.Query', QUERY)).code).toBe(0);
    expect((await call('Team.Query', QUERY, { appid: 'nobody' })).code).toBe(-3);
  });

  it('refuses accounts whose secret cannot be a key', async () => {
    await expect(startBench({ accounts: [{ ...DEMO_ACCOUNT, secret: 'short' }] })).rejects.toThrow(/32/);
  });
});

describe('queries', () => {
  it.each([
    [{ pageIndex: 0, pageSize: 50 }, '[projectCode]不能为空'],
    [{ ...QUERY, pageSize: 51 }, '[pageSize]取值'],
    [{ ...QUERY, pageSize: 0 }, '[pageSize]取值'],
    [{ ...QUERY, pageIndex: -1 }, '[pageIndex]取值'],
    [{ ...QUERY, pageIndex: '0' }, '[pageIndex]类型'],
    [{ ...QUERY, idCardNumber: '45999919900101001X' }, '[idCardNumber]必须为AES'],
  ])('answers %j at once with -1', async (data, wording) => {
    const { call } = await bench();
    expect(await call('ProjectWorker.Query', data)).toMatchObject({
      code: '-1',
      message: expect.stringContaining(wording) as string,
    });
  });

  it('knows no serial that it never gave', async () => {
    const { call } = await bench();
    const reply = await call('AsyncHandleResult.Query', { requestSerialCode: 'team-add-2026030210-1-9999' });
    expect(reply).toMatchObject({ code: '-1', message: 'requestSerialCode不存在' });
  });

  it("does not know another account's serial", async () => {
    const other = { ...DEMO_ACCOUNT, appid: 'OTHERACCOUNT' };
    const { call } = await bench({ accounts: [DEMO_ACCOUNT, other] });
    const accepted = await call('Team.Add', { ...PLACE, teamName: '一班' });
    const requestSerialCode = accepted.data?.['requestSerialCode'];
    const reply = await call('AsyncHandleResult.Query', { requestSerialCode }, { appid: other.appid });
    expect(reply).toMatchObject({ code: '-1', message: 'requestSerialCode不存在' });
  });
});
