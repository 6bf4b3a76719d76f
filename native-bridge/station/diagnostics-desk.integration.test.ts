import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StationClient } from '../contract/client.ts';
import { diagnosticStepNames, type Examination } from '../contract/diagnostics-calls.ts';
import { createClient } from '../rpc/client.ts';
import { inProcessChannelPair } from '../rpc/in-process-channel.ts';
import { StationHost } from '../station-host.ts';

let dataFolder = '';
let host: StationHost;
let client: StationClient;
/** What the shell was asked to do about updates. */
let orders: string[] = [];

/** The operator, as one whose name is to be found nowhere. */
const operator = 'Planted Operator';

beforeEach(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'diagnostics-'));
  orders = [];
  host = new StationHost({
    onReady: () => undefined,
    onFatal: () => undefined,
    onUpdateOrder: (order) => void orders.push(order),
  });
  await host.start({
    version: '1.2.3',
    dataFolder,
    assetsFolder: join(import.meta.dirname, '..', '..', 'assets'),
    storeKey: randomBytes(32),
    operator,
    shell: { kind: 'electron', keyStore: { now: 'gnome_libsecret', before: 'kwallet6', isProtected: true } },
  });
  const [clientEnd, stationEnd] = inProcessChannelPair();
  host.serve(stationEnd);
  client = createClient(clientEnd);
});
afterEach(async () => {
  await host.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

/** A practice card, and what only the operator knows: everything that a person could be recognised by. */
async function plantPerson(): Promise<string[]> {
  const read = new Promise<void>((resolve) => {
    client.on('enrolment.changed', ({ enrolment }) => {
      const state = enrolment?.draft.card?.portrait.state;
      if (state !== undefined && state !== 'pending') resolve();
    });
  });
  await client.call('practice.lay', { name: 'adult-male-zhuang' });
  await read;
  const { consentTextVersion: textVersion, team } = await client.call('station.status', {});
  await client.call('enrolment.consent', { textVersion, faceData: true, provisionToPlatform: true });
  const typed = { cellPhone: '13900001111', urgentLinkMan: '甲联络', urgentLinkManPhone: '13700002222' };
  await client.call('enrolment.set-fields', { workType: '020', ...typed });
  const { enrolment } = await client.call('enrolment.current', {});
  const fields = enrolment?.draft.card?.fields;
  if (fields?.kind !== 'mainland') throw new Error('no identity card');
  const { name, number, address } = fields;
  expect(team?.teamName).toBeDefined();
  return [name, number, address, ...Object.values(typed), team?.teamName ?? '', team?.projectName ?? '', operator];
}

/** Calls that fail with what was planted in their arguments. */
async function failWith(planted: readonly string[]): Promise<void> {
  const [name = '', number = ''] = planted;
  await client.call('enrolment.discard', { reason: `${name} ${number}` });
  await client.call('enrolment.seal', {}).catch(() => undefined);
  await client.call('recovery.enter-key', { recoveryKey: number }).catch(() => undefined);
  await client.call('reader.self-test', { id: `${name} ${number}` }).catch(() => undefined);
}

describe('updates of the program', () => {
  it('are what the shell told last, and the shell hears what the operator wants', async () => {
    const { work, source } = await client.call('updates.state', {});
    expect({ work, source }).toEqual({
      work: { kind: 'resting' },
      source: { kind: 'package', reason: 'browser-shell' },
    });
    const told = new Promise((resolve) => client.on('updates.changed', resolve));
    const state = { source: { kind: 'server', channel: 'beta' }, work: { kind: 'looking' } } as const;
    host.updatesTold(state);
    expect(await told).toEqual(state);
    expect(await client.call('updates.state', {})).toEqual(state);
    await client.call('updates.look', {});
    await client.call('updates.cancel', {});
    expect(orders).toEqual(['look', 'cancel']);
  });
});

describe('the support bundle', () => {
  it('holds nothing of a person, nor of who works here, nor a secret', async () => {
    const planted = (await plantPerson()).filter((text) => text !== '');
    expect(planted.length).toBeGreaterThanOrEqual(7);
    await failWith(planted);
    const { text } = await client.call('diagnostics.bundle', {});
    const log = readFileSync(join(dataFolder, 'logs', 'station.log'), 'utf8');
    for (const secret of planted) expect(`${text}${log}`.includes(secret), secret).toBe(false);
    expect(text).not.toContain(dataFolder);
    // As a word: the name of an account may be part of one of the program's own.
    expect(text).not.toMatch(new RegExp(`\\b${userInfo().username}\\b`));
    // Nothing that looks like a number of a person, whoever it may be.
    expect(text.match(/\d{11,}/g)).toBeNull();
    expect(text.match(/[^\x20-\x7e\n→]/g)).toBeNull();
  });

  it('says what failed, in the order in which it happened', async () => {
    await client.call('enrolment.seal', {}).catch(() => undefined);
    host.systemEvent('resume');
    const { name, text } = await client.call('diagnostics.bundle', {});
    expect(name).toMatch(/^enrol-desk-support-[\d-]+\.json$/);
    const bundle = JSON.parse(text) as { log: { event: string }[]; shell: object; station: object };
    expect(bundle.station).toMatchObject({ version: '1.2.3', practice: true });
    expect(bundle.shell).toMatchObject({ kind: 'electron' });
    const events = bundle.log.map(({ event }) => event);
    expect(events[0]).toBe('station.opening');
    expect(events).toContain('station.open');
    expect(bundle.log).toContainEqual(
      expect.objectContaining({ event: 'call.failed', call: 'enrolment.seal', code: 'enrolment.none' }),
    );
    expect(events).toContain('system.resume');
  });
});

describe('the station’s examination of itself', () => {
  it('takes every step in its order', async () => {
    const { steps } = await client.call('diagnostics.examine', {});
    expect(steps.map(({ number, step }) => `${number} ${step}`)).toEqual(
      diagnosticStepNames.map((name, index) => `${index + 1} ${name}`),
    );
    const stateOf = Object.fromEntries(steps.map(({ step, state }) => [step, state]));
    expect(stateOf).toMatchObject({ 'data-folder': 'ok', 'data-file': 'ok', 'face-engine': 'ok', backups: 'skipped' });
    // Another key store than the time before, and no recovery key: both want somebody's attention.
    expect(stateOf).toMatchObject({ 'key-store': 'warning', 'recovery-key': 'warning' });
  });

  it('shows each step to the screens as it is taken, and is given up from there', async () => {
    const told: Examination[] = [];
    let asked: Promise<{ examination?: Examination | undefined }> | undefined;
    const deaf = client.on('diagnostics.changed', (now) => {
      told.push(now);
      if (now.step !== 'face-engine') return;
      asked = client.call('diagnostics.state', {});
      void client.call('diagnostics.cancel', {});
    });
    const done = await client.call('diagnostics.examine', {});
    expect(done.cancelled).toBe(true);
    // A page that loads anew in the middle of it sees where it is.
    expect((await asked)?.examination?.steps.length).toBeGreaterThan(0);
    expect(done.steps.length).toBeGreaterThanOrEqual(diagnosticStepNames.indexOf('face-engine') + 1);
    expect(done.steps.length).toBeLessThan(diagnosticStepNames.length);
    expect(told.at(-1)).toEqual(done);
    expect(await client.call('diagnostics.state', {})).toEqual({ examination: done });
    deaf();
    const again = await client.call('diagnostics.examine', {});
    expect(again).toMatchObject({ cancelled: false });
    // Given up or not, the desk reads a card and takes a consent as before.
    expect((await plantPerson()).length).toBeGreaterThan(0);
  });

  it('says what the operator saw on the printer’s test page, and when', async () => {
    const printerStep = async () => {
      const { steps } = await client.call('diagnostics.examine', {});
      return steps.find(({ step }) => step === 'printer');
    };
    expect(await printerStep()).toMatchObject({ state: 'skipped' });
    await client.call('printer.note-test', { faults: ['size', 'edges'] });
    const { last } = await client.call('printer.state', {});
    const fact = { kind: 'printer-test', at: last?.at, faults: ['size', 'edges'] };
    expect(await printerStep()).toMatchObject({ state: 'warning', fact });
    const bundle = JSON.parse((await client.call('diagnostics.bundle', {})).text) as { steps: unknown };
    expect(bundle.steps).toContainEqual(expect.objectContaining({ step: 'printer', fact }));
    await client.call('printer.note-test', { faults: [] });
    expect(await printerStep()).toMatchObject({ state: 'ok' });
  });

  it('notices a data folder that is gone', async () => {
    rmSync(join(dataFolder), { recursive: true, force: true });
    const { steps } = await client.call('diagnostics.examine', {});
    expect(steps.find(({ step }) => step === 'data-folder')?.state).toBe('trouble');
  });
});
