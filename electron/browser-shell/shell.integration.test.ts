import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { fromWire, toWire } from '../../native-bridge/rpc/wire.ts';

/** Answers every client with what it was started with, and leaves a note when it is stopped. */
const bridge = `
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
let options;
process.on('message', (message) => {
  if (message.kind === 'start') { options = message.options; process.send({ kind: 'ready', sandbox: 'http://127.0.0.1:9' }); }
  if (message.kind === 'ping') process.send({ kind: 'pong', beat: message.beat });
  if (message.kind === 'client-message') process.send({ ...message, message: options });
  if (message.kind === 'stop') {
    writeFileSync(join(options.dataFolder, 'put-away'), '');
    process.send({ kind: 'stopped' }, () => process.exit(0));
  }
});
process.on('disconnect', () => process.exit(0));
console.log('the bridge prints');
`;

const readySchema = z.object({ url: z.string(), pid: z.int(), sandbox: z.string() });

let folder = '';
let running: ChildProcess[] = [];

/** A built program in which only the bridge and the page are made up; the shell runs from its sources. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'browser-shell-'));
  for (const name of ['browser-shell', 'bridge', 'renderer'])
    mkdirSync(join(folder, 'dist', name), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "version": "1.2.3", "type": "module" }');
  writeFileSync(join(folder, 'dist', 'renderer', 'index.html'), 'the page');
  writeFileSync(join(folder, 'dist', 'bridge', 'main.js'), bridge);
  const source = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  writeFileSync(
    join(folder, 'dist', 'browser-shell', 'main.js'),
    `import { readShellOptions } from ${source('../shell-options.ts')};
     import { runBrowserShell } from ${source('./shell.ts')};
     await runBrowserShell(readShellOptions(process.argv.slice(2)), import.meta.dirname);
     process.exit(0);`,
  );
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

function startShell(...argv: string[]) {
  const script = join(folder, 'dist', 'browser-shell', 'main.js');
  const environment = { ...process.env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined };
  const all = ['--data-folder', join(folder, 'data'), ...argv];
  const child = spawn(process.execPath, [script, ...all], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  const printed: string[] = [];
  const said: string[] = [];
  const output = createInterface(child.stdout).on('line', (line) => printed.push(line));
  const saying = createInterface(child.stderr).on('line', (line) => said.push(line));
  const ended = once(child, 'close').then(([code]) => code as number);
  return { child, printed, said, output, saying, ended };
}

async function readyShell() {
  const shell = startShell('--no-open', '--print-address');
  const [line] = (await once(shell.output, 'line')) as [string];
  return { ...shell, ready: readySchema.parse(JSON.parse(line)) };
}

async function openSocket(url: string): Promise<WebSocket> {
  const { origin, host } = new URL(url);
  const answer = await fetch(url, { redirect: 'manual' });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? expect.fail('no cookie');
  const socket = new WebSocket(`ws://${host}/station`, { origin, headers: { cookie } });
  await once(socket, 'open');
  return socket;
}

async function answerOf(socket: WebSocket): Promise<unknown> {
  socket.send(toWire('what were you started with?'));
  const [answer] = (await once(socket, 'message')) as [Buffer];
  return fromWire(new Uint8Array(answer));
}

const addressSaid = ({ saying }: Pick<ReturnType<typeof startShell>, 'saying'>) =>
  new Promise<string>((resolve) => saying.on('line', (line) => line.startsWith('http://') && resolve(line)));

describe('the browser shell', () => {
  it('prints one line for programs and brings the page to the bridge', async () => {
    const { ready, child, printed } = await readyShell();
    expect(ready.pid).toBe(child.pid);
    expect(ready.sandbox).toBe('http://127.0.0.1:9');
    const answer = await answerOf(await openSocket(ready.url));
    expect(answer).toMatchObject({
      version: '1.2.3',
      dataFolder: join(folder, 'data'),
      assetsFolder: join(folder, 'assets'),
      storeKey: expect.any(Uint8Array) as unknown,
    });
    expect(printed).toHaveLength(1);
  });

  it('ends on a signal after the bridge has put everything away', async () => {
    const { child, ended } = await readyShell();
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(existsSync(join(folder, 'data', 'put-away'))).toBe(true);
  });

  it('keeps key and port from one start to the next', async () => {
    const first = await readyShell();
    const key = readFileSync(join(folder, 'data', 'store-key'));
    first.child.kill('SIGTERM');
    await first.ended;
    const second = await readyShell();
    expect(new URL(second.ready.url).port).toBe(new URL(first.ready.url).port);
    expect(readFileSync(join(folder, 'data', 'store-key'))).toEqual(key);
  });

  it('takes another port when the usual one is taken', async () => {
    const first = await readyShell();
    const port = new URL(first.ready.url).port;
    mkdirSync(join(folder, 'other'));
    writeFileSync(join(folder, 'other', 'browser-shell-port'), port);
    const again = startShell('--no-open', '--print-address', '--data-folder', join(folder, 'other'));
    const [line] = (await once(again.output, 'line')) as [string];
    expect(new URL(readySchema.parse(JSON.parse(line)).url).port).not.toBe(port);
  });

  it('says its address where there is no display, and a new one when it is started again', async () => {
    const first = startShell();
    const url = await addressSaid(first);
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303);
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(403);
    const next = addressSaid(first);
    const second = startShell();
    expect(await second.ended).toBe(0);
    expect(second.said.join()).toContain('running already');
    expect((await fetch(await next, { redirect: 'manual' })).status).toBe(303);
    expect(first.printed).toEqual([]);
  });

  it('leaves no bridge behind when it is killed', async () => {
    const { child, ready } = await readyShell();
    const socket = await openSocket(ready.url);
    expect(await answerOf(socket)).toBeDefined();
    const errors = once(child.stderr ?? expect.fail('no output'), 'close');
    child.kill('SIGKILL');
    // The bridge holds the other end of this line; it closes only when both are gone.
    await errors;
  });
});
