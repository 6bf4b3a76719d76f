import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ErrorReport } from '../contract/basic.ts';
import { type ErrorCode, StationError } from '../contract/errors.ts';
import type { ModelPack, PackRole } from '../contract/model-pack-calls.ts';
import type { Result } from '../contract/station.ts';
import type { FaceEngine } from '../face/face-engine.ts';
import { PackError, type PackProblem } from '../face/packs/pack-error.ts';
import { readManifest } from '../face/packs/pack-files.ts';
import { openPack, type RecogniserPack, withRecogniser } from '../face/packs/recogniser-pack.ts';
import type { Settings } from '../store/settings.ts';
import type { Opinion, Opinions } from './opinions.ts';

const codes: Readonly<Record<PackProblem, ErrorCode>> = {
  manifest: 'face.pack-manifest',
  file: 'face.pack-file',
  hash: 'face.pack-hash',
  'cannot-load': 'face.pack-cannot-load',
  shape: 'face.pack-shape',
  'self-test': 'face.pack-self-test',
  'not-measured': 'face.pack-not-measured',
};

const rolesSchema = z.object({ first: z.string().optional(), second: z.string().optional() });
type Roles = z.infer<typeof rolesSchema>;
const roleNames = ['first', 'second'] as const;

const settingKey = 'modelPackRoles';

/** More folders than this are not looked into. */
const mostPacks = 50;

type Opened =
  { readonly kind: 'open'; readonly pack: RecogniserPack } | { readonly kind: 'trouble'; error: ErrorReport };

/** The recognisers that the site has added, each a folder of `models` beside the station's files. */
export class ModelPacks {
  readonly #folder: string;
  readonly #engine: () => Promise<FaceEngine>;
  readonly #settings: Settings;
  /** What has a role, opened or not. */
  #opened: ReadonlyMap<string, Opened> = new Map();
  /** Roles are changed one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  #opening: Promise<void> | undefined;

  constructor(folder: string, engine: () => Promise<FaceEngine>, settings: Settings) {
    this.#folder = folder;
    this.#engine = engine;
    this.#settings = settings;
  }

  /**
   * Opens the packs that have a role, if they are not open yet: everything that needs them does so itself. Never rejects:
   * one that is broken has its trouble in the list.
   */
  open(): Promise<void> {
    return (this.#opening ??= this.#inTurn(async () => {
      await mkdir(this.#folder, { recursive: true }).catch(() => undefined);
      await this.#openChosen();
    }));
  }

  /** Nothing is opened afterwards. */
  async close(): Promise<void> {
    this.#opening ??= Promise.resolve();
    await this.#inTurn(() => this.#closeAll());
  }

  /** What is asked beside the built-in recogniser, or instead of it, at this moment. */
  async opinions(): Promise<Opinions> {
    await this.open();
    const { first, second } = this.#roles;
    const [asFirst, asSecond] = [await this.#opinion(first), await this.#opinion(second)];
    return { ...(asFirst && { first: asFirst }), ...(asSecond && { second: asSecond }) };
  }

  async list(): Promise<Result<'model-packs.list'>> {
    await this.open();
    const found = await this.#found();
    const chosen = roleNames.flatMap((role) => this.#roles[role] ?? []);
    const ids = [...new Set([...found, ...chosen])];
    const packs = await Promise.all(ids.map((id) => this.#describe(id, found.includes(id))));
    return { folder: this.#folder, packs };
  }

  /** Throws `face.pack-unknown`, or with a role why the pack cannot have it; the roles are as before then. */
  async setRole(id: string, role: PackRole): Promise<void> {
    await this.open();
    return this.#inTurn(async () => {
      const known = [...(await this.#found()), ...roleNames.map((name) => this.#roles[name])];
      if (!known.includes(id)) throw new StationError('face.pack-unknown');
      if (role !== 'none') await this.#demandUsable(id);
      const others = Object.fromEntries(Object.entries(this.#roles).filter(([, other]) => other !== id));
      this.#settings.set(settingKey, role === 'none' ? others : { ...others, [role]: id });
      await this.#openChosen();
    });
  }

  get #roles(): Roles {
    return this.#settings.get(settingKey, rolesSchema) ?? {};
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #found(): Promise<string[]> {
    const entries = await readdir(this.#folder, { withFileTypes: true }).catch(() => []);
    const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
    return folders
      .map(({ name }) => name)
      .sort()
      .slice(0, mostPacks);
  }

  async #describe(id: string, isThere: boolean): Promise<ModelPack> {
    const role = roleNames.find((name) => this.#roles[name] === id) ?? 'none';
    if (!isThere) return { id, role, trouble: { code: 'face.pack-unknown' } };
    const opened = this.#opened.get(id);
    try {
      const { name, version, licence, source } = await readManifest(join(this.#folder, id));
      const trouble = opened?.kind === 'trouble' ? { trouble: opened.error } : {};
      return { id, role, about: { name, version, licence: licence.name, source }, ...trouble };
    } catch (cause) {
      return { id, role, trouble: reportOf(cause) };
    }
  }

  async #demandUsable(id: string): Promise<void> {
    const opened = this.#opened.get(id) ?? (await this.#openOne(id));
    if (opened.kind === 'trouble') throw new StationError(opened.error.code, opened.error.detail);
    if (!this.#opened.has(id)) await opened.pack.close();
  }

  /** Opens what has a role and is not open, closes what has none any more. What had trouble is tried again. */
  async #openChosen(): Promise<void> {
    const chosen = new Set(roleNames.flatMap((role) => this.#roles[role] ?? []));
    const before = this.#opened;
    const opened = new Map<string, Opened>();
    for (const id of chosen) {
      const known = before.get(id);
      opened.set(id, known?.kind === 'open' ? known : await this.#openOne(id));
    }
    this.#opened = opened;
    for (const [id, pack] of before) if (pack.kind === 'open' && !chosen.has(id)) await pack.pack.close();
  }

  async #closeAll(): Promise<void> {
    const opened = this.#opened;
    this.#opened = new Map();
    for (const pack of opened.values()) if (pack.kind === 'open') await pack.pack.close();
  }

  async #openOne(id: string): Promise<Opened> {
    try {
      const pack = await openPack(join(this.#folder, id));
      if (pack.limits !== undefined) return { kind: 'open', pack };
      await pack.close();
      throw new PackError('not-measured', `no bands for ${pack.fingerprint}`);
    } catch (cause) {
      return { kind: 'trouble', error: reportOf(cause) };
    }
  }

  async #opinion(id: string | undefined): Promise<Opinion | undefined> {
    const opened = id === undefined ? undefined : this.#opened.get(id);
    if (opened?.kind !== 'open' || opened.pack.limits === undefined) return undefined;
    const { limits, falseAccepts } = opened.pack;
    return { engine: withRecogniser(await this.#engine(), opened.pack), limits, falseAccepts };
  }
}

/** What went wrong, for the screen; an error of the runtime or the system counts as one of loading. */
function reportOf(cause: unknown): ErrorReport {
  if (!(cause instanceof PackError)) return { code: 'face.pack-cannot-load' };
  return { code: codes[cause.problem], detail: cause.message };
}
