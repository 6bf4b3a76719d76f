import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { v7 as newId } from 'uuid';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StationClient } from '../contract/client.ts';
import type { EventName } from '../contract/station.ts';
import { checkCharacter } from '../enrolment/id-number.ts';
import { completeDraft, testCard } from '../enrolment/test-draft.ts';
import { startSandbox, type Sandbox } from '../platform/sandbox/sandbox.ts';
import { createClient } from '../rpc/client.ts';
import { inProcessChannelPair } from '../rpc/in-process-channel.ts';
import { StationHost } from '../station-host.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { signedIn } from './test-accounts.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const assetsFolder = join(import.meta.dirname, '..', '..', 'assets');
const flat = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 120, g: 140, b: 160 } } });
let png: Uint8Array;
let jpeg: Uint8Array;

beforeAll(async () => {
  png = new Uint8Array(await flat(102, 126).png().toBuffer());
  jpeg = new Uint8Array(await flat(358, 441).jpeg().toBuffer());
});

const number = (order: number) => {
  const digits = `45999919860409${String(order).padStart(3, '0')}`;
  return digits + checkCharacter(digits);
};

function connectionTo(sandbox: Sandbox, driver: 'national' | 'cwr') {
  const [account] = sandbox.accounts;
  const [project] = account?.projects ?? [];
  const [corp] = project?.corps ?? [];
  const [device] = sandbox.deviceAccounts;
  if (!account || !project || !corp || !device) throw new Error('the sandbox has no account');
  const place = { projectCode: project.projectCode, projectName: '示例项目', ...corp };
  if (driver === 'national') {
    const { appid, secret } = account;
    return { driver, dialect: 'quick', url: sandbox.url, ...place, appid, secret };
  }
  const { apiKey, secret, devices } = device;
  const deviceSerial = devices[0]?.serial ?? '';
  return { driver, dialect: 'guangxi-cwr', url: sandbox.deviceUrl, ...place, apiKey, secret, deviceSerial };
}

function seal(store: Store, order: number, team: ReturnType<Store['teams']['add']>): string {
  const portrait = { state: 'decoded', png, width: 102, height: 126, simulated: true } as const;
  const card = { ...testCard({ number: number(order), name: `韦试样${order}` }), portrait };
  const draft = completeDraft();
  const photo = draft.photo && { photo: { ...draft.photo, jpeg } };
  return store.records.seal({ ...draft, id: newId(), team, card, ...photo }, 'operator').id;
}

/** The national dialect asking for outcomes as soon as a dialect may: the sandbox has them at once. */
function writeQuickDialect(dataFolder: string): void {
  const dialect = JSON.parse(readFileSync(join(assetsFolder, 'dialects', 'national.json'), 'utf8')) as object;
  mkdirSync(join(dataFolder, 'dialects'));
  const file = join(dataFolder, 'dialects', 'quick.json');
  writeFileSync(file, JSON.stringify({ ...dialect, name: 'quick', pollSeconds: [1.5] }));
}

/** A whole station that is connected to a sandbox, with three workers who wait to be sent. */
async function openStation(driver: 'national' | 'cwr') {
  const dataFolder = mkdtempSync(join(tmpdir(), 'enrol-desk-team-reports-'));
  cleanups.push(() => rmSync(dataFolder, { recursive: true, force: true }));
  const sandbox = await startSandbox({ asyncDelayMs: 0 });
  cleanups.push(() => sandbox.stop());
  writeQuickDialect(dataFolder);
  const storeKey = randomBytes(32);
  const store = openStore({ file: join(dataFolder, 'station.db'), key: storeKey });
  const connection = connectionTo(sandbox, driver);
  store.settings.set('project', { ...connection });
  const { projectCode, projectName, corpCode, corpName } = connection;
  const team = store.teams.add({ projectCode, projectName, corpCode, corpName, teamName: '钢筋一班' });
  const ids = [1, 2, 3].map((order) => seal(store, order, team));
  store.close();
  const host = new StationHost({ onReady: () => undefined, onFatal: () => undefined });
  cleanups.push(() => host.stop());
  await host.start({ version: 'test', dataFolder, assetsFolder, storeKey, operator: '覃示例' });
  const [clientEnd, stationEnd] = inProcessChannelPair();
  host.serve(stationEnd);
  const client = signedIn(createClient(clientEnd), '覃示例');
  return { sandbox, client, ids: ids as [string, string, string], team, corp: { corpCode, corpName } };
}

/** Looks now and after every event. */
async function until(client: StationClient, event: EventName, isSo: () => Promise<boolean>): Promise<void> {
  let tell: () => void = () => undefined;
  const leave = client.on(event, () => tell());
  for (;;) {
    const next = new Promise<void>((resolve) => (tell = resolve));
    if (await isSo()) break;
    await next;
  }
  leave();
}

const workersConfirmed = (client: StationClient, ids: readonly string[]) =>
  until(client, 'queue.changed', async () => {
    const { counts } = await client.call('queue.list', { limit: 1 });
    return counts.confirmed === ids.length;
  });

const reportsEnd = (client: StationClient) =>
  until(client, 'reports.changed', async () => {
    const { reports } = await client.call('report.list', { limit: 50 });
    return reports.length > 0 && reports.every(({ state }) => state === 'confirmed' || state === 'needs-attention');
  });

const day = (daysAgo: number) => new Date(Date.now() + (8 - 24 * daysAgo) * 3_600_000).toISOString().slice(0, 10);

describe('the national interface through the calls of the station', () => {
  it('takes entries, a contract with papers and a training of enrolled workers', async () => {
    const { sandbox, client, ids } = await openStation('national');
    const [first, second, third] = ids;
    // Of three people, so that none of the reports has to wait for an earlier one.
    await client.call('report.add-passages', { recordIds: [first], date: day(3), type: 1 });
    const scan = new Uint8Array(await flat(3000, 4000).png().toBuffer());
    const paper = await client.call('attachment.prepare', { name: '合同.png', bytes: scan });
    expect(paper.name).toBe('合同.jpg');
    expect(await sharp(paper.data).metadata()).toMatchObject({ format: 'jpeg', height: 2800 });
    const terms = { contractPeriodType: 0 as const, startDate: day(3), endDate: '2099-12-31' };
    await client.call('report.add-contract', { recordId: second, ...terms, attachments: [paper] });
    const trainees = [{ recordId: third, isPass: 1 as const, trainingScore: 92.5 }];
    const training = {
      trainingDate: day(2),
      trainingDuration: 4,
      trainingName: '安全教育',
      trainingTypeCode: '003001',
    };
    await client.call('report.add-training', { ...training, trainees, attachments: [] });
    await reportsEnd(client);
    const { reports } = await client.call('report.list', { limit: 50 });
    expect(reports.map(({ kind, state }) => [kind, state])).toEqual([
      ['training', 'confirmed'],
      ['contract', 'confirmed'],
      ['entry-exit', 'confirmed'],
    ]);
    expect(reports.map(({ who }) => who[0]?.name)).toEqual(['韦试样3', '韦试样2', '韦试样1']);
    for (const order of [1, 2, 3]) expect(JSON.stringify(reports)).not.toContain(number(order));
    expect((await sandbox.workers())[0]?.entryExits).toEqual([{ date: day(3), type: 1 }]);
  });

  it('names each fault before anything is kept', async () => {
    const { client, ids } = await openStation('national');
    const [first] = ids;
    const refusal = (detail: string) => ({ code: 'report.refused-here', detail });
    const tomorrow = { recordIds: ids, date: day(-1), type: 1 as const };
    await expect(client.call('report.add-passages', tomorrow)).rejects.toMatchObject(refusal('date:in-future'));
    const terms = { recordId: first, contractPeriodType: 0 as const, startDate: day(3), endDate: day(4) };
    const wrongOrder = client.call('report.add-contract', { ...terms, unitPrice: 1.005, attachments: [] });
    await expect(wrongOrder).rejects.toMatchObject(refusal('endDate:wrong-order unitPrice:malformed'));
    const relabelled = { name: '合同.jpg', data: new TextEncoder().encode('GIF89a') };
    const files = client.call('report.add-contract', { ...terms, endDate: day(0), attachments: [relabelled] });
    await expect(files).rejects.toMatchObject({ code: 'attachment.unreadable' });
    await client.call('report.add-passages', { recordIds: [first], date: day(1), type: 1 });
    const before = client.call('report.add-passages', { recordIds: ids, date: day(2), type: 0 });
    await expect(before).rejects.toMatchObject(refusal('date:before-earlier'));
    expect((await client.call('report.list', { limit: 50 })).reports).toHaveLength(1);
  });

  it('tells what the platform holds of a worker, and sends the station’s own once more', async () => {
    const { sandbox, client, ids } = await openStation('national');
    const [first, second] = ids;
    await workersConfirmed(client, ids);
    const same = await client.call('worker.at-platform', { id: first });
    expect(same.present).toBe(true);
    expect(same.fields.filter(({ differs }) => differs)).toEqual([]);
    // No change comes through, so that the platform keeps what it has.
    sandbox.setFaults({ http500: 100, onlyMethods: ['ProjectWorker.Update'] });
    const again = await client.call('worker.send-again', { id: first });
    const { records } = await client.call('worker.get', { id: again.id });
    expect(records[0]).toMatchObject({ id: again.id, supersedes: first });
    expect(records[1]).toMatchObject({ id: first, state: 'confirmed' });
    const { fields, team } = await client.call('record.correctable', { id: second });
    const corrected = { ...fields, cellPhone: '13900000001' };
    const { id } = await client.call('record.correct', { id: second, fields: corrected, teamId: team.id });
    const held = await client.call('worker.at-platform', { id });
    expect(held.fields.filter(({ differs }) => differs)).toEqual([
      { name: 'cellPhone', here: '13900000001', there: fields.cellPhone, differs: true },
    ]);
    await client.call('worker.note-differences', { id, fields: ['cellPhone'], reason: 'asked-platform' });
    const { history } = await client.call('worker.get', { id });
    const noted = history.filter(({ action }) => action === 'worker.differences-noted');
    expect(noted).toMatchObject([{ recordId: id, actor: '覃示例' }]);
  });
});

describe('a platform of devices through the calls of the station', () => {
  it('has teams and people, and refuses the rest in so many words', async () => {
    const { client, ids, corp } = await openStation('cwr');
    const [first] = ids;
    await workersConfirmed(client, ids);
    const { teams, offers } = await client.call('team.overview', {});
    expect(offers).toMatchObject({ upload: true, details: false, reports: false, companies: false });
    expect(teams[0]).toMatchObject({ teamName: '钢筋一班', workers: 3, state: 'sent' });
    const { teams: compared } = await client.call('team.compare', {});
    expect(compared.map(({ kind, teamName }) => [kind, teamName])).toEqual([['same', '钢筋一班']]);
    const notOffered = { code: 'platform.not-offered' };
    const passages = { recordIds: ids, date: day(1), type: 1 as const };
    await expect(client.call('report.add-passages', passages)).rejects.toMatchObject(notOffered);
    const terms = { contractPeriodType: 0 as const, startDate: day(3), endDate: day(1), attachments: [] };
    await expect(client.call('report.add-contract', { recordId: first, ...terms })).rejects.toMatchObject(notOffered);
    await expect(client.call('company.list', {})).rejects.toMatchObject(notOffered);
    const exit = { id: teams[0]?.id ?? '', side: 'exit' as const, date: day(1) };
    const papers = [{ name: '退场.pdf', data: new TextEncoder().encode('%PDF-1.7') }];
    await expect(client.call('team.set-passage', { ...exit, attachments: papers })).rejects.toMatchObject(notOffered);
    expect((await client.call('report.list', { limit: 5 })).reports).toEqual([]);
    const held = await client.call('worker.at-platform', { id: first });
    expect(held.fields.find(({ name }) => name === 'workerName')).toMatchObject({ there: '韦试样1', differs: false });
    expect(held.fields.find(({ name }) => name === 'corpName')).toMatchObject({ there: corp.corpName });
    expect(held.fields.filter(({ differs }) => differs)).toEqual([]);
  });
});
