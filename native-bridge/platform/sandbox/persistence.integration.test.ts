import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  addCall,
  addTeam,
  DELAY_MS,
  NUMBERS,
  PLACE,
  PROJECT,
  startBench,
  textIn,
  workerData,
} from './client-for-tests.ts';

let folder: string;
let stateFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-platform-'));
  stateFile = join(folder, 'deep', 'state.json');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

it('keeps teams, workers, pictures, waiting writes and spent nonces over a restart', async () => {
  const before = await startBench({ stateFile });
  const teamSysNo = await addTeam(before);
  await before.write('ProjectWorker.Add', addCall(teamSysNo, [await workerData(NUMBERS.wei)]));
  const waiting = await before.call('ProjectWorker.Add', addCall(teamSysNo, [await workerData(NUMBERS.qin)]), {
    nonce: '654321',
  });
  await before.sandbox.stop();

  const after = await startBench({ stateFile });
  after.clock.now = before.clock.now;
  expect(await after.sandbox.teams()).toMatchObject([{ teamSysNo }]);
  const [worker] = await after.sandbox.workers();
  expect(worker).toMatchObject({ idCardNumber: NUMBERS.wei });
  const portrait = worker?.pictures['headImage'];
  expect(portrait && after.sandbox.picture(portrait)?.subarray(0, 2).toString('hex')).toBe('ffd8');
  const query = { pageIndex: 0, pageSize: 1, projectCode: PROJECT };
  expect(await after.call('Team.Query', query, { nonce: '654321' })).toMatchObject({ code: '-1' });

  after.clock.now += DELAY_MS;
  const outcome = await after.call('AsyncHandleResult.Query', { ...waiting.data });
  expect(outcome.data).toMatchObject({ status: 20 });
  expect(await after.sandbox.workers()).toHaveLength(2);
  expect(await addTeam(after, '木工二班')).toBe(teamSysNo + 1);
  await after.sandbox.stop();
});

it('has the write on disk before the answer leaves, and no half-written file beside it', async () => {
  const bench = await startBench({ stateFile });
  const accepted = await bench.call('Team.Add', { ...PLACE, teamName: '一班' });
  const stored = await readFile(stateFile, 'utf8');
  expect(stored).toContain(textIn(accepted.data?.['requestSerialCode']));
  expect(await readdir(join(folder, 'deep'))).toEqual(['state.json']);
  await bench.sandbox.stop();
});

it('keeps pictures out of the state file once they have been handled', async () => {
  const bench = await startBench({ stateFile });
  const teamSysNo = await addTeam(bench);
  const data = await workerData();
  await bench.write('ProjectWorker.Add', addCall(teamSysNo, [data]));
  expect(await readFile(stateFile, 'utf8')).not.toContain('base64');
  expect(await readdir(`${stateFile}.pictures`)).toHaveLength(2);
  await bench.sandbox.stop();
});

it.each(['not json', '{"formatVersion":7}'])(
  'refuses to start on the unreadable file %j and leaves it alone',
  async (content) => {
    const broken = join(folder, 'state.json');
    await writeFile(broken, content);
    await expect(startBench({ stateFile: broken })).rejects.toThrow();
    expect(await readFile(broken, 'utf8')).toBe(content);
  },
);
