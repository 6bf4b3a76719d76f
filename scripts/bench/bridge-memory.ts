import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { living } from '../../e2e/devices/sitters.ts';
import type { StationClient } from '../../native-bridge/contract/client.ts';
import type { Channel } from '../../native-bridge/rpc/channel.ts';
import { createClient } from '../../native-bridge/rpc/client.ts';
import { presentConsentVersions } from '../../native-bridge/contract/face-search.ts';
import type { ShellMessage } from '../../native-bridge/rpc/shell-link.ts';

const root = join(import.meta.dirname, '..', '..');

/** As in a lesson: frames come in until the memory of the decoder and the runtime has its final size. */
const frames = 60;

interface FromBridge {
  readonly kind?: string;
  readonly message?: unknown;
  readonly residentMemory?: number;
}

/** Resident memory in MB of a real bridge process: all models loaded, and after it has guided and compared. */
export interface BridgeMemory {
  readonly loaded: number;
  readonly worked: number;
}

function forkBridge(): ChildProcess {
  const probe = pathToFileURL(join(import.meta.dirname, 'resident-memory-probe.ts')).href;
  return fork(join(root, 'native-bridge', 'main.ts'), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--import', probe],
  });
}

const answer = <T>(bridge: ChildProcess, pick: (message: FromBridge) => T | undefined) =>
  new Promise<T>((resolve, reject) => {
    const listen = (message: unknown) => {
      const picked = pick(message as FromBridge);
      if (picked === undefined) return;
      bridge.off('message', listen);
      resolve(picked);
    };
    bridge.on('message', listen);
    bridge.once('exit', () => reject(new Error('the bridge ended')));
  });

async function residentMegabytes(bridge: ChildProcess): Promise<number> {
  const told = answer(bridge, ({ residentMemory }) => residentMemory);
  bridge.send('resident-memory');
  return (await told) / 1e6;
}

function channelTo(bridge: ChildProcess): Channel {
  const send = (message: ShellMessage) => void bridge.send(message);
  send({ kind: 'client-open', client: 0 });
  return {
    send: (message) => send({ kind: 'client-message', client: 0, message }),
    onMessage: (listener) =>
      void bridge.on('message', ({ kind, message }: FromBridge) => kind === 'client-message' && listener(message)),
    onClose: (listener) => void bridge.once('exit', listener),
    close: () => send({ kind: 'client-close', client: 0 }),
  };
}

async function enrolSomebody(client: StationClient, frame: Uint8Array): Promise<void> {
  const read = new Promise<void>((resolve) => {
    client.on('enrolment.changed', ({ enrolment }) => {
      if (enrolment?.draft.card?.portrait.state === 'decoded') resolve();
    });
  });
  await client.call('practice.lay', { name: 'adult-female-han', portrait: frame });
  await read;
  await client.call('enrolment.consent', {
    textVersion: presentConsentVersions.plain,
    faceData: true,
    provisionToPlatform: true,
  });
  const compared = new Promise<void>((resolve) => {
    client.on('enrolment.changed', ({ enrolment }) => enrolment?.draft.comparison !== undefined && resolve());
  });
  await client.call('capture.open', {});
  const [even, odd] = await living(frame);
  for (let sequence = 0, shot = false; sequence < frames && !shot; sequence++) {
    ({ shot } = await client.call('capture.frame', { sequence, jpeg: sequence % 2 === 0 ? even : odd }));
  }
  await client.call('capture.shoot', {}).catch(() => undefined);
  const { enrolment } = await client.call('enrolment.current', {});
  if (enrolment?.draft.photo !== undefined) await compared;
}

/** Forks `native-bridge/main.ts` in practice mode, has it take and compare a picture, and asks what it holds. */
export async function measureBridgeMemory(frame: Uint8Array): Promise<BridgeMemory> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'enrol-desk-bench-'));
  const bridge = forkBridge();
  try {
    const ready = answer(bridge, ({ kind }) => (kind === 'ready' ? true : undefined));
    const options = { version: 'bench', dataFolder, assetsFolder: join(root, 'assets'), operator: 'bench' };
    bridge.send({ kind: 'start', options: { ...options, storeKey: randomBytes(32) } });
    await ready;
    const loaded = await residentMegabytes(bridge);
    await enrolSomebody(createClient(channelTo(bridge)), frame);
    const worked = await residentMegabytes(bridge);
    const ended = new Promise((resolve) => bridge.once('exit', resolve));
    bridge.send({ kind: 'stop' });
    await ended;
    return { loaded, worked };
  } finally {
    bridge.kill();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
