import { afterEach, beforeEach, expect, it } from 'vitest';
import { addCall, addTeam, DELAY_MS, NUMBERS, PLACE, startBench, workerData, type Bench } from './client-for-tests.ts';
import { DEMO_ACCOUNT } from './sandbox.ts';
import type { LogEntry } from './state.ts';

let bench: Bench;
let logged: LogEntry[];

beforeEach(async () => {
  logged = [];
  bench = await startBench({ log: (entry) => logged.push(entry) });
});

afterEach(() => bench.sandbox.stop());

const get = (path: string): Promise<Response> => fetch(new URL(path, bench.sandbox.pageUrl));

async function enrolTwice(workerName = '韦试样'): Promise<void> {
  const teamSysNo = await addTeam(bench);
  const data = addCall(teamSysNo, [await workerData(NUMBERS.wei, { workerName })]);
  await bench.write('ProjectWorker.Add', data);
  await bench.write('ProjectWorker.Add', data);
}

const MASKED = `${NUMBERS.wei.slice(0, 6)}********${NUMBERS.wei.slice(-4)}`;

it('shows the worker with both photos, and the number masked even in error texts', async () => {
  await enrolTwice();
  const response = await get('/');
  const text = await response.text();
  expect(text).toContain('韦试样');
  expect(text).toContain(MASKED);
  expect(text).not.toContain(NUMBERS.wei);
  expect(text).toContain('已存在');
  const photos = [...text.matchAll(/src="(\/photo\/[^"]+)"/g)].map((match) => match[1] ?? '');
  expect(new Set(photos).size).toBe(2);
  for (const photo of photos) expect((await get(photo)).status).toBe(200);
});

it('runs no scripts and loads nothing from elsewhere', async () => {
  await enrolTwice('<script>alert(1)</script>');
  const response = await get('/');
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/script-src|unsafe/);
  const text = await response.text();
  expect(text).not.toContain('<script');
  expect(text).toContain('&lt;script&gt;');
  expect((await get('/page.css')).headers.get('content-type')).toContain('text/css');
});

it('shows which faults are on', async () => {
  expect(await (await get('/')).text()).not.toContain('Faults switched on');
  bench.sandbox.setFaults({ busy: 2 });
  expect(await (await get('/')).text()).toContain('busy = 2');
});

it('tells its state as JSON with masked numbers and without telephone or address', async () => {
  await enrolTwice();
  const text = await (await get('/control/state')).text();
  expect(JSON.parse(text)).toMatchObject({
    counters: { people: [{ idCardNumber: MASKED, added: 1, duplicatesRefused: 1 }] },
    teams: [{ teamName: '木工一班' }],
    workers: [{ idCardNumber: MASKED, workerName: '韦试样' }],
  });
  for (const secret of [NUMBERS.wei, '13800000000', '示例路', 'base64', bench.sandbox.accounts[0]?.secret ?? '?']) {
    expect(text).not.toContain(secret);
  }
});

it('logs every request without names, numbers or pictures', async () => {
  await enrolTwice();
  expect(logged.map((entry) => [entry.method, entry.code])).toEqual([
    ['Team.Add', '0'],
    ['AsyncHandleResult.Query', '0'],
    ['ProjectWorker.Add', '0'],
    ['AsyncHandleResult.Query', '0'],
    ['ProjectWorker.Add', '0'],
    ['AsyncHandleResult.Query', '0'],
  ]);
  const text = JSON.stringify([logged, await bench.sandbox.requests()]);
  for (const personal of [NUMBERS.wei, '韦试样', 'base64']) expect(text).not.toContain(personal);
});

it.each([NUMBERS.wei, `${NUMBERS.wei}\n伪造`, `Team.${NUMBERS.wei}`, '13800000000', '韦试样', 'WeiShiyang', ''])(
  'does not let a caller write into the log, as a method or an account: case %#',
  async (word) => {
    await bench.call(word, { ...PLACE, teamName: '一班' });
    await bench.call('Team.Add', { ...PLACE, teamName: '一班' }, { appid: word });
    expect(logged).toMatchObject([
      { method: '?', code: '-1' },
      { appid: '?', method: 'Team.Add' },
    ]);
  },
);

it('shows a method that is misspelt, so that whoever called it sees why', async () => {
  await bench.call('Team.Ad', {});
  expect(logged).toMatchObject([{ appid: DEMO_ACCOUNT.appid, method: 'Team.Ad' }]);
});

it('handles waiting writes before it shows itself', async () => {
  await bench.call('Team.Add', { ...PLACE, teamName: '一班' });
  expect(await (await get('/')).text()).toContain('还没有班组');
  bench.clock.now += DELAY_MS;
  expect(await (await get('/')).text()).not.toContain('还没有班组');
});

it.each(['/photo/..%2f..%2fstate.json', '/photo/0.jpg', `/photo/${'0'.repeat(64)}.jpg`, '/nothing'])(
  'has no %s',
  async (path) => {
    expect((await get(path)).status).toBe(404);
  },
);
