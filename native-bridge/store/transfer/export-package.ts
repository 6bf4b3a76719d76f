import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { asStationError, StationError } from '../../contract/errors.ts';
import { change, entryOf } from '../outbox-entries.ts';
import { handedOver, mayBeHandedOver } from '../outbox-transition.ts';
import type { StoreContext } from '../store-context.ts';
import { carriedRecord } from './carried-record.ts';
import { keyBytes, type Receiver, wrapsFor } from './key-wrap.ts';
import { outcomesFor, takeBack } from './outcomes.ts';
import { PackageWriter, removeUnfinished } from './package-file.ts';
import { type PackageKind, readHead, writeHead } from './package-head.ts';
import type { CarriedRecord, PackagePart, Planned } from './package-part.ts';
import { mayBeCarried, namesOf, recordsFor, type Selection } from './selection.ts';
import { fingerprintOf, type StationIdentity } from './station-identity.ts';
import { noteEnd, noteHanded, noteOutgoing, openOutgoing, plannedRecords } from './transfer-ledger.ts';
import type { Outgoing } from './transfer-ledger.ts';

/** How a package's work is watched and ended from outside; checked after every record. */
export interface TransferWork {
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ExportRequest {
  readonly kind: PackageKind;
  /** For records; a receipt tells of everything that came from its receiver. */
  readonly selection?: Selection | undefined;
  readonly receiver: Receiver;
  /** An existing folder, usually on a removable drive. */
  readonly folder: string;
  readonly practice: boolean;
  readonly actor: string;
}

export interface ExportReport {
  readonly id: string;
  readonly kind: PackageKind;
  readonly fileName: string;
  readonly path: string;
  /** Records, or outcomes of records, in the package. */
  readonly written: number;
  /** Chosen ones that stayed here after all, because they went on their way meanwhile. */
  readonly leftOut: number;
  /** Records that are damaged here. */
  readonly unreadable: readonly Planned[];
}

/** Records between two waits for the medium, each such part one transaction; and bytes, whichever is reached first. */
const partRecords = 32;
const partBytes = 8 * 1024 * 1024;

const outcomesAtOnce = 500;

/** Of a signal: the export is not only to stop, but to leave nothing behind. */
export const cancelled = Symbol('cancelled');

export function demandGoingOn({ signal }: TransferWork): void {
  if (signal?.aborted) throw new StationError('transfer.stopped');
}

function fileNameOf(kind: PackageKind, fingerprint: string, at: Date, id: string): string {
  const moment = at.toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-');
  return `${kind}-${fingerprint.slice(0, 4)}-${moment}-${id.slice(0, 8)}.enrolpack`;
}

function plan(context: StoreContext, request: ExportRequest): Planned[] {
  const { kind, selection, receiver } = request;
  if (kind === 'receipt') {
    const outcomes =
      receiver.station === undefined ? [] : outcomesFor(context.database, fingerprintOf(receiver.station));
    return outcomes.map(({ id }) => ({ id, name: '', maskedNumber: '' }));
  }
  return recordsFor(context.database, kind, selection ?? { kind: 'unsent' });
}

/** Notes the package with its key and its records, so that it can be gone on with whatever happens. */
function begin(context: StoreContext, identity: StationIdentity, request: ExportRequest): Outgoing {
  const records = plan(context, request);
  if (records.length === 0) throw new StationError('transfer.nothing');
  const { kind, receiver, practice } = request;
  const [id, createdAt, contentKey] = [randomUUID(), context.now(), new Uint8Array(randomBytes(keyBytes))];
  const wraps = wrapsFor(receiver, contentKey, Buffer.from(id));
  const planned = records.length;
  const head = { id, kind, createdAt: createdAt.toISOString(), practice, planned, sender: identity.station, wraps };
  const outgoing = {
    id,
    kind,
    peer: receiver.station && fingerprintOf(receiver.station),
    fileName: fileNameOf(kind, fingerprintOf(identity.station), createdAt, id),
    head: writeHead(head, identity).bytes,
    contentKey,
  };
  noteOutgoing(
    context,
    outgoing,
    records.map((record) => record.id),
  );
  return outgoing;
}

/** One package being written. */
class Export {
  readonly #context: StoreContext;
  readonly #identity: StationIdentity;
  readonly #outgoing: Outgoing;
  readonly #actor: string;
  readonly #work: TransferWork;
  readonly #inFile = new Set<string>();
  #hasPlan = false;
  #hasEnd = false;

  constructor(
    context: StoreContext,
    identity: StationIdentity,
    outgoing: Outgoing,
    { actor, work }: { readonly actor: string; readonly work: TransferWork },
  ) {
    this.#context = context;
    this.#identity = identity;
    this.#outgoing = outgoing;
    this.#actor = actor;
    this.#work = work;
  }

  async run(folder: string): Promise<ExportReport> {
    const path = join(folder, this.#outgoing.fileName);
    try {
      return await this.#goOn(path);
    } catch (cause) {
      if (this.#work.signal?.reason !== cancelled || asStationError(cause).code !== 'transfer.stopped') throw cause;
      await this.#discard(path);
      throw new StationError('transfer.cancelled');
    }
  }

  /** The file first: as long as another station could read it, its records count as given away. */
  async #discard(path: string): Promise<void> {
    await removeUnfinished(path);
    takeBack(this.#context, this.#outgoing.id, this.#actor);
  }

  async #goOn(path: string): Promise<ExportReport> {
    const { id, kind, fileName, head, contentKey } = this.#outgoing;
    const writing = { head: readHead(head), contentKey, identity: this.#identity };
    const writer = await PackageWriter.open(path, writing, (part) => this.#found(part));
    // What is whole in the file counts as given away, also when the program ended before it could be noted.
    this.#handOver([...this.#inFile]);
    const unreadable = writer === undefined ? [] : await this.#write(writer);
    const written = this.#inFile.size;
    this.#conclude(written);
    const leftOut = kind === 'receipt' ? 0 : this.#planned().length - written - unreadable.length;
    return { id, kind, fileName, path, written, leftOut, unreadable: namesOf(this.#context.database, unreadable) };
  }

  #planned(): string[] {
    return plannedRecords(this.#context.database, this.#outgoing.id).map(({ recordId }) => recordId);
  }

  #found(part: PackagePart): void {
    if (part.type === 'plan') this.#hasPlan = true;
    if (part.type === 'record') this.#inFile.add(part.record.id);
    if (part.type === 'outcomes') for (const { id } of part.outcomes) this.#inFile.add(id);
    if (part.type === 'end') this.#hasEnd = true;
  }

  async #put(writer: PackageWriter, part: PackagePart): Promise<void> {
    await writer.write(part);
    this.#found(part);
  }

  async #write(writer: PackageWriter): Promise<string[]> {
    try {
      const planned = this.#planned();
      if (!this.#hasPlan) await this.#put(writer, { type: 'plan', records: namesOf(this.#context.database, planned) });
      const unreadable = this.#hasEnd ? [] : await this.#writeContent(writer, planned);
      if (!this.#hasEnd) await this.#put(writer, this.#end(writer, planned));
      await writer.finish();
      return unreadable;
    } finally {
      await writer.close();
    }
  }

  #end(writer: PackageWriter, planned: readonly string[]): PackagePart {
    const leftOut = this.#outgoing.kind === 'receipt' ? [] : planned.filter((id) => !this.#inFile.has(id));
    const records = this.#inFile.size;
    return { type: 'end', records, chain: writer.chain, leftOut };
  }

  async #writeContent(writer: PackageWriter, planned: readonly string[]): Promise<string[]> {
    if (this.#outgoing.kind !== 'receipt') return this.#writeRecords(writer, planned);
    const outcomes = outcomesFor(this.#context.database, this.#outgoing.peer ?? '');
    const news = outcomes.filter(({ id }) => !this.#inFile.has(id));
    for (let from = 0; from < news.length; from += outcomesAtOnce)
      await this.#put(writer, { type: 'outcomes', outcomes: news.slice(from, from + outcomesAtOnce) });
    return [];
  }

  async #writeRecords(writer: PackageWriter, planned: readonly string[]): Promise<string[]> {
    const unreadable: string[] = [];
    let waiting: string[] = [];
    let bytes = 0;
    for (const id of planned.filter((plannedId) => !this.#inFile.has(plannedId))) {
      demandGoingOn(this.#work);
      const record = this.#read(id, unreadable);
      if (record === undefined) continue;
      await this.#put(writer, { type: 'record', record });
      waiting.push(id);
      bytes += Object.values(record.media).reduce((sum, picture) => sum + (picture?.length ?? 0), 0);
      if (waiting.length < partRecords && bytes < partBytes) continue;
      await this.#settle(writer, waiting, planned.length);
      [waiting, bytes] = [[], 0];
    }
    await this.#settle(writer, waiting, planned.length);
    return unreadable;
  }

  async #settle(writer: PackageWriter, ids: readonly string[], total: number): Promise<void> {
    await writer.sync();
    this.#handOver(ids);
    this.#work.onProgress?.(this.#inFile.size, total);
  }

  /** The record for the file; undefined when it stays here after all. */
  #read(id: string, unreadable: string[]): CarriedRecord | undefined {
    const { database } = this.#context;
    if (!this.#isWanted(id)) return undefined;
    try {
      const record = carriedRecord(database, id, fingerprintOf(this.#identity.station));
      return this.#outgoing.kind === 'hand-over' ? { ...record, state: 'sealed' } : record;
    } catch (cause) {
      const { code } = asStationError(cause);
      if (code !== 'store.corrupt' && code !== 'store.not-found') throw cause;
      unreadable.push(id);
      return undefined;
    }
  }

  #isWanted(id: string): boolean {
    if (!mayBeCarried(this.#context.database, id)) return false;
    if (this.#outgoing.kind === 'copy') return true;
    const entry = entryOf(this.#context.database, id);
    return entry.state === 'handed-over' ? this.#isHanded(id) : mayBeHandedOver(entry);
  }

  #isHanded(id: string): boolean {
    const sql = `
      SELECT 1 AS yes FROM transfer_records WHERE transfer_id = @transfer AND record_id = @id AND handed = 1`;
    const found = this.#context.database.row(z.object({ yes: z.int() }), sql, { transfer: this.#outgoing.id, id });
    return found !== undefined;
  }

  /** One transaction for what is on the medium now. What has gone on its way here meanwhile is left to that. */
  #handOver(ids: readonly string[]): void {
    const { kind, id: transfer } = this.#outgoing;
    if (kind !== 'hand-over') return;
    this.#context.database.write(() => {
      for (const id of ids) {
        if (!isKept(this.#context, id) || !mayBeHandedOver(entryOf(this.#context.database, id))) continue;
        change(this.#context, 'handed-over', id, this.#actor, handedOver);
        noteHanded(this.#context.database, transfer, id, true);
      }
    });
  }

  #conclude(written: number): void {
    const { id, kind, peer } = this.#outgoing;
    this.#context.database.write(() => {
      noteEnd(this.#context, id, 'complete');
      const detail = { kind, peer, records: written };
      this.#context.audit.append({ action: 'transfer.exported', subject: id, actor: this.#actor, detail });
    });
  }
}

function isKept({ database }: StoreContext, id: string): boolean {
  return database.row(z.object({ id: z.string() }), 'SELECT id FROM records WHERE id = @id', { id }) !== undefined;
}

/**
 * Writes a package into a folder. The sender must rest meanwhile. Whatever stops it, `resumeExport` goes on from there.
 * A signal with the reason `cancelled` leaves no file and gives nothing away. Throws `transfer.nothing`,
 * `transfer.weak-passphrase`, `transfer.medium-*`, `transfer.stopped`, `transfer.cancelled` and `store.*`.
 */
export async function exportPackage(
  context: StoreContext,
  identity: StationIdentity,
  request: ExportRequest,
  work: TransferWork = {},
): Promise<ExportReport> {
  const outgoing = begin(context, identity, request);
  return new Export(context, identity, outgoing, { actor: request.actor, work }).run(request.folder);
}

/**
 * Goes on with an unfinished package in `folder`, also when the medium has another path now or is another one. Throws
 * as `exportPackage` does, and `transfer.another-file`.
 */
export async function resumeExport(
  context: StoreContext,
  identity: StationIdentity,
  request: { readonly id: string; readonly folder: string; readonly actor: string },
  work: TransferWork = {},
): Promise<ExportReport> {
  const outgoing = openOutgoing(context.database, request.id);
  return new Export(context, identity, outgoing, { actor: request.actor, work }).run(request.folder);
}
