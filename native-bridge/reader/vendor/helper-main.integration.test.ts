import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { helperEnvironment, HelperProcess } from './helper-process.ts';
import { compiler, compileTestLibrary } from './test-library.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vendor-helper-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A photo block that makes the library of test-libraries/photo-decoder.c hang. */
const hangingBlock = new Uint8Array(1024).fill(2, 16, 17);

describe.skipIf(compiler === undefined)('the helper', () => {
  it('ends with its parent even while a library hangs', async () => {
    const library = join(folder, 'photo.so');
    compileTestLibrary('photo-decoder.c', library, { UNPACK: '1' });
    writeFileSync(join(folder, 'block.wlt'), hangingBlock);
    const env = helperEnvironment(process.env, { libraryFolder: folder, temporaryFolder: folder });
    const helper = fork(join(import.meta.dirname, 'helper-main.ts'), [], { env, execArgv: [] });
    await once(helper, 'message');
    helper.send({ kind: 'photo', job: 1, library, calls: ['unpack'], folder });
    await expect.poll(() => existsSync(join(folder, 'hanging'))).toBe(true);
    const ended = once(helper, 'exit');
    helper.disconnect();
    expect(await ended).toEqual([null, 'SIGKILL']);
  });
});

describe('a helper that is stopped', () => {
  it('fails the jobs under way and those that wait, and is not started by them again', async () => {
    const helper = new HelperProcess({ libraryFolder: folder, temporaryFolder: folder });
    const job = { kind: 'sdt', library: join(folder, 'absent'), function: 'SDT_OpenPort', port: 1001 } as const;
    expect(await helper.run(job, 10_000)).toMatchObject({ kind: 'unusable', part: 'library' });
    const { identity } = helper;
    const jobs = Promise.allSettled([helper.run(job, 10_000), helper.run(job, 10_000)]);
    await helper.stop();
    const stopped = { status: 'rejected', reason: { kind: 'stopped' } };
    expect(await jobs).toMatchObject([stopped, stopped]);
    expect(helper.identity).toBe(identity);
  });
});
