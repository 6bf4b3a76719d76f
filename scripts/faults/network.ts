/**
 * `npm run faults -- network [--records N] [--seed S]`, or this file by itself: delivers sealed records to the sandbox
 * through a proxy that does to every kind of request everything a network can, and lets the sandbox count what arrived.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { v7 as newId } from 'uuid';
import type { Draft, Team } from '../../native-bridge/contract/enrolment.ts';
import { networkFaults, startFaultProxy } from '../../native-bridge/enrolment/fault-proxy.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../native-bridge/platform/sandbox/sandbox.ts';
import { PlatformDesk } from '../../native-bridge/station/platform-desk.ts';
import { openStore, type Store } from '../../native-bridge/store/open-store.ts';
import { SeededRandom } from '../fuzz/random.ts';
import { enrolmentSteps, inventedNumber, type Pictures } from './invented-worker.ts';
import { methods, NetworkPlan } from './network-plan.ts';

export interface NetworkFigures {
  readonly seed: number;
  readonly records: number;
  /** Different people among the records; the rest are newer records of the same ones. */
  readonly people: number;
  readonly onDuplicate: NonNullable<SandboxOptions['onDuplicate']>;
  readonly requests: number;
  readonly faults: number;
  /** Combinations of method, fault and side that never came up. */
  readonly missing: readonly string[];
  readonly confirmed: number;
  /** People whom the platform does not have. */
  readonly lost: number;
  /** People whom the platform registered more than once. */
  readonly twice: number;
  /** Adds that the platform refused because the worker was there: answers to them were lost while it was processing. */
  readonly refusedAsPresent: number;
  /** People of whom the platform holds something else than their newest record. */
  readonly stale: number;
  /** Records shown to a person although nothing was wrong with them. */
  readonly blamed: number;
  readonly teamsTwice: number;
  /** Visits to the page that redirects point at: nothing may ever be sent there. */
  readonly portalVisits: number;
  readonly seconds: number;
  readonly table: readonly string[];
}

/** Every tenth person has a second record with another phone, so that there is something to update. */
const correctedEvery = 10;
const phoneOf = (index: number, isNewer: boolean) => `13${isNewer ? 9 : 8}${String(index).padStart(8, '0')}`;

const pace = { outcomeWaitsMs: [10, 20, 40], retryWaitsMs: [5, 10, 20] };
/** Long enough for a busy machine, short enough to wait for. */
const timeoutMs = 800;

async function smallPictures(): Promise<Pictures> {
  const flat = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: { r: 120, g: 140, b: 160 } } });
  return { portrait: await flat(102, 126).png().toBuffer(), photo: await flat(120, 150).jpeg().toBuffer() };
}

function connectionTo(sandbox: Sandbox, url: string) {
  const account = sandbox.accounts[0];
  const project = account?.projects[0];
  const corp = project?.corps[0];
  if (!account || !project || !corp) throw new Error('the sandbox has no account');
  const { appid, secret } = account;
  const kind = { driver: 'national', dialect: 'national' } as const;
  return { ...kind, url, appid, secret, projectCode: project.projectCode, projectName: '示例项目', ...corp };
}

interface Sealed {
  readonly people: number;
  /** Number of a person to the phone in the newest record. */
  readonly phones: ReadonlyMap<string, string>;
}

/** Seals `records` records of people in `teams`; the corrections come last. */
function sealRecords(store: Store, teams: readonly Team[], records: number, pictures: Pictures): Sealed {
  const people = Math.ceil((records * correctedEvery) / (correctedEvery + 1));
  const phones = new Map<string, string>();
  const sealOne = (index: number, isNewer: boolean) => {
    const team = teams[index % teams.length];
    const draft = team && enrolmentSteps(index, team, pictures).at(-1);
    if (draft === undefined) throw new Error('no team');
    const cellPhone = phoneOf(index, isNewer);
    const whole: Draft = { ...draft, id: newId(), fields: { ...draft.fields, cellPhone } };
    store.records.seal(whole, 'faults');
    phones.set(inventedNumber(index), cellPhone);
  };
  store.outbox.together(() => {
    for (let index = 0; index < people; index += 1) sealOne(index, false);
    for (let index = 0; index < records - people; index += 1) sealOne(index * correctedEvery, true);
  });
  return { people, phones };
}

async function allSettled(store: Store, records: number, desk: PlatformDesk, changed: (wake: () => void) => void) {
  for (;;) {
    const counts = store.records.counts();
    if (counts.confirmed + counts['needs-attention'] >= records) return counts;
    const change = new Promise<void>((resolve) => changed(resolve));
    desk.wake();
    await change;
  }
}

async function visited() {
  let visits = 0;
  const server = createServer((_, response) => {
    visits += 1;
    response.end('{"code":"0"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, visits: () => visits, close: () => new Promise((resolve) => server.close(resolve)) };
}

function tableOf(plan: NetworkPlan): string[] {
  const head = `${'fault'.padEnd(12)}${methods.map((method) => method.padStart(25)).join('')}`;
  const rows = networkFaults.map((fault) => {
    const cells = methods.map((method) =>
      `${plan.played(method, fault, 'before')} before, ${plan.played(method, fault, 'after')} after`.padStart(25),
    );
    return `${fault.padEnd(12)}${cells.join('')}`;
  });
  return [head, ...rows];
}

async function compare(sandbox: Sandbox, { people, phones }: Sealed) {
  const workers = await sandbox.workers();
  const { people: tallies } = await sandbox.counters();
  const teams = await sandbox.teams();
  const stale = workers.filter((worker) => phones.get(worker.idCardNumber) !== worker.fields['cellPhone']).length;
  return {
    lost: people - new Set(workers.map((worker) => worker.idCardNumber)).size,
    twice: tallies.filter(({ added }) => added > 1).length,
    refusedAsPresent: tallies.reduce((sum, { duplicatesRefused }) => sum + duplicatesRefused, 0),
    stale,
    teamsTwice: teams.length - new Set(teams.map(({ teamName }) => teamName)).size,
  };
}

export interface NetworkOptions {
  readonly records: number;
  readonly seed?: number;
  readonly onDuplicate?: NetworkFigures['onDuplicate'];
}

/** Runs the whole proof and gives its figures; throws nothing but what would be a mistake of the proof itself. */
export async function runNetworkFaults(options: NetworkOptions): Promise<NetworkFigures> {
  const { records, seed = 1, onDuplicate = 'refuseAll' } = options;
  const startedAt = performance.now();
  const random = new SeededRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-network-'));
  // Longer than a retry waits, so that a lost request is often still being processed when its people are asked for.
  const sandbox = await startSandbox({ asyncDelayMs: 15, onDuplicate });
  const portal = await visited();
  const many = Math.max(1, Math.floor(records / 250));
  const plan = new NetworkPlan(
    {
      'Team.Query': 1,
      'Team.Add': 1,
      'ProjectWorker.Add': many,
      'ProjectWorker.Query': many,
      'ProjectWorker.Update': 1,
      'AsyncHandleResult.Query': many,
    },
    random,
  );
  const proxy = await startFaultProxy({
    upstream: sandbox.url,
    portal: portal.url,
    plan: (method) => plan.next(method),
    random: () => random.below(2 ** 30) / 2 ** 30,
  });
  const store = openStore({ file: join(folder, 'station.db'), key: randomBytes(32) });
  const connection = connectionTo(sandbox, proxy.url);
  const { projectCode, projectName, corpCode, corpName } = connection;
  // Every fault of a team's request takes one; those after which it is there all the same take a team with them.
  const teams = Array.from({ length: 40 }, (_, index) =>
    store.teams.add({ projectCode, projectName, corpCode, corpName, teamName: `示例${index + 1}班`, workType: '020' }),
  );
  const sealed = sealRecords(store, teams, records, await smallPictures());
  let change: () => void = () => undefined;
  const desk = new PlatformDesk({
    store,
    connection,
    now: () => new Date(),
    pace,
    timeoutMs,
    onRecordChanged: () => change(),
    onStateChanged: () => change(),
  });
  try {
    const counts = await allSettled(store, records, desk, (resolve) => (change = resolve));
    return {
      seed,
      records,
      people: sealed.people,
      onDuplicate,
      requests: plan.requests,
      faults: plan.total,
      missing: plan.missing(),
      confirmed: counts.confirmed,
      blamed: counts['needs-attention'],
      ...(await compare(sandbox, sealed)),
      portalVisits: portal.visits(),
      seconds: Math.round((performance.now() - startedAt) / 100) / 10,
      table: tableOf(plan),
    };
  } finally {
    await desk.close();
    store.close();
    await proxy.close();
    await portal.close();
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const isWell = ({ lost, twice, stale, blamed, teamsTwice, portalVisits }: NetworkFigures): boolean =>
  lost + twice + stale + blamed + teamsTwice + portalVisits === 0;

/** Prints the table and, as the last line, JSON. */
export function reportNetwork({ table, ...figures }: NetworkFigures): void {
  for (const line of table) console.log(line);
  console.log(JSON.stringify({ ok: isWell({ table, ...figures }), ...figures }));
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { records: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
  });
  for (const onDuplicate of ['refuseAll', 'addOthers'] as const) {
    const figures = await runNetworkFaults({ records: Number(values.records), seed: Number(values.seed), onDuplicate });
    reportNetwork(figures);
    if (!isWell(figures)) process.exitCode = 1;
  }
}
