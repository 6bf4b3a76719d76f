import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DELAY_MS, PLACE, PROJECT, postForm, startBench, withSign, type Bench } from './client-for-tests.ts';

const QUERY = { pageIndex: 0, pageSize: 50, projectCode: PROJECT };
let bench: Bench;

beforeEach(async () => {
  bench = await startBench();
});

afterEach(() => bench.sandbox.stop());

const addTeamCall = (teamName: string): Promise<unknown> => bench.call('Team.Add', { ...PLACE, teamName });
const queryResponse = (): Promise<Response> => postForm(bench.sandbox.url, withSign(bench.form('Team.Query', QUERY)));

async function teamNames(): Promise<string[]> {
  bench.clock.now += DELAY_MS;
  return (await bench.sandbox.teams()).map((team) => team.teamName);
}

function control(
  body: string,
  headers: Record<string, string> = { 'Content-Type': 'application/json' },
): Promise<Response> {
  return fetch(new URL('/control/faults', bench.sandbox.pageUrl), { method: 'POST', body, headers });
}

describe('scripted faults', () => {
  it('loseAnswer does everything but answer, for as many requests as told', async () => {
    bench.sandbox.setFaults({ loseAnswer: 1 });
    await expect(addTeamCall('一班')).rejects.toThrow();
    expect(await teamNames()).toEqual(['一班']);
    await addTeamCall('二班');
    expect(await teamNames()).toEqual(['一班', '二班']);
    expect((await bench.sandbox.requests())[0]).toMatchObject({ code: '0', fault: 'loseAnswer', status: 20 });
  });

  it('cutAnswer does everything and ends in the middle of the answer', async () => {
    bench.sandbox.setFaults({ cutAnswer: 1 });
    const answer = await postForm(bench.sandbox.url, withSign(bench.form('Team.Add', { ...PLACE, teamName: '一班' })));
    const whole = Number(answer.headers.get('content-length'));
    let arrived = 0;
    await expect(
      answer.body?.pipeTo(new WritableStream({ write: (chunk: Uint8Array) => void (arrived += chunk.length) })),
    ).rejects.toThrow();
    expect(arrived).toBe(Math.floor(whole / 2));
    expect(await teamNames()).toEqual(['一班']);
    expect((await bench.sandbox.requests())[0]).toMatchObject({ code: '0', fault: 'cutAnswer' });
  });

  it('deliverTwice handles the request, then refuses its repetition as one that was seen', async () => {
    bench.sandbox.setFaults({ deliverTwice: 1 });
    expect(await addTeamCall('一班')).toMatchObject({
      code: '-1',
      message: expect.stringContaining('nonce') as string,
    });
    expect(await teamNames()).toEqual(['一班']);
    const requests = await bench.sandbox.requests();
    expect(requests.map(({ code, fault }) => [code, fault])).toEqual([
      ['0', 'deliverTwice'],
      ['-1', undefined],
    ]);
  });

  it.each([
    ['ahead', 3_600_000],
    ['behind', -3_600_000],
  ])(
    'clockOffMs sets the platform %s: its Date header, and what it takes for a wrong time',
    async (_way, clockOffMs) => {
      bench.sandbox.setFaults({ clockOffMs });
      const refused = await queryResponse();
      expect(Date.parse(refused.headers.get('date') ?? '')).toBe(bench.clock.now + clockOffMs);
      expect(await refused.json()).toMatchObject({
        code: '-1',
        message: expect.stringContaining('timestamp') as string,
      });
      bench.clock.now += clockOffMs;
      bench.sandbox.setFaults({ clockOffMs: 0 });
      expect(await bench.call('Team.Query', QUERY)).toMatchObject({ code: '0' });
    },
  );

  it('resetBefore does nothing', async () => {
    bench.sandbox.setFaults({ resetBefore: 1 });
    await expect(addTeamCall('一班')).rejects.toThrow();
    expect(await teamNames()).toEqual([]);
    await addTeamCall('一班');
    expect(await teamNames()).toEqual(['一班']);
  });

  it('down resets every call until it is cleared, and leaves the control side alive', async () => {
    bench.sandbox.setFaults({ down: true });
    await expect(queryResponse()).rejects.toThrow();
    expect((await control('{"down":false}')).status).toBe(200);
    expect((await queryResponse()).status).toBe(200);
  });

  it('htmlAnswer, http500 and busy answer in the place of the platform', async () => {
    bench.sandbox.setFaults({ htmlAnswer: 1 });
    expect((await queryResponse()).headers.get('content-type')).toContain('text/html');
    bench.sandbox.setFaults({ http500: 1 });
    const failed = await queryResponse();
    expect([failed.status, await failed.text()]).toEqual([500, 'Internal Error']);
    bench.sandbox.setFaults({ busy: 1 });
    expect(await bench.call('Team.Query', QUERY)).toMatchObject({ code: '-5' });
    expect(await bench.call('Team.Query', QUERY)).toMatchObject({ code: '0' });
  });

  it('true means until cleared', async () => {
    bench.sandbox.setFaults({ busy: true });
    for (let turn = 0; turn < 3; turn++) expect(await bench.call('Team.Query', QUERY)).toMatchObject({ code: '-5' });
    bench.sandbox.clearFaults();
    expect(await bench.call('Team.Query', QUERY)).toMatchObject({ code: '0' });
  });

  it('authRevoked takes the permission away', async () => {
    bench.sandbox.setFaults({ authRevoked: true });
    expect(await bench.call('Team.Query', QUERY)).toMatchObject({ code: '-3' });
  });

  it('failAsync fails the writes that are accepted meanwhile, and only those', async () => {
    bench.sandbox.setFaults({ failAsync: 'Internal Error' });
    await addTeamCall('一班');
    bench.sandbox.clearFaults();
    await addTeamCall('二班');
    expect(await teamNames()).toEqual(['二班']);
    expect(await bench.sandbox.counters()).toMatchObject({ failed: 1, done: 1 });
  });

  it('slowMs delays the answer but not the outcome', async () => {
    bench.sandbox.setFaults({ slowMs: 600_000 });
    let answered = false;
    const slow = addTeamCall('一班').finally(() => (answered = true));
    const broken = expect(slow).rejects.toThrow();
    await expect.poll(async () => (await bench.sandbox.requests()).length).toBe(1);
    expect(await teamNames()).toEqual(['一班']);
    expect(answered).toBe(false);
    await bench.sandbox.stop();
    await broken;
  });

  it('onlyMethods leaves the others alone and saves the count', async () => {
    bench.sandbox.setFaults({ busy: 1, onlyMethods: ['Team.Add'] });
    expect(await bench.call('Team.Query', QUERY)).toMatchObject({ code: '0' });
    expect(await addTeamCall('一班')).toMatchObject({ code: '-5' });
  });

  it('stop refuses connections; start opens the same port with everything still there', async () => {
    await addTeamCall('一班');
    await bench.sandbox.stop();
    await expect(queryResponse()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await bench.sandbox.start();
    expect(await teamNames()).toEqual(['一班']);
    expect((await queryResponse()).status).toBe(200);
  });
});

describe('POST /control/faults', () => {
  it('changes only what it names', async () => {
    bench.sandbox.setFaults({ busy: 3 });
    const answer = await control('{"loseAnswer":2,"failAsync":"系统繁忙"}');
    expect(await answer.json()).toMatchObject({ busy: 3, loseAnswer: 2, failAsync: '系统繁忙' });
  });

  it.each(['{"explode":1}', '{"busy":-1}', '{"busy":"yes"}', '[]', 'x'])(
    'refuses %s and changes nothing',
    async (body) => {
      const before = bench.sandbox.faults();
      expect((await control(body)).status).toBe(400);
      expect(bench.sandbox.faults()).toEqual(before);
    },
  );

  it('refuses what a form of a foreign page could send', async () => {
    expect((await control('{"down":true}', { 'Content-Type': 'text/plain' })).status).toBe(415);
    expect(bench.sandbox.faults().down).toBe(false);
  });

  it('DELETE clears all', async () => {
    bench.sandbox.setFaults({ busy: true, slowMs: 5 });
    await fetch(new URL('/control/faults', bench.sandbox.pageUrl), { method: 'DELETE' });
    expect(bench.sandbox.faults()).toMatchObject({ busy: 0, slowMs: 0 });
  });
});
