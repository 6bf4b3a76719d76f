import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Report } from '../contract/report.ts';
import type { Team } from '../contract/enrolment.ts';
import { createNationalBusiness } from '../platform/national/business-connector.ts';
import { createNationalConnector } from '../platform/national/connector.ts';
import { startSandbox, type Sandbox } from '../platform/sandbox/sandbox.ts';
import { StationError } from '../contract/errors.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { checkCharacter } from './id-number.ts';
import { ReportDelivery } from './report-delivery.ts';
import { completeDraft, testCard } from './test-draft.ts';
import { workerUpload } from './worker-upload.ts';

const day = '2026-11-25';
/** 2026-11-26 10:00 in China. */
const now = Date.UTC(2026, 10, 26, 2);

const number = (order: number) => {
  const digits = `45999919860409${String(order).padStart(3, '0')}`;
  return digits + checkCharacter(digits);
};
const person = (order: number) => ({ idCardType: '01', idCardNumber: number(order) });

let folder: string;
let key: Uint8Array;
let store: Store;
let sandbox: Sandbox;
let team: Team;
let jpeg: Uint8Array;
let connection: { url: string; appid: string; secret: string };
let delivery: ReportDelivery;
let clock: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'enrol-desk-reports-'));
  clock = now;
  key = new Uint8Array(randomBytes(32));
  store = openStore({ file: join(folder, 'station.db'), key, now: () => new Date(clock) });
  sandbox = await startSandbox({ asyncDelayMs: 0, now: () => now });
  const grey = { r: 120, g: 140, b: 160 };
  jpeg = await sharp({ create: { width: 120, height: 150, channels: 3, background: grey } })
    .jpeg()
    .toBuffer();
  const [account] = sandbox.accounts;
  const [project] = account?.projects ?? [];
  const [corp] = project?.corps ?? [];
  if (!account || !project || !corp) throw new Error('the sandbox has no account');
  connection = { url: sandbox.url, appid: account.appid, secret: account.secret };
  const place = { projectCode: project.projectCode, ...corp };
  const business = createNationalBusiness({ ...connection, now: () => now });
  team = store.teams.add({ ...place, projectName: '示例项目', teamName: '钢筋一班' });
  const answer = await business.send('team', { ...place, teamName: team.teamName });
  const outcome = answer.state === 'accepted' ? await business.outcome(answer.serial) : answer;
  if (outcome.state !== 'done' || outcome.teamSysNo === undefined) throw new Error('no team number');
  store.teams.setSysNo(team.id, outcome.teamSysNo);
  const times = { now: () => new Date(clock), askAgainAt: () => new Date(clock) };
  delivery = new ReportDelivery(store, business, place.projectCode, times, () => undefined);
});

afterEach(async () => {
  await sandbox.stop();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Seals a worker; `onPlatform` also brings it there, as the delivery of records does. */
async function worker(order: number, onPlatform = true): Promise<void> {
  const draft = {
    ...completeDraft(),
    id: newId(),
    team,
    card: testCard({ number: number(order), name: `韦试样${order}` }),
  };
  const { id } = store.records.seal(draft, 'operator');
  if (!onPlatform) return;
  const teamSysNo = store.teams.find(team.id)?.teamSysNo ?? 0;
  const upload = workerUpload(draft, teamSysNo, { portrait: jpeg, photo: jpeg });
  await createNationalConnector({ ...connection, now: () => now }).addWorker(upload);
  await sandbox.settle();
  store.outbox.markSending(id);
  store.outbox.markConfirmed(id);
}

const add = (report: Report) => store.reports.add(report, team.projectCode, 'operator');
const passage = (order: number, type: 0 | 1 = 1, date = day): Report => ({
  kind: 'entry-exit',
  teamId: team.id,
  person: person(order),
  date,
  type,
});

/** Rounds until nothing is due any more. */
async function deliver(): Promise<void> {
  for (let round = 0; round < 20; round += 1) if (!(await delivery.round())) return;
  throw new Error('reports are still due after twenty rounds');
}

const states = () => store.reports.list({ projectCode: team.projectCode, limit: 100 }).map(({ state }) => state);
const sent = async (method: string) => (await sandbox.requests()).filter((request) => request.method === method).length;

describe('reports about enrolled workers', () => {
  test('are asked about, not sent again, after the store failed while the answer was noted', async () => {
    await worker(1);
    add(passage(1));
    const full = () => {
      throw new StationError('store.full');
    };
    vi.spyOn(store.reports, 'markAccepted').mockImplementationOnce(full);
    vi.spyOn(store.reports, 'markRetry').mockImplementationOnce(full);
    await expect(delivery.round()).rejects.toMatchObject({ code: 'store.full' });
    expect(states()).toEqual(['sending']);
    await sandbox.settle();
    await deliver();
    expect(states()).toEqual(['confirmed']);
    expect(await sent('WorkerEntryExit.Add')).toBe(1);
  });

  test('go together, and only once their workers are confirmed', async () => {
    await worker(1);
    await worker(2);
    await worker(3, false);
    for (const order of [1, 2, 3]) add(passage(order));
    await deliver();
    expect(states()).toEqual(['sealed', 'confirmed', 'confirmed']);
    expect(await sent('WorkerEntryExit.Add')).toBe(1);
    const [waiting] = store.reports.list({ projectCode: team.projectCode, limit: 1 });
    expect(waiting).toMatchObject({ waitsForWorker: true, people: 1 });
    expect(store.audit.verify()).not.toHaveProperty('brokenAt');
  });

  test('about one person keep their order', async () => {
    await worker(1);
    add(passage(1, 1));
    add(passage(1, 0, '2026-11-26'));
    await deliver();
    expect(states()).toEqual(['confirmed', 'confirmed']);
    expect((await sandbox.workers())[0]?.entryExits).toEqual([
      { date: day, type: 1 },
      { date: '2026-11-26', type: 0 },
    ]);
  });

  test('a contract with its file and a training follow', async () => {
    await worker(1);
    await worker(2);
    add(passage(1));
    add({
      kind: 'contract',
      teamId: team.id,
      person: person(1),
      contractPeriodType: 0,
      startDate: '2026-01-01',
      endDate: '2027-01-01',
      attachments: [{ name: '合同.jpg', data: jpeg }],
    });
    add({
      kind: 'training',
      projectCode: team.projectCode,
      trainingDate: day,
      trainingDuration: 4,
      trainingName: '入场安全教育',
      trainingTypeCode: '003002',
      trainees: [
        { person: person(1), isPass: 1, trainingScore: 90 },
        { person: person(2), isPass: 1 },
      ],
      attachments: [],
    });
    await deliver();
    expect(states()).toEqual(['confirmed', 'confirmed', 'confirmed']);
  });

  test('one that is refused does not hold up the others of its request', async () => {
    for (const order of [1, 2, 3]) await worker(order);
    add(passage(1));
    // Nobody leaves before having come.
    add(passage(2, 0));
    add(passage(3));
    await deliver();
    expect(states()).toEqual(['confirmed', 'needs-attention', 'confirmed']);
    const [, refused] = store.reports.list({ projectCode: team.projectCode, limit: 3 });
    expect(refused).toMatchObject({ error: { code: 'platform.record-refused', detail: 'type' } });
    expect(refused?.platformText).toContain('该人员尚未进场');
  });

  test('after a lost answer the platform is asked, and nothing is sent twice', async () => {
    await worker(1);
    add(passage(1));
    sandbox.setFaults({ loseAnswer: 1, onlyMethods: ['WorkerEntryExit.Add'] });
    await expect(delivery.round()).rejects.toMatchObject({ code: 'platform.unreachable' });
    await deliver();
    expect(states()).toEqual(['confirmed']);
    expect(await sent('WorkerEntryExit.Add')).toBe(1);
    expect((await sandbox.workers())[0]?.entryExits).toHaveLength(1);
  });

  test('a program that ended while sending asks before it sends again', async () => {
    await worker(1);
    const id = add(passage(1));
    store.reports.markSending([id]);
    store.close();
    store = openStore({ file: join(folder, 'station.db'), key, now: () => new Date(clock) });
    expect(store.reports.due(team.projectCode, new Date(clock), 9)).toMatchObject([
      { id, state: 'sending', inDoubt: true },
    ]);
  });

  test('a report is kept with its files, and found by its person', () => {
    const id = add({
      kind: 'contract',
      teamId: team.id,
      person: person(1),
      contractPeriodType: 1,
      startDate: '2026-01-01',
      endDate: '2027-01-01',
      attachments: [{ name: '合同.jpg', data: jpeg }],
    });
    const loaded = store.reports.load(id);
    expect(loaded.kind === 'contract' && loaded.attachments).toEqual([
      { name: '合同.jpg', data: new Uint8Array(jpeg) },
    ]);
    expect(store.reports.list({ projectCode: team.projectCode, number: number(1), limit: 9 })).toHaveLength(1);
    expect(store.reports.list({ projectCode: team.projectCode, number: number(2), limit: 9 })).toHaveLength(0);
  });
});
