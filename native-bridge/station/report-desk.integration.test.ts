import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StationError } from '../contract/errors.ts';
import { checkCharacter } from '../enrolment/id-number.ts';
import { completeDraft, testCard } from '../enrolment/test-draft.ts';
import { startSandbox, type Sandbox } from '../platform/sandbox/sandbox.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { PlatformDesk } from './platform-desk.ts';
import { ReportDesk } from './report-desk.ts';

let folder: string;
let store: Store;
let sandbox: Sandbox;
let platform: PlatformDesk;
let changed: () => void = () => undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'enrol-desk-report-desk-'));
  store = openStore({ file: join(folder, 'station.db'), key: randomBytes(32) });
  sandbox = await startSandbox({ asyncDelayMs: 0 });
});

afterEach(async () => {
  await platform.close();
  store.close();
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

function openDesk() {
  const [account] = sandbox.accounts;
  const [project] = account?.projects ?? [];
  const [corp] = project?.corps ?? [];
  if (!account || !project || !corp) throw new Error('the sandbox has no account');
  const kind = { driver: 'national', dialect: 'national' } as const;
  const { appid, secret } = account;
  const place = { projectCode: project.projectCode, projectName: '示例项目', ...corp };
  platform = new PlatformDesk({
    store,
    connection: { ...kind, url: sandbox.url, appid, secret, ...place },
    now: () => new Date(),
    pace: { outcomeWaitsMs: [5], retryWaitsMs: [10] },
    onRecordChanged: () => changed(),
    onStateChanged: () => changed(),
  });
  return { place, team: store.teams.add({ ...place, teamName: '钢筋一班' }) };
}

async function sealed(team: ReturnType<typeof openDesk>['team'], order: number): Promise<string> {
  const flat = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: { r: 120, g: 140, b: 160 } } });
  const digits = `45999919860409${String(order).padStart(3, '0')}`;
  const draft = completeDraft();
  const portrait = { state: 'decoded', png: new Uint8Array(await flat(102, 126).png().toBuffer()) } as const;
  const card = testCard({ number: digits + checkCharacter(digits) });
  const record = {
    ...draft,
    id: newId(),
    team,
    card: { ...card, portrait: { ...portrait, width: 102, height: 126, simulated: true } },
    ...(draft.photo && { photo: { ...draft.photo, jpeg: new Uint8Array(await flat(358, 441).jpeg().toBuffer()) } }),
  };
  return store.records.seal(record, 'operator').id;
}

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

test('an entry that was given before its worker is confirmed goes up by itself afterwards', async () => {
  const { place, team } = openDesk();
  const reports = new ReportDesk(
    store,
    () => 'operator',
    platform.link?.business,
    () => platform.wake(),
  );
  const id = await sealed(team, 1);
  reports.addPassages({ recordIds: [id], date: today(), type: 1 });
  const stateOf = () => reports.list(place.projectCode, { recordId: id, limit: 5 }).reports[0];
  expect(stateOf()).toMatchObject({ state: 'sealed', waitsForWorker: true });
  while (stateOf()?.state !== 'confirmed') {
    platform.wake();
    await new Promise<void>((resolve) => (changed = resolve));
  }
  expect((await sandbox.workers())[0]?.entryExits).toEqual([{ date: today(), type: 1 }]);
});

test('nothing is taken that the platform does not offer', async () => {
  const { team } = openDesk();
  const reports = new ReportDesk(
    store,
    () => 'operator',
    undefined,
    () => platform.wake(),
  );
  const id = await sealed(team, 1);
  expect(() => reports.addPassages({ recordIds: [id], date: today(), type: 1 })).toThrow('platform.not-offered');
  expect(store.reports.list({ projectCode: team.projectCode, limit: 5 })).toEqual([]);
});

test('a training of workers of two projects, or a contract that ends first, is refused', async () => {
  const { team } = openDesk();
  const reports = new ReportDesk(
    store,
    () => 'operator',
    platform.link?.business,
    () => undefined,
  );
  const id = await sealed(team, 1);
  const other = await sealed({ ...team, id: newId(), projectCode: 'OTHER' }, 2);
  const training = { trainingDate: today(), trainingDuration: 4, trainingName: '安全教育', trainingTypeCode: '003001' };
  const trainees = [id, other].map((recordId) => ({ recordId, isPass: 1 as const }));
  expect(() => reports.addTraining({ ...training, trainees, attachments: [] })).toThrow('rpc.bad-argument');
  const terms = { contractPeriodType: 0 as const, startDate: '2026-02-01', endDate: '2026-01-31', attachments: [] };
  const refused = new StationError('report.refused-here', 'endDate:wrong-order');
  expect(() => reports.addContract({ recordId: id, ...terms })).toThrow(refused);
});
