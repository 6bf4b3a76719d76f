import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { z } from 'zod';

const MAIN = fileURLToPath(new URL('./sandbox-main.ts', import.meta.url));
const readySchema = z.object({
  url: z.url(),
  appid: z.string(),
  secret: z.string().length(32),
  projectCode: z.string(),
  corp: z.object({ corpCode: z.string(), corpName: z.string() }),
});

function launch(...options: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [MAIN, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
}

// Windows has no signals to end a process kindly; there the process is simply ended.
it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
  'says where it is and ends cleanly on %s',
  async (signal) => {
    const child = launch('--delay', '0');
    const lines = createInterface({ input: child.stdout });
    const [line] = z.tuple([z.string()]).parse(await once(lines, 'line'));
    const ready = readySchema.parse(JSON.parse(line));
    expect((await fetch(ready.url)).status).toBe(405);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
  },
);

it.each([['--port', '99999'], ['--delay', 'soon'], ['--unknown']])('explains itself for %s', async (...options) => {
  const child = launch(...options);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(said).toContain('usage:');
});
