import { basename } from 'node:path';
import type { ErrorReport } from '../../contract/basic.ts';
import { asStationError, StationError } from '../../contract/errors.ts';
import { stationActor, type StoreContext } from '../store-context.ts';
import { type Entrance, enterRecord } from './enter-record.ts';
import { demandGoingOn, type TransferWork } from './export-package.ts';
import { unwrap } from './key-wrap.ts';
import { knownStation, trustStation } from './known-stations.ts';
import { takeOutcome } from './outcomes.ts';
import { chained } from './package-chunk.ts';
import { type Found, PackageFile } from './package-file.ts';
import type { PackageHead, PackageKind } from './package-head.ts';
import type { CarriedRecord, PackagePart, Planned } from './package-part.ts';
import { fingerprintOf, type StationIdentity } from './station-identity.ts';

export interface ImportRequest {
  readonly path: string;
  readonly passphrase?: string | undefined;
  /** Fingerprint of the sender that a person has compared and decided to trust. */
  readonly trust?: string | undefined;
  readonly practice: boolean;
  readonly actor: string;
}

/** What anybody holding the file can see of it, checked against the signature of the key that it names. */
export interface PackageView {
  readonly id: string;
  readonly kind: PackageKind;
  readonly createdAt: string;
  readonly practice: boolean;
  readonly planned: number;
  readonly bytes: number;
  readonly senderName: string;
  readonly fingerprint: string;
  /** The name under which the sender was trusted here, or this station's own; absent for an unknown one. */
  readonly knownAs?: string | undefined;
  readonly needsPassphrase: boolean;
}

export interface ImportReport {
  readonly id: string;
  readonly kind: PackageKind;
  readonly counts: Readonly<Record<Entrance, number>>;
  /** Records whose end at the sender's was news here. */
  readonly outcomes: number;
  /** Planned ones that could not be read, and those that the file does not have. */
  readonly unreadable: readonly Planned[];
  readonly missing: readonly Planned[];
  readonly missingCount: number;
  /** Planned ones that stayed with the sender. */
  readonly leftOut: number;
  /** The package had its end, and everything before it was whole and in order. */
  readonly whole: boolean;
  readonly trouble?: ErrorReport | undefined;
}

/** Names that a report holds; the rest is counted. */
const mostNames = 200;

const noCounts = { entered: 0, older: 0, ended: 0, unchanged: 0, erased: 0, conflict: 0, unreadable: 0 };

function knownName(context: StoreContext, identity: StationIdentity, fingerprint: string): string | undefined {
  if (fingerprint === fingerprintOf(identity.station)) return identity.station.name;
  return knownStation(context.database, fingerprint)?.name;
}

/** Looks at a package without opening it. Throws `transfer.not-a-package`, `.newer`, `.damaged`, `.medium-*`. */
export async function inspectPackage(
  context: StoreContext,
  identity: StationIdentity,
  path: string,
): Promise<PackageView> {
  const file = await PackageFile.open(path);
  await file.close();
  const { id, kind, createdAt, practice, planned, sender, wraps } = file.head.head;
  const fingerprint = fingerprintOf(sender);
  const own = fingerprintOf(identity.station);
  const forUs = wraps.some((wrap) => wrap.kind === 'station' && wrap.fingerprint === own);
  return {
    ...{ id, kind, createdAt, practice, planned, bytes: file.bytes },
    senderName: sender.name,
    fingerprint,
    knownAs: knownName(context, identity, fingerprint),
    needsPassphrase: !forUs,
  };
}

/** One package being read. */
class Import {
  readonly #context: StoreContext;
  readonly #own: boolean;
  readonly #head: PackageHead;
  readonly #sender: string;
  readonly #fileName: string;
  readonly #planned = new Map<string, Planned>();
  readonly #seen = new Set<string>();
  readonly #unreadable: Planned[] = [];
  #counts: Record<Entrance, number> = { ...noCounts };
  #outcomes = 0;
  #chain: Uint8Array;
  #end: Extract<PackagePart, { type: 'end' }> | undefined;
  #endChain = '';
  #damaged = false;

  constructor(context: StoreContext, file: PackageFile, own: boolean, fileName: string) {
    this.#context = context;
    this.#own = own;
    this.#head = file.head.head;
    this.#sender = fingerprintOf(file.head.head.sender);
    this.#fileName = fileName;
    this.#chain = file.head.hash;
  }

  get done(): number {
    return this.#seen.size;
  }

  take(found: Found): void {
    switch (found.kind) {
      case 'out-of-order':
        throw new StationError('transfer.out-of-order');
      case 'unreadable':
        this.#damaged = true;
        return;
      case 'part':
        this.#takePart(found.part);
        this.#endChain = Buffer.from(this.#chain).toString('hex');
        if (found.part.type === 'end') return;
        this.#chain = chained(this.#chain, found.hash);
    }
  }

  #takePart(part: PackagePart): void {
    switch (part.type) {
      case 'plan':
        for (const record of part.records) this.#planned.set(record.id, record);
        return;
      case 'record':
        return this.#takeRecord(part.record);
      case 'outcomes':
        if (this.#head.kind !== 'receipt') throw new StationError('transfer.damaged', 'outcomes');
        this.#outcomes += part.outcomes.filter((outcome) => takeOutcome(this.#context, outcome, this.#sender)).length;
        return;
      case 'end':
        this.#end = part;
    }
  }

  #takeRecord(record: CarriedRecord): void {
    const { id, kind } = this.#head;
    if (kind === 'receipt') throw new StationError('transfer.damaged', 'record in a receipt');
    this.#seen.add(record.id);
    const incoming = { id, kind, peer: this.#sender, fileName: this.#fileName };
    const entrance = enterRecord(this.#context, record, incoming, this.#own);
    this.#counts = { ...this.#counts, [entrance]: this.#counts[entrance] + 1 };
    if (entrance === 'unreadable') this.#unreadable.push(this.#planned.get(record.id) ?? unnamed(record.id));
  }

  report(trouble: StationError | undefined): ImportReport {
    const leftOut = new Set(this.#end?.leftOut);
    const isReceipt = this.#head.kind === 'receipt';
    const absent = [...this.#planned.values()].filter(({ id }) => !this.#seen.has(id) && !leftOut.has(id));
    const known = isReceipt ? [] : absent;
    const missingCount = this.#planned.size > 0 || isReceipt ? known.length : this.#head.planned - this.#seen.size;
    const whole = this.#end?.chain === this.#endChain && trouble === undefined;
    return {
      id: this.#head.id,
      kind: this.#head.kind,
      counts: this.#counts,
      outcomes: this.#outcomes,
      unreadable: this.#unreadable.slice(0, mostNames),
      missing: known.slice(0, mostNames),
      missingCount,
      leftOut: leftOut.size,
      whole,
      trouble: trouble ?? this.#ownTrouble(whole),
    };
  }

  #ownTrouble(whole: boolean): ErrorReport | undefined {
    if (!whole) return { code: this.#damaged || this.#end !== undefined ? 'transfer.damaged' : 'transfer.cut' };
    return this.#counts.unreadable > 0 ? { code: 'transfer.record-unreadable' } : undefined;
  }
}

const unnamed = (id: string): Planned => ({ id, name: '', maskedNumber: '' });

/** Everything that is decided before the first record: throws and has changed nothing, but for the trust given. */
function keyTo(
  context: StoreContext,
  identity: StationIdentity,
  head: PackageHead,
  request: ImportRequest,
): Uint8Array {
  context.database.health.demandSound();
  if (head.practice !== request.practice) throw new StationError('transfer.practice');
  const fingerprint = fingerprintOf(head.sender);
  const isKnown = knownName(context, identity, fingerprint) !== undefined;
  if (!isKnown && request.trust !== fingerprint) throw new StationError('transfer.unknown-sender');
  const contentKey = unwrap(head.wraps, identity, request.passphrase, Buffer.from(head.id));
  if (!isKnown) trustStation(context, head.sender, request.actor);
  return contentKey;
}

async function readInto(taking: Import, file: PackageFile, contentKey: Uint8Array, work: TransferWork): Promise<void> {
  for await (const found of file.parts(contentKey)) {
    demandGoingOn(work);
    taking.take(found);
    work.onProgress?.(taking.done, file.head.head.planned);
  }
}

/**
 * Takes a package in, record by record. Throws, with nothing changed, when it cannot be opened at all (as
 * `inspectPackage`, and `transfer.unknown-sender`, `.wrong-passphrase`, `.not-for-us`, `.practice`). Trouble on the way is in
 * the report beside what was taken in until then; importing again changes nothing of that.
 */
export async function importPackage(
  context: StoreContext,
  identity: StationIdentity,
  request: ImportRequest,
  work: TransferWork = {},
): Promise<ImportReport> {
  const file = await PackageFile.open(request.path);
  try {
    const { head } = file.head;
    const contentKey = keyTo(context, identity, head, request);
    const own = fingerprintOf(head.sender) === fingerprintOf(identity.station);
    const taking = new Import(context, file, own, basename(request.path));
    const trouble = await readInto(taking, file, contentKey, work).catch(asStationError);
    const report = taking.report(trouble ?? undefined);
    noteImport(context, report, request.actor);
    return report;
  } finally {
    await file.close();
  }
}

/** An import that changed nothing leaves no trace either. */
function noteImport({ audit }: StoreContext, { id, kind, counts, outcomes, whole }: ImportReport, actor: string): void {
  const { entered, older, ended } = counts;
  if (entered + older + ended + outcomes === 0) return;
  const detail = { kind, ...counts, outcomes, whole };
  audit.append({ action: 'transfer.imported', subject: id, actor: actor || stationActor, detail });
}
