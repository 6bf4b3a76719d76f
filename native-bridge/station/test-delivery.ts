import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { v7 as newId } from 'uuid';
import type { Draft } from '../contract/enrolment.ts';
import type { ProjectConnection } from '../contract/project-connection.ts';
import { checkCharacter } from '../enrolment/id-number.ts';
import { completeDraft, testCard } from '../enrolment/test-draft.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../platform/sandbox/sandbox.ts';
import type { Store } from '../store/open-store.ts';
import type { DialectShelf } from './dialect-shelf.ts';
import { PlatformDesk } from './platform-desk.ts';

const flat = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 120, g: 140, b: 160 } } });

/** The pictures of every enrolment, of sizes that the platforms take. */
export const testPng = new Uint8Array(await flat(102, 126).png().toBuffer());
export const testJpeg = new Uint8Array(await flat(358, 441).jpeg().toBuffer());

/** Numbers of people who cannot exist: the division does not. */
export function personNumber(order: number): string {
  const digits = `45999919860409${String(order).padStart(3, '0')}`;
  return digits + checkCharacter(digits);
}

/** What a test has opened, ended in the opposite order. */
export class Cleanups {
  readonly #all: (() => unknown)[] = [];

  add(cleanup: () => unknown): void {
    this.#all.push(cleanup);
  }

  async run(): Promise<void> {
    for (const cleanup of this.#all.splice(0).reverse()) await cleanup();
  }

  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-delivery-'));
    this.add(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }

  /** A file that no store has opened yet. */
  dataFile(): { readonly file: string; readonly key: Uint8Array } {
    return { file: join(this.folder(), 'station.db'), key: new Uint8Array(randomBytes(32)) };
  }

  async sandbox(options: SandboxOptions = {}): Promise<Sandbox> {
    const sandbox = await startSandbox(options);
    this.add(() => sandbox.stop());
    return sandbox;
  }
}

type Of<Driver> = Extract<ProjectConnection, { driver: Driver }>;

function projectOf(sandbox: Sandbox) {
  const [account] = sandbox.accounts;
  const [project] = account?.projects ?? [];
  const [corp] = project?.corps ?? [];
  if (!account || !project || !corp) throw new Error('the sandbox has no account');
  return { account, project, corp };
}

export function nationalConnection(sandbox: Sandbox, change: Partial<Of<'national'>> = {}): Of<'national'> {
  const { account, project, corp } = projectOf(sandbox);
  const { appid, secret } = account;
  const kind = { driver: 'national', dialect: 'national', url: sandbox.url } as const;
  const { projectCode } = project;
  return { ...kind, appid, secret, projectCode, projectName: '示例项目', ...corp, ...change };
}

export function cwrConnection(sandbox: Sandbox, change: Partial<Of<'cwr'>> = {}): Of<'cwr'> {
  const [account] = sandbox.deviceAccounts;
  const [device] = account?.devices ?? [];
  if (!account || !device) throw new Error('the sandbox has no device');
  const { apiKey, secret } = account;
  const { projectCode, serial: deviceSerial } = device;
  const kind = { driver: 'cwr', dialect: 'guangxi-cwr', url: sandbox.deviceUrl } as const;
  const access = { ...kind, apiKey, secret, deviceSerial };
  return { ...access, projectCode, projectName: '示例项目', ...projectOf(sandbox).corp, ...change };
}

/** A complete enrolment of nobody, as it is before its seal. */
export function testEnrolment(order: number, team: NonNullable<Draft['team']>): Draft {
  const complete = completeDraft();
  const card = testCard({ number: personNumber(order), name: `韦试样${order}` });
  return {
    ...complete,
    id: newId(),
    team,
    card: { ...card, portrait: { state: 'decoded', png: testPng, width: 102, height: 126, simulated: true } },
    ...(complete.photo && { photo: { ...complete.photo, jpeg: testJpeg } }),
  };
}

export type DeliveryDesk = ReturnType<typeof openDeliveryDesk>;

/** A station's store and its sender, in a hurry. */
export function openDeliveryDesk(store: Store, connection: ProjectConnection, dialects?: DialectShelf) {
  let changed: () => void = () => undefined;
  const platform = new PlatformDesk({
    store,
    connection,
    ...(dialects && { dialects }),
    now: () => new Date(),
    pace: { outcomeWaitsMs: [20], retryWaitsMs: [30] },
    onRecordChanged: () => changed(),
    onStateChanged: () => changed(),
  });
  const { projectCode, projectName, corpCode, corpName } = connection;
  const team = store.teams.add({ projectCode, projectName, corpCode, corpName, teamName: '钢筋一班', workType: '020' });
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await platform.close();
    store.close();
  };
  const sealed = (order: number, change: (draft: Draft) => Draft = (draft) => draft) =>
    store.records.seal(change(testEnrolment(order, team)), 'operator').id;
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise<void>((resolve) => (changed = resolve));
  };
  const stateOf = (id: string) => store.records.summary(id).state;
  /** Until the platform has confirmed every record that is not ended otherwise. */
  const deliver = async () => {
    platform.wake();
    await until(() => {
      const { sealed: waiting, sending, accepted } = store.records.counts();
      return waiting + sending + accepted === 0;
    });
  };
  return { store, platform, team, connection, sealed, until, stateOf, deliver, close };
}
