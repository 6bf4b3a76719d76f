import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, expect, it } from 'vitest';
import type { StationClient } from '../contract/client.ts';
import type { ErrorCode } from '../contract/errors.ts';
import { defaultAgeRules } from '../enrolment/age-rules.ts';
import { createClient } from '../rpc/client.ts';
import { inProcessChannelPair } from '../rpc/in-process-channel.ts';
import { StationHost } from '../station-host.ts';
import { openDataKey } from '../store/key-folder.ts';
import { openStore } from '../store/open-store.ts';

type Cleanup = () => unknown;
const cleanups: Cleanup[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;
const scaffolder = '030';

/** A whole station in practice mode on which a man of more than sixty has laid his card. */
async function stationWithOldMan() {
  const dataFolder = mkdtempSync(join(tmpdir(), 'enrol-desk-ages-'));
  cleanups.push(() => rmSync(dataFolder, { recursive: true, force: true }));
  const storeKey = randomBytes(32);
  const host = new StationHost({ onReady: () => undefined, onFatal: () => undefined });
  cleanups.push(() => host.stop());
  const assetsFolder = join(import.meta.dirname, '..', '..', 'assets');
  const start = () => host.start({ version: 'test', dataFolder, assetsFolder, storeKey, operator: '覃示例' });
  await start();
  const [clientEnd, stationEnd] = inProcessChannelPair();
  host.serve(stationEnd);
  const client = createClient(clientEnd);
  const read = new Promise<void>((resolve) => {
    client.on('enrolment.changed', ({ enrolment }) => enrolment?.draft.card && resolve());
  });
  await client.call('practice.lay', { name: 'over-sixty-male-han-long-term' });
  await read;
  const key = () => openDataKey(dataFolder, join(dataFolder, 'station.db'), storeKey);
  const store = () => openStore({ file: join(dataFolder, 'practice.db'), key: key() });
  return { client, host, store };
}

async function ageOf(client: StationClient) {
  const { enrolment } = await client.call('enrolment.current', {});
  return enrolment?.draft.card?.findings.find((finding) => finding.code === 'age');
}

const missingOf = async (client: StationClient) =>
  (await client.call('enrolment.current', {})).enrolment?.missing.filter((name) => /age|certificate/.test(name));

const consent = async (client: StationClient) => {
  const { consentTextVersion: textVersion } = await client.call('station.status', {});
  return client.call('enrolment.consent', { textVersion, faceData: true, provisionToPlatform: true });
};

/** A telephone's photo, upright only by its note, larger than what is kept. */
const photo = async () =>
  Uint8Array.from(
    await sharp({ create: { width: 3200, height: 2400, channels: 3, background: '#cdd' } })
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer(),
  );

it('asks for a certificate in a dangerous trade, after the consent, and keeps it with the enrolment', async () => {
  const { client, host, store } = await stationWithOldMan();
  expect(await ageOf(client)).toMatchObject({ level: 'warn', reason: 'over-limit', years: 60 });
  await client.call('enrolment.set-fields', { workType: scaffolder });
  expect(await ageOf(client)).toMatchObject({ level: 'block', reason: 'needs-certificate' });
  expect(await missingOf(client)).toEqual(['certificate']);
  const file = await photo();
  await expect(client.call('enrolment.attach-certificate', { file })).rejects.toEqual(
    code('enrolment.consent-required'),
  );
  await consent(client);
  await expect(client.call('enrolment.attach-certificate', { file: randomBytes(50) })).rejects.toEqual(
    code('enrolment.certificate-unreadable'),
  );
  const { enrolment } = await client.call('enrolment.attach-certificate', { file });
  expect(await sharp(enrolment?.draft.certificate?.bytes).metadata()).toMatchObject({
    format: 'jpeg',
    width: 1650,
    height: 2200,
  });
  expect(enrolment?.draft.certificate).toMatchObject({ mediaType: 'image/jpeg', attachedBy: '练习' });
  expect(await ageOf(client)).toMatchObject({ level: 'ok', reason: 'has-certificate' });
  expect(await missingOf(client)).toEqual([]);
  await host.stop();
  const kept = store();
  expect(kept.drafts.current()?.certificate).toEqual(enrolment?.draft.certificate);
  expect(kept.audit.list(enrolment?.draft.id ?? '')).toMatchObject([
    { action: 'draft.begun' },
    { action: 'certificate.attached' },
  ]);
  kept.close();
});

it('is open again once the certificate is taken away, and never for who may not be let through', async () => {
  const { client } = await stationWithOldMan();
  await client.call('enrolment.set-fields', { workType: scaffolder });
  await consent(client);
  await client.call('enrolment.attach-certificate', { file: await photo() });
  await client.call('enrolment.remove-certificate', {});
  expect(await missingOf(client)).toEqual(['certificate']);
  const rules = defaultAgeRules.rules.map((rule) => ({ ...rule, certificateAdmits: false }));
  await client.call('settings.set-age-rules', { rules, dangerousTrades: [scaffolder] });
  expect(await ageOf(client)).toMatchObject({ level: 'block', reason: 'over-block-trade' });
  expect(await missingOf(client)).toEqual(['age']);
  await expect(client.call('enrolment.seal', {})).rejects.toEqual(code('enrolment.age-rule'));
  await client.call('enrolment.set-fields', { workType: '020' });
  expect(await missingOf(client)).toEqual([]);
});

it("follows the project's rules at once, before the consent too, and can go back to the built-in ones", async () => {
  const { client } = await stationWithOldMan();
  const rule = {
    id: 'no-sixty',
    trades: 'all',
    side: 'from',
    years: 60,
    level: 'block',
    certificateAdmits: false,
  } as const;
  const set = await client.call('settings.set-age-rules', { rules: [rule], dangerousTrades: [] });
  expect(set).toMatchObject({ own: true, rules: { rules: [rule] } });
  expect(await ageOf(client)).toMatchObject({ level: 'block', reason: 'over-block' });
  await expect(consent(client)).rejects.toEqual(code('enrolment.age-rule'));
  expect(await client.call('settings.reset-age-rules', {})).toEqual({ own: false, rules: defaultAgeRules });
  expect(await ageOf(client)).toMatchObject({ level: 'warn' });
  await consent(client);
});
