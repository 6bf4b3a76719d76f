import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { vi } from 'vitest';

const program = '/usr/sbin/pcscd';
const driver = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
const runFolder = '/run/pcscd';
const socketPath = `${runFolder}/pcscd.comm`;

/** How long another test run may hold the machine's one service, and how long ours takes to come up. */
const waitMs = 20_000;

/** Readers that the virtual driver shows, with the TCP ports of their slots. */
export const virtualReaders = [
  { name: 'Virtual PCD 00 00', port: 35_963 },
  { name: 'Virtual PCD 00 01', port: 35_964 },
] as const;

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether a service answers; the socket file alone may be left over from one that was killed. */
function isRunning(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path: socketPath });
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

function untilRunning(wanted: boolean): Promise<void> {
  const check = async () => {
    if ((await isRunning()) !== wanted) throw new Error(`pcscd ${wanted ? 'does not answer' : 'still answers'}`);
  };
  return vi.waitFor(check, { timeout: waitMs, interval: 50 });
}

/** What the system lacks for the tests; undefined when nothing. */
function missing(): string | undefined {
  if (process.platform !== 'linux') return 'the virtual reader driver is for Linux';
  if (!existsSync(program)) return 'pcscd is not installed';
  if (!existsSync(driver)) return 'vsmartcard-vpcd is not installed';
  return isWritable(runFolder) ? undefined : `no right to write in ${runFolder}`;
}

/**
 * Why the real smart-card service cannot be used here; undefined when it can. A machine has one service: one that runs is
 * another test run's, which is waited for, or belongs to the machine, and then it is left alone.
 */
export async function pcscdObstacle(): Promise<string | undefined> {
  const lack = missing();
  if (lack !== undefined) return lack;
  return untilRunning(false).then(
    () => undefined,
    () => 'a pcscd that is not ours is running',
  );
}

/** The machine's smart-card service, started by this test run and by nobody else. */
export class TestPcscd {
  #process: ChildProcess | undefined;

  /** Rejects when another service got in between, or ours does not come up. */
  async start(): Promise<void> {
    await untilRunning(false);
    const started = spawn(program, ['--foreground'], { stdio: 'ignore' });
    this.#process = started;
    await untilRunning(true);
    if (started.exitCode !== null) throw new Error('another pcscd was started at the same time');
  }

  /** Ends our own process and nothing else. */
  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill();
    await ended;
  }
}
