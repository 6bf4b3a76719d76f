import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text as textOfStream } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { StationError } from '../../contract/errors.ts';
import type { OpenApiOptions } from './open-api-client.ts';
import { nationalDialect } from './dialect.ts';
import { createOpenApiClient } from './open-api-client.ts';
import { sign } from './sign.ts';

const access = { appid: 'testAppId001', secret: '0123456789abcdef0123456789abcdef', dialect: nationalDialect };
const person = '45999919000101101X';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/open.api`;
}

const answering = (body: string | Buffer, status = 200, headers: Record<string, string> = {}) =>
  serve((request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });

const callAt = (url: string, options: Partial<OpenApiOptions> = {}) =>
  createOpenApiClient({ ...access, url, ...options }).ask('Team.Query', { projectCode: 'TESTPROJECT0001' });

async function errorAt(url: string, options: Partial<OpenApiOptions> = {}): Promise<StationError> {
  const error: unknown = await callAt(url, options).catch((reason: unknown) => reason);
  if (!(error instanceof StationError)) throw new Error('expected a StationError');
  expect(error.cause, 'what lies beneath may quote the platform').toBeUndefined();
  return error;
}

interface Received {
  readonly request: IncomingMessage;
  readonly form: Record<string, string>;
  readonly body: string;
}

async function requestOf(data: object): Promise<Received> {
  const received = Promise.withResolvers<Received>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await textOfStream(request);
    received.resolve({ request, body, form: Object.fromEntries(new URLSearchParams(body)) });
    response.end('{"code":0,"data":{"rows":[]}}');
  };
  const url = await serve((request, response) => void answer(request, response));
  const now = () => Date.UTC(2024, 0, 1, 4, 0, 5);
  await createOpenApiClient({ ...access, url, now }).send('ProjectWorker.Add', data);
  return received.promise;
}

test('signs for the enterprise where the dialect wants it, with the same timestamp', async () => {
  const answers: URLSearchParams[] = [];
  const send: typeof fetch = (_url, init) => {
    if (init?.body instanceof Uint8Array) answers.push(new URLSearchParams(Buffer.from(init.body).toString('latin1')));
    return Promise.resolve(Response.json({ code: 0 }));
  };
  const dialect = { ...nationalDialect, corpsign: true };
  const now = () => Date.UTC(2024, 0, 1, 4, 0, 5);
  const options = { ...access, url: 'http://127.0.0.1/', dialect, fetch: send, now };
  await createOpenApiClient({ ...options, enterpriseKey: 'ENTKEY' }).ask('Team.Query', {});
  const form = Object.fromEntries(answers[0] ?? []);
  expect(form['corpsign']).toBe('Z3WerQv6GlvxbsBe4NYkvty9vKCFgvPSTwvXN42/C5A=');
  expect(form['sign']).toBe(sign(form, access.secret));
  await expect(createOpenApiClient(options).ask('Team.Query', {})).rejects.toMatchObject({
    code: 'platform.not-configured',
  });
});

test('posts one signed form', async () => {
  const data = { workerName: '韦试样', picture: 'a+b/c==' };
  const { request, form, body } = await requestOf(data);
  expect(request.method).toBe('POST');
  expect(request.url).toBe('/open.api');
  expect(request.headers['content-type']).toBe('application/x-www-form-urlencoded;charset=UTF-8');
  expect(form).toEqual({
    appid: 'testAppId001',
    data: JSON.stringify(data),
    format: 'json',
    method: 'ProjectWorker.Add',
    nonce: expect.stringMatching(/^[\da-f]{32}$/) as string,
    timestamp: '20240101120005',
    version: '1.0',
    sign: sign(form, access.secret),
  });
  expect(body).toContain('a%2Bb%2Fc%3D%3D');
  expect(body).not.toContain(access.secret);
});

test('never uses a nonce twice', async () => {
  const [first, second] = [await requestOf({}), await requestOf({})];
  expect(first.form['nonce']).not.toBe(second.form['nonce']);
});

test.each([['0'], [0]])('gives the data of an answer with code %j', async (code) => {
  const url = await answering(JSON.stringify({ code, message: '成功', data: { a: 1 } }));
  await expect(callAt(url)).resolves.toEqual({ a: 1 });
});

test('reads an answer that came in pieces, cut inside a character', async () => {
  const body = Buffer.from('{"code":0,"data":"韦"}');
  const cut = body.indexOf(Buffer.from('韦')) + 1;
  const url = await serve((request, response) => {
    request.resume();
    response.write(body.subarray(0, cut), () => response.end(body.subarray(cut)));
  });
  await expect(callAt(url)).resolves.toBe('韦');
});

test.each([
  ['JSON of somebody else', '{"status":"ok"}', 200],
  ['an empty answer', '', 200],
  ['an answer cut without notice', '{"code":0,"data":{"requestSer', 200],
  ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]), 200],
  ['a gateway without its platform', '<html>Bad Gateway</html>', 502],
  ['a failing platform', '{"code":0,"data":{}}', 500],
  ['a missing page', 'not found', 404],
  ['too much', `{"code":0,"data":"${'x'.repeat(4 * 1024 * 1024)}"}`, 200],
])('takes %s for a bad answer', async (_what, body, status) => {
  const error = await errorAt(await answering(body, status));
  expect(error.code).toBe('platform.bad-answer');
  expect(error.message).not.toContain(person);
});

test.each([
  ['by its content', '<!DOCTYPE html><html>45999919000101101X</html>', {}],
  ['with a script before all', '\ufeff\n<script>location="http://portal/"</script>', {}],
  ['by its type', 'sign in, 45999919000101101X', { 'content-type': 'text/html; charset=gbk' }],
])('knows a captive portal %s', async (_how, body, headers) => {
  const error = await errorAt(await answering(body, 200, headers));
  expect(error.code).toBe('platform.captive-portal');
  expect(error.message).not.toContain(person);
});

test('takes an envelope that is labelled as a page', async () => {
  const url = await answering('{"code":0,"data":1}', 200, { 'content-type': 'text/html' });
  await expect(callAt(url)).resolves.toBe(1);
});

test('does not follow a redirect, which would hand the form to somebody else', async () => {
  let visits = 0;
  const elsewhere = await serve((_request, response) => {
    visits += 1;
    response.end('{"code":0}');
  });
  const error = await errorAt(await answering('', 307, { location: elsewhere }));
  expect(error.code).toBe('platform.captive-portal');
  expect(visits).toBe(0);
});

test('gives up on an answer that does not come', async () => {
  const url = await serve((request) => void request.resume());
  const error = await errorAt(url, { timeoutMs: 50 });
  expect(error).toMatchObject({ code: 'platform.unreachable', detail: 'no complete answer in time' });
});

test('gives up on an answer that does not end', async () => {
  const url = await serve((request, response) => {
    request.resume();
    response.write('{"code":0,');
  });
  const error = await errorAt(url, { timeoutMs: 200 });
  expect(error).toMatchObject({ code: 'platform.unreachable', detail: 'no complete answer in time' });
});

test('a connection cut in the middle of the answer leaves open what happened', async () => {
  const url = await serve((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"code":0,', () => response.destroy());
  });
  expect((await errorAt(url)).code).toBe('platform.unreachable');
});

test('a connection closed before any answer is trouble of the connection', async () => {
  const url = await serve((request) => void request.socket.destroy());
  expect((await errorAt(url)).code).toBe('platform.unreachable');
});

test('nobody at the address is trouble of the connection, named by its system code', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const error = await errorAt(`http://127.0.0.1:${port}/open.api`);
  expect(error).toMatchObject({ code: 'platform.unreachable', detail: 'ECONNREFUSED' });
});

test.each([
  ['{"code":-5,"message":"超过访问限制"}', 200],
  ['{"code":"9999","message":"请求过于频繁"}', 200],
  ['slow down', 429],
])('backs off after %s', async (body, status) => {
  expect((await errorAt(await answering(body, status))).code).toBe('platform.busy');
});

test('lets no number, picture or secret of an answer into the error', async () => {
  const message = `${person} 6222000000000000019 data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ== ${access.secret}`;
  const error = await errorAt(await answering(JSON.stringify({ code: -1, message })));
  expect(error.code).toBe('platform.bad-answer');
  expect(error.detail).toBe('question refused: 459999********101X 622200*********0019 […] […]');
  expect(`${error.stack}`).not.toMatch(/45999919000101101X|6222000000000000019|4AAQ|0123456789abcdef/);
});

test('tells how far the platform clock is from ours', async () => {
  const headers = { date: 'Mon, 01 Jan 2024 04:02:00 GMT' };
  const url = await answering('{"code":-2,"message":"签名错误"}', 200, headers);
  const client = createOpenApiClient({ ...access, url, now: () => Date.UTC(2024, 0, 1, 4, 0, 0) });
  expect(client.clockDifferenceSeconds).toBeUndefined();
  await expect(client.ask('Team.Query', {})).rejects.toMatchObject({
    code: 'platform.clock-wrong',
    detail: expect.stringContaining('120 s') as string,
  });
  expect(client.clockDifferenceSeconds).toBe(120);
});

test('a refused signature is a matter of the secret while the clocks agree', async () => {
  const headers = { date: 'Mon, 01 Jan 2024 04:00:59 GMT' };
  const url = await answering('{"code":-2,"message":"签名错误"}', 200, headers);
  const client = createOpenApiClient({ ...access, url, now: () => Date.UTC(2024, 0, 1, 4, 0, 0) });
  await expect(client.ask('Team.Query', {})).rejects.toMatchObject({ code: 'platform.sign-refused' });
});

test('does not set its clock by a captive portal', async () => {
  const url = await answering('<html></html>', 200, { date: 'Mon, 01 Jan 2024 04:02:00 GMT' });
  const client = createOpenApiClient({ ...access, url });
  await expect(client.ask('Team.Query', {})).rejects.toMatchObject({ code: 'platform.captive-portal' });
  expect(client.clockDifferenceSeconds).toBeUndefined();
});

test.each(['', 'platform', 'ftp://127.0.0.1/open.api', 'http://user:word@127.0.0.1/open.api'])(
  'refuses %j as an address',
  (url) => {
    expect(() => createOpenApiClient({ ...access, url })).toThrow(
      expect.objectContaining({ code: 'platform.not-configured' }),
    );
  },
);
