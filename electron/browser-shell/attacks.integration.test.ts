import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { chromium } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { fromWire, maximumMessageBytes, toWire } from '../../native-bridge/rpc/wire.ts';
import { browserItem } from '../security-items.ts';
import { AttackedShell, refusalOf } from './attacked-shell.ts';
import { findBrowser } from './installed-browser.ts';
import { type PageServer, type PageServerOptions, startPageServer } from './page-server.ts';

let shell: AttackedShell;
let cookie = '';

beforeAll(async () => {
  shell = await AttackedShell.start();
  const { headers } = await shell.ask(shell.startPath);
  cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? expect.fail('no cookie');
});
afterAll(() => shell.stop());

const ownOrigin = () => `http://127.0.0.1:${shell.port}`;

async function admitted(): Promise<WebSocket> {
  const socket = shell.openSocket({ origin: ownOrigin(), cookie });
  await once(socket, 'open');
  return socket;
}

/** Asks the station for its state; an answer says that nothing that came before did it any harm. */
async function isWell(socket: WebSocket): Promise<boolean> {
  const answered = Promise.withResolvers<boolean>();
  socket.on('message', (bytes: Buffer) => {
    const reply = fromWire(new Uint8Array(bytes)) as { readonly kind?: string; readonly id?: number };
    if (reply.id === 777) answered.resolve(reply.kind === 'result');
  });
  socket.on('close', () => answered.resolve(false));
  socket.send(toWire({ kind: 'call', id: 777, name: 'station.status', argument: {} }));
  return answered.promise;
}

describe(browserItem('loopback only, on a random port'), () => {
  const others = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');

  it('attack: nobody answers at another address of this machine', async () => {
    for (const { address } of others) {
      const [error] = (await once(connect(shell.port, address), 'error')) as [NodeJS.ErrnoException];
      expect(error.code).toBe('ECONNREFUSED');
    }
    expect(shell.port).toBeGreaterThanOrEqual(1024);
  });
});

describe(browserItem('a token opens one session, once'), () => {
  it('attack: replayed, it opens nothing', async () => {
    const replayed = await shell.ask(shell.startPath);
    expect(replayed.status).toBe(403);
    expect(replayed.headers['set-cookie']).toBeUndefined();
  });

  it('attack: guessed, it opens nothing', async () => {
    for (let guess = 0; guess < 100; guess++) {
      const token = randomBytes(32).toString('base64url');
      expect((await shell.ask(`/start?token=${token}`)).status).toBe(403);
    }
  });
});

describe(browserItem('the session cookie is out of scripts’ reach'), () => {
  it('attack: without it, or with another one, there is no page and no socket', async () => {
    expect((await shell.ask('/')).status).toBe(403);
    const wrong = `${cookie.split('=')[0]}=${randomBytes(32).toString('base64url')}`;
    expect((await shell.ask('/', { headers: { cookie: wrong } })).status).toBe(403);
    expect(await refusalOf(shell.openSocket({ origin: ownOrigin() }))).toBe(403);
    expect(await refusalOf(shell.openSocket({ origin: ownOrigin(), cookie: wrong }))).toBe(403);
  });
});

describe(browserItem('another host name is refused'), () => {
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1', '[::1]', '127.0.0.1:1'])(
    'attack: %s',
    async (host) => {
      expect((await shell.ask('/', { headers: { host, cookie } })).status).toBe(421);
      expect(await refusalOf(shell.openSocket({ origin: `http://${host}`, host, cookie }))).toBe(403);
    },
  );
});

describe(browserItem('another origin is refused'), () => {
  it.each(['https://evil.example', 'null', 'http://127.0.0.1', 'https://127.0.0.1', 'enrol-desk://app'])(
    'attack: a socket from %s',
    async (origin) => {
      expect(await refusalOf(shell.openSocket({ origin, cookie }))).toBe(403);
    },
  );

  it('attack: nothing is shared with another origin, whatever it asks', async () => {
    for (const method of ['GET', 'OPTIONS']) {
      const headers = { cookie, origin: 'https://evil.example', 'access-control-request-method': 'GET' };
      const answer = await shell.ask('/', { method, headers });
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe(browserItem('another local page is refused'), () => {
  it.each(['same-site', 'cross-site'])('attack: a request that the browser marks %s', async (site) => {
    expect((await shell.ask('/', { headers: { cookie, 'sec-fetch-site': site } })).status).toBe(403);
    const socket = shell.openSocket({ origin: ownOrigin(), cookie, 'sec-fetch-site': site });
    expect(await refusalOf(socket)).toBe(403);
  });

  it.skipIf(findBrowser() === undefined)('attack: from another port, in a browser that holds the session', async () => {
    const neighbour = createServer((_request, response) => response.end('<title>neighbour</title>'));
    neighbour.listen(0, '127.0.0.1');
    await once(neighbour, 'listening');
    const browser = await chromium.launch({
      executablePath: findBrowser() ?? '',
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    try {
      const context = await browser.newContext();
      const [name = '', value = ''] = cookie.split('=');
      await context.addCookies([{ name, value, url: ownOrigin(), httpOnly: true, sameSite: 'Strict' }]);
      const own = await context.newPage();
      await own.goto(ownOrigin());
      expect(await own.title()).toBe('the page');
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${(neighbour.address() as AddressInfo).port}/`);
      const stolen = await page.evaluate(stealingScript(ownOrigin()));
      expect(stolen).toEqual({ readable: false, socket: false, frame: false });
    } finally {
      await browser.close();
      neighbour.closeAllConnections();
      neighbour.close();
    }
  });
});

/** What a neighbour's page would try, as text because it runs in the page. */
const stealingScript = (target: string) => `(async () => {
  const readable = await fetch('${target}/', { credentials: 'include' }).then(() => true, () => false);
  const socket = await new Promise((resolve) => {
    const made = new WebSocket('${target.replace('http', 'ws')}/station');
    made.onopen = () => resolve(true);
    made.onerror = () => resolve(false);
  });
  const frame = await new Promise((resolve) => {
    const made = document.createElement('iframe');
    made.onload = () => { try { resolve(made.contentDocument !== null && made.contentDocument.title === 'the page'); } catch { resolve(false); } };
    made.src = '${target}/';
    document.body.append(made);
  });
  return { readable, socket, frame };
})()`;

describe(browserItem('a strict policy on every answer'), () => {
  it.each(['/', '/missing', '/start?token=x'])('attack: %s', async (path) => {
    const { headers } = await shell.ask(path, { headers: { cookie } });
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['content-security-policy']).toContain(`default-src 'none'; script-src 'self'`);
    expect(headers['content-security-policy']).toContain(`frame-ancestors 'none'`);
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/);
  });
});

describe(browserItem('no way out of the page’s files'), () => {
  it.each([
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/data/store-key',
    '/..\\..\\data\\store-key',
    '/....//....//package.json',
    '//etc/passwd',
    '/etc/passwd',
    '/C:/Windows/win.ini',
    '/index.html%00.js',
    '/__proto__',
    'http://evil.example/index.html',
  ])('attack: %s', async (path) => {
    const { status, body } = await shell.ask(path, { headers: { cookie } });
    expect(status).toBe(404);
    expect(body).toBe('Not found');
  });
});

describe(browserItem('no method but reading'), () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('attack: %s', async (method) => {
    expect((await shell.ask('/', { method, headers: { cookie } })).status).toBe(405);
  });
});

/** Messages that no page sends: noise, wrong shapes, calls that do not exist, wrong arguments. */
function malformed(number: number): Uint8Array {
  switch (number % 6) {
    case 0:
      return randomBytes(number % 300);
    case 1:
      return toWire({ kind: 'call', id: -number, name: 'station.status', argument: null });
    case 2:
      return toWire({ kind: 'call', id: number + 1000, name: `__proto__.${number}`, argument: {} });
    case 3:
      return toWire({ kind: 'call', id: number + 1000, name: 'queue.list', argument: { limit: 'all', state: [] } });
    case 4:
      return toWire([number, { kind: ['call'], __proto__: { name: 'station.status' } }]);
    default:
      return Uint8Array.from({ length: 200 }, () => 0x91);
  }
}

describe(browserItem('oversized and malformed messages do no harm'), () => {
  it('attack: ten thousand malformed messages, and the station answers as before', async () => {
    const socket = await admitted();
    const replies: { readonly kind?: string }[] = [];
    socket.on('message', (bytes: Buffer) => replies.push(fromWire(new Uint8Array(bytes)) as never));
    for (let number = 0; number < 10_000; number++) socket.send(malformed(number));
    expect(await isWell(socket)).toBe(true);
    const refused = replies.filter(({ kind }) => kind === 'refused' || kind === 'error');
    expect(refused.length).toBeGreaterThan(9000);
    socket.close();
  });

  it('attack: a frame over the limit ends its own socket only', async () => {
    const [attacker, other] = [await admitted(), await admitted()];
    attacker.send(new Uint8Array(maximumMessageBytes + 1));
    const [code] = (await once(attacker, 'close')) as [number];
    expect(code).toBe(1009);
    expect(await isWell(other)).toBe(true);
    other.close();
  });

  it('attack: a header over the limit is not taken in', async () => {
    const line = connect(shell.port, '127.0.0.1');
    line.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${shell.port}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(await text(line)).toContain('431');
  });
});

describe('a server with other limits', () => {
  let server: PageServer | undefined;

  afterEach(async () => {
    await server?.close();
  });

  async function startServer(options: Partial<PageServerOptions>): Promise<PageServer> {
    const files = new Map([['/index.html', { body: new Uint8Array(), type: 'text/html' }]]);
    const usual = { readFiles: () => files, port: 0, whenServing: () => Promise.resolve(), onClient: () => undefined };
    return (server = await startPageServer({ ...usual, ...options }));
  }

  async function sessionOf({ port, issueAddress }: PageServer) {
    const answer = await fetch(issueAddress(), { redirect: 'manual' });
    const own = answer.headers.getSetCookie()[0]?.split(';')[0] ?? expect.fail('no cookie');
    return { own, ask: async () => (await fetch(`http://127.0.0.1:${port}/`, { headers: { cookie: own } })).status };
  }

  describe(browserItem('slow requests and too many connections are cut off'), () => {
    it('attack: a request that never ends', async () => {
      const { port } = await startServer({ limits: { requestMs: 50, lookMs: 20 } });
      const line = connect(port, '127.0.0.1');
      line.write('GET / HTTP/1.1\r\nHost: ');
      expect(await text(line)).toContain('408');
    });

    it('attack: more connections than there are to be', async () => {
      const { port } = await startServer({ limits: { connections: 4 } });
      const open: Socket[] = [];
      for (let number = 0; number < 4; number++) {
        const line = connect(port, '127.0.0.1');
        await once(line, 'connect');
        open.push(line);
      }
      const oneMore = connect(port, '127.0.0.1');
      oneMore.on('error', () => undefined);
      await once(oneMore, 'close');
      for (const line of open) line.destroy();
    });

    it('attack: more sockets than there are to be', async () => {
      const started = await startServer({ limits: { sockets: 2 } });
      const { own } = await sessionOf(started);
      const { WebSocket: Client } = await import('ws');
      const open = () =>
        new Client(`ws://127.0.0.1:${started.port}/station`, {
          origin: `http://127.0.0.1:${started.port}`,
          headers: { cookie: own },
        });
      for (let number = 0; number < 2; number++) await once(open(), 'open');
      expect(await refusalOf(open())).toBe(503);
    });
  });

  describe(browserItem('an idle session ends'), () => {
    it('attack: its cookie is good for nothing afterwards, a new address for a new one', async () => {
      let now = 0;
      const started = await startServer({ now: () => now, limits: { idleMs: 1000 } });
      const { ask } = await sessionOf(started);
      now = 999;
      expect(await ask()).toBe(200);
      now = 1998;
      expect(await ask()).toBe(200);
      now = 2998;
      expect(await ask()).toBe(403);
      expect(await ask()).toBe(403);
      expect(await (await sessionOf(started)).ask()).toBe(200);
      expect(await ask()).toBe(403);
    });

    it('double: one with an open socket stays', async () => {
      let now = 0;
      const started = await startServer({ now: () => now, limits: { idleMs: 1000 } });
      const { own, ask } = await sessionOf(started);
      const { WebSocket: Client } = await import('ws');
      const origin = `http://127.0.0.1:${started.port}`;
      const socket = new Client(`ws://127.0.0.1:${started.port}/station`, { origin, headers: { cookie: own } });
      await once(socket, 'open');
      now = 5000;
      expect(await ask()).toBe(200);
      socket.terminate();
    });

    it('attack: an address that nobody used in time opens nothing', async () => {
      let now = 0;
      const { issueAddress } = await startServer({ now: () => now });
      const address = issueAddress();
      now = 11 * 60_000;
      expect((await fetch(address, { redirect: 'manual' })).status).toBe(403);
    });
  });
});
