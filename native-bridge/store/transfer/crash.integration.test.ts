import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestStation, openTwoStations } from './two-stations.ts';
import type { TestStation, TwoStations } from './two-stations.ts';

const child = fileURLToPath(new URL('transfer-child.ts', import.meta.url));
const records = 150;

let stations: TwoStations;
beforeEach(() => (stations = openTwoStations()));
afterEach(() => stations.close());

const hex = (station: TestStation) => Buffer.from(station.file.key).toString('hex');

/**
 * Runs the child on a station whose file nobody else has open, and kills it `after` milliseconds past its start-up
 * output. True when it came to its end before: done, or with nothing left to do after one that was killed at its very end.
 */
async function run(mode: string, station: TestStation, argument: string, killAfterMs?: number): Promise<boolean> {
  const { stick } = stations;
  const running = spawn(process.execPath, [child, mode, station.file.file, hex(station), stick, argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(running, 'exit');
  running.stdout.resume();
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => running.kill('SIGKILL'), killAfterMs);
  const [, signal] = (await exited) as [number | null, string | null];
  clearTimeout(timer);
  return signal === null;
}

/** Lets go of the file, runs `work`, and opens the station again. */
async function withFile(station: TestStation, work: () => Promise<boolean>): Promise<[TestStation, boolean]> {
  station.store.close();
  const ended = await work();
  return [openTestStation(station.file.file, stations.stick, station.file.key), ended];
}

/** Kills at moments spread from before the first byte to past the last one. */
async function killedAgainAndAgain(
  mode: string,
  station: TestStation,
  argument: string,
  check: (s: TestStation) => void,
) {
  let current = station;
  let kills = 0;
  // Each time a little longer, so that a slow machine comes to the end as well.
  for (let after = 250; ; after *= 1.2) {
    const [opened, ended] = await withFile(current, () => run(mode, current, argument, after));
    current = opened;
    check(current);
    if (ended) return { current, kills };
    kills += 1;
  }
}

function expectEachSomewhere(station: TestStation, ids: readonly string[]): void {
  const states = ids.map(station.stateOf);
  expect(states.every((state) => state === 'sealed' || state === 'handed-over')).toBe(true);
  expect(station.store.audit.verify()).not.toHaveProperty('brokenAt');
}

test('killed again and again while exporting and importing: each record ends at exactly one sender', async () => {
  const ids = Array.from({ length: records }, (_, index) => stations.a.seal(index));
  const receiver = JSON.stringify(stations.b.store.transfers.own());
  const exported = await killedAgainAndAgain('export', stations.a, receiver, (a) => expectEachSomewhere(a, ids));
  const a = exported.current;
  expect(new Set(ids.map(a.stateOf))).toEqual(new Set(['handed-over']));
  const files = readdirSync(stations.stick);
  expect(files.filter((name) => name.endsWith('.part'))).toEqual([]);
  expect(files).toHaveLength(1);
  const path = `${stations.stick}/${files[0]}`;
  const imported = await killedAgainAndAgain('import', stations.b, path, (b) => {
    for (const record of b.store.records.list({ limit: 1000 }))
      expect(b.store.records.load(record.id).id).toBe(record.id);
    expect(b.store.outbox.due(new Date(), 1000)).toHaveLength(b.store.records.list({ limit: 1000 }).length);
    expect(b.store.audit.verify()).not.toHaveProperty('brokenAt');
  });
  const b = imported.current;
  expect(b.store.outbox.due(new Date(), 1000).map(({ recordId }) => recordId)).toEqual(ids);
  expect(exported.kills + imported.kills).toBeGreaterThan(3);
  stations = { ...stations, a, b, close: closeOf(stations, a, b) };
}, 240_000);

/** The stations were opened anew; the first ones are closed already. */
function closeOf({ close }: TwoStations, a: TestStation, b: TestStation): () => void {
  return () => {
    a.store.close();
    b.store.close();
    close();
  };
}
