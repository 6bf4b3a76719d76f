import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { StationClient } from './contract/client.ts';
import type { EnrolmentView } from './contract/enrolment.ts';
import type { EventName, Payload, ProjectConnection } from './contract/station.ts';
import { startSandbox } from './platform/sandbox/sandbox.ts';
import { findPracticePerson, makeDeckCard } from './practice/practice-deck.ts';
import { startVirtualReader } from './practice/virtual-reader.ts';
import { createClient } from './rpc/client.ts';
import { inProcessChannelPair } from './rpc/in-process-channel.ts';
import { presentConsentVersions } from './contract/face-search.ts';
import { StationHost } from './station-host.ts';
import { becomeAdministrator } from './station/test-accounts.ts';

type Cleanup = () => unknown;
const cleanups: Cleanup[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const assetsFolder = join(import.meta.dirname, '..', 'assets');

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-station-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A whole station in this process and a client of it. */
async function openStation(dataFolder = temporaryFolder(), storeKey = randomBytes(32)) {
  if (!existsSync(join(assetsFolder, 'models', 'manifest.json'))) throw new Error('no face models: run the set-up');
  const fatal: string[] = [];
  const host = new StationHost({ onReady: () => undefined, onFatal: (error) => fatal.push(error.code) });
  cleanups.push(() => host.stop());
  await host.start({ version: 'test', dataFolder, assetsFolder, storeKey, operator: 'operator' });
  const [clientEnd, stationEnd] = inProcessChannelPair();
  host.serve(stationEnd);
  return { host, client: createClient(clientEnd), fatal, dataFolder, storeKey };
}

const next = <N extends EventName>(client: StationClient, name: N, fits: (payload: Payload<N>) => boolean) =>
  new Promise<Payload<N>>((resolve) => {
    const leave = client.on(name, (payload) => {
      if (!fits(payload)) return;
      leave();
      resolve(payload);
    });
  });

async function layAndRead(client: StationClient, name: string): Promise<EnrolmentView> {
  const read = next(client, 'enrolment.changed', ({ enrolment }) => {
    const portrait = enrolment?.draft.card?.portrait;
    return portrait !== undefined && portrait.state !== 'pending';
  });
  await client.call('practice.lay', { name });
  const { enrolment } = await read;
  if (enrolment === undefined) throw new Error('no enrolment');
  return enrolment;
}

const addressOf = ({ card }: EnrolmentView['draft']) => (card?.fields.kind === 'mainland' ? card.fields.address : '');

const refusal = (call: Promise<unknown>) => call.then(() => undefined).catch((error: unknown) => error);

async function sandboxProject(): Promise<ProjectConnection> {
  const sandbox = await startSandbox();
  cleanups.push(() => sandbox.stop());
  const [account] = sandbox.accounts;
  const [project] = account?.projects ?? [];
  const [corp] = project?.corps ?? [];
  if (!account || !project || !corp) throw new Error('no account');
  const { appid, secret } = account;
  const kind = { driver: 'national', dialect: 'national' } as const;
  return {
    ...kind,
    url: sandbox.url,
    appid,
    secret,
    projectCode: project.projectCode,
    projectName: '示例项目',
    ...corp,
  };
}

describe('a station', () => {
  it('begins in practice mode with a team, a reader and nothing to send', async () => {
    const { client } = await openStation();
    const status = await client.call('station.status', {});
    expect(status).toMatchObject({ practice: true, unsent: { count: 0 }, team: { teamName: '钢筋一班' } });
    expect(status.faceTrouble).toBeUndefined();
  });

  it('reads a practice card, keeps the draft encrypted and offers it after a restart', async () => {
    const { client, host, dataFolder, storeKey } = await openStation();
    const addressed = next(
      client,
      'enrolment.changed',
      ({ enrolment }) => enrolment?.draft.card?.newestAddress !== undefined,
    );
    await layAndRead(client, 'adult-female-han');
    await addressed;
    const { enrolment: read } = await client.call('enrolment.current', {});
    if (read === undefined) throw new Error('no enrolment');
    const { draft } = read;
    expect(draft.card).toMatchObject({
      fields: { name: '覃示例' },
      newestAddress: expect.stringContaining('新迁路') as string,
      portrait: { state: 'decoded', simulated: true },
      nativePlace: { level: 'province', name: '广西壮族自治区' },
    });
    await host.stop();
    const bytes = readdirSync(dataFolder)
      .filter((name) => name.startsWith('practice.db') || name.startsWith('station.db'))
      .map((name) => readFileSync(join(dataFolder, name)));
    const secrets = ['覃示例', draft.card?.fields.number ?? '', addressOf(draft)];
    for (const secret of secrets) {
      expect(secret).not.toBe('');
      for (const file of bytes) {
        expect(file.includes(Buffer.from(secret, 'utf8'))).toBe(false);
        expect(file.includes(Buffer.from(secret, 'utf16le'))).toBe(false);
      }
    }
    const again = await openStation(dataFolder, storeKey);
    const { enrolment } = await again.client.call('enrolment.current', {});
    expect(enrolment).toMatchObject({ restored: true, stage: 'consent', draft: { id: draft.id } });
  });

  it('knows an imported division from the next card on', async () => {
    const { client } = await openStation();
    await becomeAdministrator(client, '样例管理员');
    const before = await layAndRead(client, 'adult-female-han');
    expect(before.draft.card?.nativePlace).toMatchObject({ level: 'province' });
    await client.call('settings.import-table', { table: 'divisions', text: '459999,样例县' });
    await client.call('practice.lift', {});
    const after = await layAndRead(client, 'adult-female-han');
    expect(after.draft.card?.nativePlace.name).toContain('样例县');
  });

  it('refuses a real card in practice mode and keeps nothing of it', async () => {
    const { client } = await openStation();
    const real = await startVirtualReader({ tcpPort: 0, delayScale: 0, samNumber: new Uint8Array(16).fill(7) });
    cleanups.push(() => real.close());
    const ready = next(client, 'readers.changed', ({ readers }) =>
      readers.some(({ state, samNumber }) => state === 'ready' && samNumber?.startsWith('1799') === true),
    );
    await client.call('settings.set-readers', {
      automatic: false,
      addresses: [{ kind: 'tcp', host: '127.0.0.1', port: real.tcpPort ?? 0 }],
      excludedPorts: [],
    });
    await ready;
    const trouble = next(client, 'card.trouble', () => true);
    const person = findPracticePerson('adult-female-han');
    if (person === undefined) throw new Error('no such person');
    real.lay(await makeDeckCard(person));
    expect(await trouble).toMatchObject({ code: 'card.real-in-practice' });
    expect(await client.call('enrolment.current', {})).toEqual({});
  });

  it('refuses steps out of order with the code of what comes first', async () => {
    const { client } = await openStation();
    expect(await refusal(client.call('enrolment.seal', {}))).toMatchObject({ code: 'enrolment.none' });
    expect(await refusal(client.call('capture.open', {}))).toMatchObject({ code: 'enrolment.none' });
    await layAndRead(client, 'adult-male-zhuang');
    expect(await refusal(client.call('capture.open', {}))).toMatchObject({ code: 'enrolment.consent-required' });
    expect(await refusal(client.call('enrolment.seal', {}))).toMatchObject({ code: 'enrolment.consent-required' });
  });

  it('takes consent only to the text that is shown, and only a picture as signature', async () => {
    const { client } = await openStation();
    await layAndRead(client, 'adult-male-zhuang');
    const consent = { textVersion: presentConsentVersions.plain, faceData: true, provisionToPlatform: true } as const;
    const other = client.call('enrolment.consent', { ...consent, textVersion: '0' });
    expect(await refusal(other)).toMatchObject({ code: 'rpc.bad-argument', detail: 'textVersion' });
    const script = client.call('enrolment.consent', { ...consent, signature: new TextEncoder().encode('<script>') });
    expect(await refusal(script)).toMatchObject({ code: 'rpc.bad-argument' });
    expect((await client.call('enrolment.consent', consent)).enrolment?.stage).toBe('photo');
  });

  it('does not let anybody under 16 consent', async () => {
    const { client } = await openStation();
    const { draft } = await layAndRead(client, 'minor-male-yao');
    expect(draft.card?.findings.find((finding) => finding.code === 'age')?.level).toBe('block');
    const consent = { textVersion: presentConsentVersions.plain, faceData: true, provisionToPlatform: true } as const;
    expect(await refusal(client.call('enrolment.consent', consent))).toMatchObject({ code: 'enrolment.under-age' });
  });
});

describe('connecting a project', () => {
  it('ends practice mode, keeps the two apart and never shows the secret again', async () => {
    const { client, dataFolder } = await openStation();
    await becomeAdministrator(client, '管理示例');
    await layAndRead(client, 'adult-male-zhuang');
    const left = next(client, 'station.changed', ({ practice }) => !practice);
    const project = await sandboxProject();
    await client.call('settings.connect-project', project);
    const status = await left;
    expect(status.team).toBeUndefined();
    expect(await client.call('enrolment.current', {})).toEqual({});
    expect(await client.call('team.list', {})).toEqual({ teams: [] });
    const settings = await client.call('settings.get', {});
    expect(settings).toMatchObject({ readers: { automatic: true }, project: { projectCode: project.projectCode } });
    expect(JSON.stringify(settings)).not.toContain(project.secret);
    expect(await refusal(client.call('practice.cards', {}))).toMatchObject({ code: 'reader.command-refused' });
    expect(existsSync(join(dataFolder, 'practice.db'))).toBe(true);
  });

  it('asks for an administrator first', async () => {
    const { client } = await openStation();
    const connect = client.call('settings.connect-project', await sandboxProject());
    expect(await refusal(connect)).toMatchObject({ code: 'account.needed-first' });
    expect(await client.call('station.status', {})).toMatchObject({ practice: true });
  });

  it('refuses a connection that no request could be made with, and goes on as before', async () => {
    const { client } = await openStation();
    await becomeAdministrator(client, '管理示例');
    const project = { ...(await sandboxProject()), url: 'http://user:password@127.0.0.1:1/open.api' };
    expect(await refusal(client.call('settings.connect-project', project))).toMatchObject({
      code: 'platform.not-configured',
    });
    expect(await client.call('station.status', {})).toMatchObject({ practice: true });
  });
});

describe('a station that cannot open its file', () => {
  it('answers every call with the reason instead of running in memory', async () => {
    const first = await openStation();
    await first.host.stop();
    const { client, fatal } = await openStation(first.dataFolder, randomBytes(32));
    expect(fatal).toEqual(['store.wrong-key']);
    expect(await refusal(client.call('station.status', {}))).toMatchObject({ code: 'store.wrong-key' });
    expect(await refusal(client.call('practice.lay', { name: 'adult-male-zhuang' }))).toMatchObject({
      code: 'store.wrong-key',
    });
  });
});
