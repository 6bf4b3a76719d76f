import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inProcessChannelPair } from '../../native-bridge/rpc/in-process-channel.ts';
import { Supervisor } from '../supervisor.ts';
import { forkBridge } from './forked-bridge.ts';

/** A bridge of the shortest kind: echoes its clients, dies or hangs when one asks it to. */
const echoBridge = `
let key;
process.on('message', (message) => {
  if (message.kind === 'start') { key = message.options.storeKey; process.send({ kind: 'ready' }); }
  if (message.kind === 'ping') process.send({ kind: 'pong', beat: message.beat });
  if (message.kind === 'stop') process.send({ kind: 'stopped' }, () => process.exit(0));
  if (message.kind !== 'client-message') return;
  if (message.message === 'die') process.exit(3);
  if (message.message === 'key') process.send({ kind: 'client-message', client: message.client, message: key });
  else process.send({ kind: 'client-message', client: message.client, message: message.message });
});
`;

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'supervisor-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function supervisorOf(script: string): Supervisor {
  const path = join(folder, 'bridge.mjs');
  writeFileSync(path, script);
  const storeKey = new Uint8Array(32).fill(7);
  const startOptions = { version: '0', dataFolder: folder, assetsFolder: folder, storeKey, operator: 'operator' };
  const supervisor = new Supervisor({ spawn: () => forkBridge(path), startOptions });
  supervisor.start();
  return supervisor;
}

function openClient(supervisor: Supervisor) {
  const [page, shell] = inProcessChannelPair();
  supervisor.openClient(shell);
  const send = (message: unknown) => page.send(message);
  const ask = (message: unknown) => {
    const answer = new Promise((resolve) => page.onMessage(resolve));
    send(message);
    return answer;
  };
  return { ask, send, closed: new Promise<void>((resolve) => page.onClose(resolve)) };
}

describe('a supervised process', () => {
  it('gets its key and its clients as bytes', async () => {
    const supervisor = supervisorOf(echoBridge);
    await supervisor.whenServing();
    const { ask } = openClient(supervisor);
    expect(await ask('key')).toEqual(new Uint8Array(32).fill(7));
    const frame = new Uint8Array(300_000).map((_, index) => index);
    expect(await ask({ frame: frame.subarray(10) })).toEqual({ frame: frame.slice(10) });
    await supervisor.stop();
  });

  it('is replaced when it dies, and its clients are let go', async () => {
    const supervisor = supervisorOf(echoBridge);
    await supervisor.whenServing();
    const first = openClient(supervisor);
    first.send('die');
    await first.closed;
    await supervisor.whenServing();
    expect(await openClient(supervisor).ask('again')).toBe('again');
    await supervisor.stop();
  });

  it('ends on stop even when it ignores it', async () => {
    const deaf = `process.on('message', ({ kind }) => kind === 'start' && process.send({ kind: 'ready' }));`;
    const supervisor = supervisorOf(deaf);
    await supervisor.whenServing();
    await supervisor.stop();
    expect(supervisor.servingProcess).toBeUndefined();
  });
});
