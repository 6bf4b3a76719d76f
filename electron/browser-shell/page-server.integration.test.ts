import { once } from 'node:events';
import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Channel } from '../../native-bridge/rpc/channel.ts';
import { fromWire, maximumMessageBytes, toWire } from '../../native-bridge/rpc/wire.ts';
import type { PageFiles } from '../page-files.ts';
import { type PageServer, startPageServer } from './page-server.ts';

const bytes = (content: string) => new TextEncoder().encode(content);

const files: PageFiles = new Map([
  ['/index.html', { body: bytes('<meta name="csp-nonce" content="__CSP_NONCE__">'), type: 'text/html; charset=utf-8' }],
  ['/assets/page.js', { body: bytes('export {};'), type: 'text/javascript; charset=utf-8' }],
]);

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: PageServer;
let clients: Channel[] = [];
let readiness: () => Promise<unknown> = () => Promise.resolve();

beforeEach(async () => {
  clients = [];
  readiness = () => Promise.resolve();
  const onClient = (channel: Channel) => {
    clients.push(channel);
    channel.onMessage((message) => channel.send(message));
  };
  server = await startPageServer({ readFiles: () => files, port: 0, whenServing: () => readiness(), onClient });
});
afterEach(() => server.close());

/** Node's own client, because `fetch` would tidy up the paths and hosts that an attacker sends. */
async function ask(path: string, options: RequestOptions = {}): Promise<Answer> {
  const sent = request({ host: '127.0.0.1', port: server.port, path, ...options }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

const tokenPath = () => server.issueAddress().replace(/^http:\/\/[^/]+/, '');

async function session(): Promise<string> {
  const { headers } = await ask(tokenPath());
  return headers['set-cookie']?.[0]?.split(';')[0] ?? expect.fail('no cookie was given');
}

interface SocketOptions {
  readonly path?: string;
  readonly origin?: string;
  readonly host?: string;
  readonly cookie?: string;
}

function openSocket({ path = '/station', origin, host, cookie }: SocketOptions): WebSocket {
  const headers = { ...(host === undefined ? {} : { host }), ...(cookie === undefined ? {} : { cookie }) };
  return new WebSocket(`ws://127.0.0.1:${server.port}${path}`, {
    headers,
    ...(origin === undefined ? {} : { origin }),
  });
}

async function refusalOf(socket: WebSocket): Promise<number | undefined> {
  const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  return answer.statusCode;
}

const ownOrigin = () => `http://127.0.0.1:${server.port}`;

async function admitted(): Promise<WebSocket> {
  const socket = openSocket({ origin: ownOrigin(), cookie: await session() });
  await once(socket, 'open');
  return socket;
}

describe('the one-time address', () => {
  it('becomes a cookie that no script and no other site can use, and leads to the page', async () => {
    const { status, headers } = await ask(tokenPath());
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    expect(headers['set-cookie']).toEqual([expect.stringMatching(/; HttpOnly; SameSite=Strict; Path=\/$/)]);
  });

  it('works once', async () => {
    const path = tokenPath();
    expect((await ask(path)).status).toBe(303);
    const replayed = await ask(path);
    expect(replayed.status).toBe(403);
    expect(replayed.headers['set-cookie']).toBeUndefined();
  });

  it('can be issued anew, each for itself', async () => {
    const [first, second] = [tokenPath(), tokenPath()];
    expect((await ask(second)).status).toBe(303);
    expect((await ask(first)).status).toBe(303);
  });

  it.each(['/start', '/start?token=', '/start?token=AAAA', '/start?token[]=x'])(
    'is not to be guessed: %s',
    async (path) => {
      expect((await ask(path)).status).toBe(403);
    },
  );

  it('is not spent by a request that only looks', async () => {
    const path = tokenPath();
    expect((await ask(path, { method: 'HEAD' })).status).toBe(403);
    expect((await ask(path)).status).toBe(303);
  });
});

describe('the page', () => {
  it('is given with the session only', async () => {
    expect((await ask('/')).status).toBe(403);
    expect((await ask('/assets/page.js')).status).toBe(403);
    expect((await ask('/', { headers: { cookie: `enrol-desk-${server.port}=wrong` } })).status).toBe(403);
    expect((await ask('/', { headers: { cookie: await session() } })).status).toBe(200);
  });

  it('carries a fresh nonce in header and text each time', async () => {
    const cookie = await session();
    const [first, second] = [await ask('/', { headers: { cookie } }), await ask('/', { headers: { cookie } })];
    const nonceIn = (answer: Answer) =>
      /'nonce-([^']+)'/.exec(answer.headers['content-security-policy'] as string)?.[1] ?? expect.fail('no nonce');
    expect(first.body).toContain(`content="${nonceIn(first)}"`);
    expect(first.body).not.toContain('__CSP_NONCE__');
    expect(nonceIn(first)).not.toBe(nonceIn(second));
  });

  it.each(['/', '/assets/page.js', '/missing', '/start?token=x'])('has every protective header at %s', async (path) => {
    const { headers } = await ask(path, { headers: { cookie: await session() } });
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['permissions-policy']).toContain('camera=(self)');
  });

  it('may be kept by the browser where its name tells its content, and nowhere else', async () => {
    const cacheControl = async (path: string) =>
      (await ask(path, { headers: { cookie: await session() } })).headers['cache-control'];
    expect(await cacheControl('/assets/page.js')).toBe('private, max-age=31536000, immutable');
    for (const path of ['/', '/index.html', '/assets/missing.js', '/start?token=x'])
      expect(await cacheControl(path)).toBe('no-store');
  });

  it('may reach its own files and socket, and run no script but its own', async () => {
    const { headers } = await ask('/', { headers: { cookie: await session() } });
    const policy = headers['content-security-policy'];
    expect(policy).toContain(`default-src 'none'; script-src 'self'; style-src 'self' 'nonce-`);
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port};`);
    expect(policy).toContain(`frame-ancestors 'none'; base-uri 'none'; form-action 'none'`);
    expect(policy).not.toContain('unsafe');
  });

  it('is not shared with other origins', async () => {
    const headers = { cookie: await session(), origin: 'http://evil.example' };
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await ask('/', { method, headers });
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])('is not there for %s', async (method) => {
    expect((await ask('/', { method, headers: { cookie: await session() } })).status).toBe(405);
  });

  it.each([
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/../index.html',
    '/assets/..\\..\\package.json',
    '//etc/passwd',
    '/index.html%00.js',
    '/INDEX.HTML',
    '/__proto__',
    '/constructor',
    'http://evil.example/index.html',
  ])('has no way out of its files: %s', async (path) => {
    const { status, body } = await ask(path, { headers: { cookie: await session() } });
    expect(status).toBe(404);
    expect(body).toBe('Not found');
  });
});

describe('another host name', () => {
  it.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example', '[::1]'])(
    'is refused: %s',
    async (host) => {
      const path = tokenPath();
      expect((await ask(path, { headers: { host } })).status).toBe(421);
      expect((await ask(path)).status).toBe(303);
    },
  );

  it('is refused for the socket', async () => {
    const host = `evil.example:${server.port}`;
    const socket = openSocket({ host, origin: `http://${host}`, cookie: await session() });
    expect(await refusalOf(socket)).toBe(403);
  });

  it('is not needed when none is given at all', async () => {
    const line = connect(server.port, '127.0.0.1');
    line.end('GET / HTTP/1.0\r\n\r\n');
    expect(await text(line)).toContain('421');
  });

  it('may be localhost', async () => {
    const host = `localhost:${server.port}`;
    const { headers } = await ask('/', { headers: { host, cookie: await session() } });
    expect(headers['content-security-policy']).toContain(`ws://localhost:${server.port}`);
  });
});

describe('the socket', () => {
  it('carries messages in both directions', async () => {
    const socket = await admitted();
    socket.send(toWire({ jpeg: new Uint8Array([1, 2, 3]) }));
    const [answer] = (await once(socket, 'message')) as [Buffer];
    expect(fromWire(new Uint8Array(answer))).toEqual({ jpeg: new Uint8Array([1, 2, 3]) });
  });

  it('is refused without the session', async () => {
    expect(await refusalOf(openSocket({ origin: ownOrigin() }))).toBe(403);
    const cookie = `enrol-desk-${server.port}=wrong`;
    expect(await refusalOf(openSocket({ origin: ownOrigin(), cookie }))).toBe(403);
    expect(clients).toEqual([]);
  });

  it.each(['http://evil.example', 'null', 'http://127.0.0.1:1', 'https://127.0.0.1'])(
    'is refused to %s',
    async (origin) => {
      expect(await refusalOf(openSocket({ origin, cookie: await session() }))).toBe(403);
    },
  );

  it('is refused without an origin and at any other path', async () => {
    const cookie = await session();
    expect(await refusalOf(openSocket({ cookie }))).toBe(403);
    for (const path of ['/', '/station/', '/station?x', '/start']) {
      expect(await refusalOf(openSocket({ path, origin: ownOrigin(), cookie }))).toBe(403);
    }
  });

  it('is closed on text', async () => {
    const socket = await admitted();
    socket.send('{"kind":"call"}');
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1003);
  });

  it('is closed on a message over 8 MiB, before it is taken in', async () => {
    const socket = await admitted();
    socket.send(new Uint8Array(maximumMessageBytes + 1));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1009);
  });

  it('agrees on no compression, which a small message could blow up with', async () => {
    expect((await admitted()).extensions).toBe('');
  });

  it('waits for the bridge, and is refused when there will be none', async () => {
    const options = { origin: ownOrigin(), cookie: await session() };
    const [asked, bridge] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    readiness = () => {
      asked.resolve();
      return bridge.promise;
    };
    const socket = openSocket(options);
    await asked.promise;
    expect(clients).toEqual([]);
    bridge.resolve();
    await once(socket, 'open');
    expect(clients).toHaveLength(1);
    readiness = () => Promise.reject(new Error('given up'));
    expect(await refusalOf(openSocket(options))).toBe(503);
  });

  it('tells the station when the page goes', async () => {
    const socket = await admitted();
    const closed = new Promise<void>((resolve) => clients[0]?.onClose(resolve));
    socket.terminate();
    await closed;
  });
});

describe('the port', () => {
  it('is refused when it is taken', async () => {
    const options = { readFiles: () => files, port: server.port, whenServing: readiness, onClient: () => undefined };
    await expect(startPageServer(options)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
