import { z } from 'zod';
import { blob, flag } from './column.ts';
import type { Database } from './database.ts';
import type { Json } from './canonical-json.ts';
import type { Settings } from './settings.ts';
import { stationActor } from './store-context.ts';
import type { StoreContext } from './store-context.ts';

/** A face in numbers, and the engine whose other descriptors it can be compared with. */
export interface EngineDescriptor {
  readonly engine: string;
  readonly numbers: Float32Array;
}

/** The descriptor of one record. */
export interface StoredDescriptor {
  readonly position: number;
  readonly recordId: string;
  readonly numbers: Float32Array;
}

/** Where a search's own copy stands: equal counts and newest positions mean equal content. */
export interface DescriptorExtent {
  readonly count: number;
  readonly newest: number;
}

/**
 * The stored descriptors of the one project that has the search switched on. Nothing is stored for any other: what is
 * given for one is left out without a word, as the switch may have been turned meanwhile.
 */
export interface FaceDescriptors {
  /** Code of the project that the search is switched on for. */
  switchedOnFor(): string | undefined;
  /** Switches on; descriptors of any other project are erased. */
  switchOn(projectCode: string, actor: string): void;
  /** Switches off and erases every descriptor, from the log as well. */
  switchOff(actor: string): void;
  /** Stores or replaces the descriptor of a sealed record of the project. */
  add(recordId: string, descriptor: EngineDescriptor): void;
  extent(projectCode: string, engine: string): DescriptorExtent;
  /** In order of position, beyond `after`. */
  list(projectCode: string, engine: string, after: number): Iterable<StoredDescriptor>;
  /** The number of a record that is searched, or `undefined` when its descriptor is gone. */
  numberOf(recordId: string): string | undefined;
  /** How many living records of the project have no descriptor of this engine. */
  undescribedCount(projectCode: string, engine: string): number;
  /** Which of the next `window` records in the order of sealing have none: nobody waits for a look at all of them. */
  undescribed(sought: SoughtRecords, after: number, window: number): UndescribedRecords;
}

export interface SoughtRecords {
  readonly projectCode: string;
  readonly engine: string;
  /** Versions of the notice, one of which its holder consented to. */
  readonly consentVersions: readonly string[];
}

export interface UndescribedRecords {
  readonly ids: readonly string[];
  /** Position of the last record that was looked at; `undefined` when there was none. */
  readonly lookedTo: number | undefined;
}

const settingKey = 'faceSearchProject';

const bytesPerNumber = Float32Array.BYTES_PER_ELEMENT;

/** Every platform the station runs on stores numbers little-endian. */
const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);

const rowSchema = z
  .object({ position: z.int(), recordId: z.string(), numbers: blob })
  .transform(({ numbers, ...row }): StoredDescriptor => ({
    ...row,
    numbers: new Float32Array(numbers.buffer, numbers.byteOffset, numbers.byteLength / bytesPerNumber),
  }));

const countSchema = z.object({ count: z.int() });
const extentSchema = z.object({ count: z.int(), newest: z.int() });
const lookSchema = z.object({ position: z.int(), id: z.string(), isWanted: flag });

function switchedOnFor(settings: Settings): string | undefined {
  return settings.get(settingKey, z.string());
}

/** Whose face is not looked for: locked by the holder's wish, or the pictures are erased after their time. */
const withoutFace = `(SELECT record_id FROM locks UNION SELECT id FROM receipts WHERE scope = 'pictures')`;

/** The same of one row of `records`, by its id alone. */
const mayHaveFace = `
  NOT EXISTS (SELECT 1 FROM locks WHERE record_id = records.id)
  AND NOT EXISTS (SELECT 1 FROM receipts WHERE receipts.id = records.id AND scope = 'pictures')`;

/** Inside a transaction that locks a record or erases its pictures: the face goes with them. */
export function eraseDescriptor(database: Database, recordId: string): void {
  database.run('DELETE FROM face_descriptors WHERE owner = @recordId', { recordId });
}

/** Inside a transaction, as a part of sealing or by itself: stores only what the switch allows at this moment. */
export function insertDescriptor(database: Database, recordId: string, { engine, numbers }: EngineDescriptor): void {
  database.run(
    `INSERT OR REPLACE INTO face_descriptors (owner, project_code, engine, numbers)
     SELECT id, project_code, @engine, @numbers FROM records
     WHERE id = @recordId AND ${mayHaveFace} AND project_code = (SELECT value ->> '$' FROM settings WHERE key = '${settingKey}')`,
    { recordId, engine, numbers: bytesOf(numbers) },
  );
}

/** Erases and tells how many there were. The driver overwrites erased content (secure_delete). */
function erase(database: Database, exceptProject: string | undefined): number {
  const sql = 'DELETE FROM face_descriptors WHERE project_code IS NOT @exceptProject';
  return database.run(sql, { exceptProject });
}

function turn(context: StoreContext, settings: Settings, projectCode: string | undefined, actor: string): void {
  const { database, audit } = context;
  const before = switchedOnFor(settings);
  if (before === projectCode) return;
  database.write(() => {
    settings.set(settingKey, projectCode);
    const detail: Record<string, Json> = { project: projectCode ?? before ?? '', erased: erase(database, projectCode) };
    const action = projectCode === undefined ? 'face-search.switched-off' : 'face-search.switched-on';
    audit.append({ action, subject: stationActor, actor, detail });
  });
  database.checkpoint();
}

function extent(database: Database, projectCode: string, engine: string): DescriptorExtent {
  const sql = `
    SELECT count(*) AS count, coalesce(max(position), 0) AS newest FROM face_descriptors
    WHERE project_code = @projectCode AND engine = @engine`;
  return database.row(extentSchema, sql, { projectCode, engine }) ?? { count: 0, newest: 0 };
}

function list(database: Database, projectCode: string, engine: string, after: number): Iterable<StoredDescriptor> {
  const sql = `
    SELECT position, owner AS recordId, numbers FROM face_descriptors
    WHERE project_code = @projectCode AND engine = @engine AND position > @after ORDER BY position`;
  return database.each(rowSchema, sql, { projectCode, engine, after });
}

/** Both counts come from indexes alone; a record's own row is large and takes a page or two of the file. */
function undescribedCount(database: Database, projectCode: string, engine: string): number {
  const sql = `
    SELECT (SELECT count(*) FROM records WHERE project_code = @projectCode)
      - (SELECT count(*) FROM outbox JOIN records ON id = record_id
         WHERE state IN ('withdrawn', 'superseded') AND project_code = @projectCode)
      - (SELECT count(*) FROM records WHERE id IN ${withoutFace} AND project_code = @projectCode)
      - (SELECT count(*) FROM face_descriptors WHERE project_code = @projectCode AND engine = @engine) AS count`;
  return database.row(countSchema, sql, { projectCode, engine })?.count ?? 0;
}

function undescribed(
  database: Database,
  parameters: SoughtRecords & { readonly after: number; readonly window: number },
): UndescribedRecords {
  const sql = `
    SELECT position, id, project_code = @projectCode
      AND content ->> '$.consent.textVersion' IN (SELECT value FROM json_each(@consentVersions))
      AND (SELECT state FROM outbox WHERE record_id = id) NOT IN ('withdrawn', 'superseded')
      AND ${mayHaveFace}
      AND NOT EXISTS (SELECT 1 FROM face_descriptors WHERE owner = id AND engine = @engine) AS isWanted
    FROM records WHERE position > @after ORDER BY position LIMIT @window`;
  const rows = database.rows(lookSchema, sql, {
    ...parameters,
    consentVersions: JSON.stringify(parameters.consentVersions),
  });
  return { ids: rows.filter(({ isWanted }) => isWanted).map(({ id }) => id), lookedTo: rows.at(-1)?.position };
}

function numberOf(database: Database, recordId: string): string | undefined {
  const sql = `
    SELECT card_number AS number FROM records JOIN face_descriptors ON owner = id WHERE id = @recordId`;
  return database.row(z.object({ number: z.string() }), sql, { recordId })?.number;
}

export function createFaceDescriptors(context: StoreContext, settings: Settings): FaceDescriptors {
  const { database } = context;
  return {
    switchedOnFor: () => switchedOnFor(settings),
    switchOn: (projectCode, actor) => turn(context, settings, projectCode, actor),
    switchOff: (actor) => turn(context, settings, undefined, actor),
    add: (recordId, descriptor) => database.write(() => insertDescriptor(database, recordId, descriptor)),
    extent: (projectCode, engine) => extent(database, projectCode, engine),
    list: (projectCode, engine, after) => list(database, projectCode, engine, after),
    numberOf: (recordId) => numberOf(database, recordId),
    undescribedCount: (projectCode, engine) => undescribedCount(database, projectCode, engine),
    undescribed: (sought, after, window) => undescribed(database, { ...sought, after, window }),
  };
}
