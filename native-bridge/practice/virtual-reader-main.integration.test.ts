import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { GOLDEN_ANSWERS, GOLDEN_REQUESTS, hexOf } from './golden-frames.ts';
import { connectTestHost } from './test-host.ts';

const MAIN = join(import.meta.dirname, 'virtual-reader-main.ts');
const readySchema = z.object({
  ready: z.literal(true),
  tcp: z.object({ host: z.string(), port: z.number() }),
  control: z.url(),
  baud: z.number(),
});

let program: ChildProcessWithoutNullStreams | undefined;
afterEach(() => void program?.kill('SIGKILL'));

function run(...options: string[]): ChildProcessWithoutNullStreams {
  program = spawn(process.execPath, [MAIN, ...options]);
  return program;
}

async function ready(reader: ChildProcessWithoutNullStreams) {
  return readySchema.parse(JSON.parse(await firstOf(reader.stdout)));
}

/** The first piece of text a stream brings. */
function firstOf(stream: Readable): Promise<string> {
  return new Promise((resolve) => stream.once('data', (text) => resolve(String(text))));
}

function exitCode(reader: ChildProcessWithoutNullStreams): Promise<number | null> {
  return new Promise((resolve) => reader.once('exit', resolve));
}

describe('the program', () => {
  it('prints its addresses, serves both, and ends on a signal', async () => {
    const reader = run('--tcp', '0', '--control', '0', '--baud', '921600');
    const { tcp, control, baud } = await ready(reader);
    expect(baud).toBe(921_600);
    const host = await connectTestHost(tcp.port);
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.status, 11))).toBe(GOLDEN_ANSWERS.done);
    expect((await fetch(`${control}/state`)).status).toBe(200);
    const ended = exitCode(reader);
    reader.kill('SIGTERM');
    // Windows has no such signal: there the process is simply gone.
    expect(await ended).toBe(process.platform === 'win32' ? null : 0);
    host.socket.destroy();
  });

  it('ends with its parent', async () => {
    const reader = run('--tcp', '0', '--control', '0', '--with-parent');
    await ready(reader);
    const ended = exitCode(reader);
    reader.stdin.end();
    expect(await ended).toBe(0);
  });

  it('listens on a free port when no line is named', async () => {
    const { tcp } = await ready(run('--control', '0'));
    expect(tcp.port).toBeGreaterThan(0);
  });

  it('starts readers with different numbers', async () => {
    const reader = run('--readers', '2', '--control', '0', '--delay-scale', '0');
    const numbers = new Set<string>();
    for await (const line of createInterface({ input: reader.stdout })) {
      const host = await connectTestHost(readySchema.parse(JSON.parse(line)).tcp.port);
      numbers.add(hexOf(await host.exchange(GOLDEN_REQUESTS.samNumber, 27)));
      host.socket.destroy();
      if (numbers.size === 2) break;
    }
    expect(numbers.size).toBe(2);
  });

  it('lists its options', async () => {
    const reader = run('--usage');
    const [text, code] = await Promise.all([firstOf(reader.stdout), exitCode(reader)]);
    expect(text).toContain('unplugInAnswer');
    expect(code).toBe(0);
  });

  it.each([
    ['with a port that is no number', ['--tcp', 'front']],
    ['with an unknown option', ['--tcp', '0', '--fast']],
  ])('%s explains itself and fails', async (_, options) => {
    const reader = run(...options);
    const [message, code] = await Promise.all([firstOf(reader.stderr), exitCode(reader)]);
    expect(message).toContain('usage:');
    expect(code).toBe(1);
  });
});
