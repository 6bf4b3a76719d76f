/**
 * The desk that the fault runs kill: a process of its own with the station's own store, delivery and connector. Reads its
 * plan from the first argument, enrols invented workers step by step and delivers them; says what is durable.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { asStationError } from '../../native-bridge/contract/errors.ts';
import { PlatformDesk } from '../../native-bridge/station/platform-desk.ts';
import type { Database } from '../../native-bridge/store/database.ts';
import { openDatabase } from '../../native-bridge/store/open-database.ts';
import { storeOn } from '../../native-bridge/store/open-store.ts';
import { enrolmentId, enrolmentSteps, indexOf, stepsDone } from './invented-worker.ts';
import { fetchWithKillPoints, withKillPoints } from './kill-points.ts';
import { planSchema, type Said } from './plan.ts';

const plan = planSchema.parse(JSON.parse(process.argv[2] ?? ''));
const say = (line: Said) => process.stdout.write(`${JSON.stringify(line)}\n`);

const systemNow = Date.now;
Date.now = () => systemNow() + plan.clockOffsetMs;
const now = () => new Date(Date.now());

const times = new Map<string, number>();

function reached(point: string): void {
  const time = (times.get(point) ?? 0) + 1;
  times.set(point, time);
  if (plan.killAt === undefined && time === 1) say({ said: 'point', point });
  if (plan.killAt?.point === point && plan.killAt.time === time) process.kill(process.pid, 'SIGKILL');
}

globalThis.fetch = fetchWithKillPoints(globalThis.fetch, reached);

function open(): Database {
  try {
    return openDatabase(join(plan.dataFolder, 'station.db'), new Uint8Array(Buffer.from(plan.key, 'hex')));
  } catch (cause) {
    say({ said: 'trouble', code: asStationError(cause).code });
    process.exit(3);
  }
}

const database = open();
if (plan.maximumPages !== undefined) database.script(`PRAGMA max_page_count = ${plan.maximumPages}`);
const store = storeOn(withKillPoints(database, reached), now);
const pictures = {
  portrait: new Uint8Array(readFileSync(plan.portrait)),
  photo: new Uint8Array(readFileSync(plan.photo)),
};
const { projectCode, projectName, corpCode, corpName } = plan.connection;
const team = store.teams.add({
  projectCode,
  projectName,
  corpCode,
  corpName,
  teamName: plan.teamName,
  workType: '020',
});

let recordChanged: () => void = () => undefined;
const platform = new PlatformDesk({
  store,
  connection: plan.connection,
  now,
  pace: { outcomeWaitsMs: [5, 20, 50], retryWaitsMs: [10, 50, 200] },
  onRecordChanged: (id) => {
    if (store.records.summary(id).state === 'confirmed') say({ said: 'confirmed', id });
    recordChanged();
  },
  onStateChanged: () => recordChanged(),
});

/** Waits for the word that somebody has made room. */
async function roomMade(): Promise<void> {
  const lines = createInterface({ input: process.stdin });
  for await (const _ of lines) break;
  lines.close();
}

/** Does one durable step; on trouble with the disk says so, waits, and does it again. */
async function insist(step: () => void): Promise<void> {
  for (;;) {
    try {
      return step();
    } catch (cause) {
      say({ said: 'trouble', code: asStationError(cause).code });
      await roomMade();
      if (plan.maximumPages !== undefined) database.script('PRAGMA max_page_count = 4294967294');
    }
  }
}

async function enrol(index: number, behind: number): Promise<void> {
  const drafts = enrolmentSteps(index, team, pictures);
  const id = enrolmentId(index);
  for (const draft of drafts.slice(behind)) {
    await insist(() => store.drafts.save(draft));
    say({ said: 'draft', id, steps: stepsDone(draft) });
    await nextTurn();
  }
  const last = drafts.at(-1);
  if (last !== undefined) await insist(() => void store.records.seal(last, 'desk'));
  say({ said: 'sealed', id });
  platform.wake();
  await nextTurn();
}

async function everythingConfirmed(): Promise<void> {
  while (store.records.counts().confirmed < store.records.list({ limit: 100_000 }).length) {
    await new Promise<void>((resolve) => (recordChanged = resolve));
  }
}

const restored = store.drafts.current();
say({ said: 'opened', draft: restored?.id, steps: restored === undefined ? 0 : stepsDone(restored) });
platform.wake();
if (restored !== undefined) await enrol(indexOf(restored.id), stepsDone(restored));
for (let index = plan.firstIndex; index < plan.firstIndex + plan.enrolments; index += 1) await enrol(index, 0);
if (plan.drain) await everythingConfirmed();
await platform.close();
store.close();
say({ said: 'done' });
process.exit(0);
