import type { CardReading } from '../../native-bridge/contract/card.ts';
import { defaultCameraSettings } from '../../native-bridge/contract/camera.ts';
import type { ListedReader, ReaderState } from '../../native-bridge/contract/reader.ts';
import type { FinalPhoto, Guidance } from '../../native-bridge/contract/capture.ts';
import type { StationClient } from '../../native-bridge/contract/client.ts';
import {
  type Comparison,
  type Draft,
  type EnrolmentView,
  type RecordSummary,
} from '../../native-bridge/contract/enrolment.ts';
import { standardCodes } from '../codes/standard-codes.ts';
import { goodChecks, turnedChecks } from './example-checks.ts';
import { exampleProfile, fakeCapture } from './fake-capture.ts';
import { missingOf, stageOf } from './example-stage.ts';
import { exampleTeam } from './example-teams.ts';
import { FakeTeams } from './fake-teams.ts';
import { FakeAccounts } from './fake-accounts.ts';
import { FakeLists } from './fake-lists.ts';
import { fakeFirstRun } from './fake-first-run.ts';
import { FakeFace } from './fake-face.ts';
import { FakeLiveness } from './fake-liveness.ts';
import { fakeRecordLife, openGates } from './fake-record-life.ts';
import { shownConnection } from '../../native-bridge/contract/project-connection.ts';
import { exampleConnectionSteps, exampleDialects } from './example-platforms.ts';
import { automaticReaders, exampleReaders } from './example-readers.ts';
import { fakeQueue } from './fake-queue.ts';
import { fakeRules } from './fake-rules.ts';
import { fakeTransferHandlers, fakeTransfers } from './fake-transfers.ts';
import { FakeDiagnostics } from './fake-diagnostics.ts';
import { FakePrinter } from './fake-printer.ts';
import { FakePrinting } from './fake-printing.ts';
import { FakeReviews } from './fake-reviews.ts';
import { FakeUpdates } from './fake-updates.ts';
import { FakeSafety } from './fake-safety.ts';
import { exampleWorkerCalls } from './example-workers.ts';
import { StationError } from '../../native-bridge/contract/errors.ts';
import type {
  Argument,
  CallName,
  CodeTable,
  CodeTableName,
  EventName,
  Payload,
  Result,
  StationStatus,
} from '../../native-bridge/contract/station.ts';

/*
 * A scripted station for looking at the screens and for tests of the page: no reader, no rules, only answers of the
 * right shape. It is not part of the product.
 */

export interface Pictures {
  readonly card: Uint8Array;
  readonly photo: Uint8Array;
  readonly signature: Uint8Array;
}

type Handlers = { readonly [N in CallName]: (argument: Argument<N>) => Result<N> | Promise<Result<N>> };

export { exampleTeam } from './example-teams.ts';

/** The person may be one of any script; nothing is read from anywhere. */
export class FakeStation implements StationClient {
  readonly pictures: Pictures;
  status: StationStatus;
  readers: readonly ListedReader[] = exampleReaders;
  reader: ReaderState = {
    state: 'ready',
    transport: 'serial',
    address: 'COM3',
    samNumber: '05.03-20240101-0000012345-0000067890',
  };
  draft: Draft | undefined;
  restored = false;
  alreadyEnrolled: string | undefined;
  trainingDueSince?: string;
  codes = standardCodes;
  records: RecordSummary[] = [];
  /** What the next photo will be compared to give. */
  outcome: Comparison = {
    kind: 'compared',
    band: 'match',
    distance: 0.31,
    frames: 5,
    engine: 'example-1',
    verifyMs: 41,
    falseAccepts: { atLeast: 0.0001, atMost: 0.0003 },
  };
  /** Frames that ask for a turn of the head before everything holds; undefined: never holds. */
  framesUntilGood: number | undefined = 12;
  mayTakeBest = false;
  tables: readonly CodeTable[] = [
    { table: 'divisions', origin: 'built-in', rows: 7199, builtInVersion: '2023-06-30' },
    { table: 'ethnic-groups', origin: 'built-in', rows: 58, builtInVersion: 'GB/T 3304—1991' },
  ];
  cards: Result<'practice.cards'>['cards'] = [];
  readonly transfers = fakeTransfers();
  readonly accounts = new FakeAccounts((state) => this.emit('account.changed', state));
  readonly reviews = new FakeReviews();
  readonly face = new FakeFace();
  readonly liveness = new FakeLiveness();
  camera = defaultCameraSettings;
  readonly updates = new FakeUpdates((name, payload) => this.emit(name, payload));
  readonly diagnostics = new FakeDiagnostics((name, payload) => this.emit(name, payload));
  readonly safety = new FakeSafety();
  readonly teams = new FakeTeams();
  readonly lists = new FakeLists();
  readonly printer = new FakePrinter();
  readonly printing = new FakePrinting(
    () => this.records,
    () => this.pictures,
  );
  makeCard: (name: string, portrait?: Uint8Array) => CardReading = () => {
    throw new Error('no card scripted');
  };
  #frames = 0;
  #laid: string | undefined;
  #listeners = new Map<EventName, Set<(payload: never) => void>>();

  constructor(pictures: Pictures) {
    this.pictures = pictures;
    this.status = exampleStatus();
  }

  async call<N extends CallName>(name: N, argument: Argument<N>): Promise<Result<N>> {
    await Promise.resolve();
    return this.#handlers[name](argument);
  }

  on<N extends EventName>(name: N, listener: (payload: Payload<N>) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    listener(true);
    return () => undefined;
  }

  emit<N extends EventName>(name: N, payload: Payload<N>): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never);
  }

  layCard(card: CardReading): void {
    this.draft = {
      id: crypto.randomUUID(),
      startedAt: new Date().toISOString(),
      team: exampleTeam,
      card,
      fields: { workType: '020' },
    };
    this.#changed();
  }

  takePhoto(takenBy: FinalPhoto['takenBy']): void {
    this.edit((draft) => ({
      ...draft,
      photo: this.#photo(takenBy),
      comparison: this.outcome,
      ...this.face.found(),
      ...this.liveness.found(),
    }));
  }

  #photo(takenBy: FinalPhoto['takenBy']): FinalPhoto {
    const { photo: jpeg } = this.pictures;
    return {
      jpeg,
      width: 358,
      height: 441,
      profile: 'example',
      profileVersion: '1',
      checks: [...goodChecks],
      attempt: 1,
      takenBy,
    };
  }

  #view(): EnrolmentView | undefined {
    if (this.draft === undefined) return undefined;
    const missing = missingOf(this.draft);
    const { draft, restored, alreadyEnrolled } = this;
    return {
      draft,
      stage: stageOf(missing),
      missing,
      restored,
      ...(alreadyEnrolled !== undefined && { alreadyEnrolled }),
      ...(this.trainingDueSince && { trainingDueSince: this.trainingDueSince }),
    };
  }

  #current(): Result<'enrolment.current'> {
    const enrolment = this.#view();
    return enrolment === undefined ? {} : { enrolment };
  }

  #changed(): Result<'enrolment.current'> {
    this.emit('enrolment.changed', this.#current());
    return this.#current();
  }

  edit(change: (draft: Draft) => Draft): Result<'enrolment.current'> {
    if (this.draft === undefined) throw new StationError('enrolment.none');
    this.draft = change(this.draft);
    return this.#changed();
  }

  #guidance(sequence: number): Guidance {
    this.#frames += 1;
    const held = this.framesUntilGood === undefined ? 0 : Math.max(0, this.#frames - this.framesUntilGood);
    const progress = this.framesUntilGood === undefined ? 0.35 : Math.min(1, held / 20);
    const good = held > 0;
    if (progress === 1) this.takePhoto('automatic');
    return {
      sequence,
      prompt: good ? 'keep-so' : 'turn-left',
      progress,
      checks: [...(good ? goodChecks : turnedChecks)],
      passed: 17,
      blocking: good ? 0 : 1,
      shot: progress === 1,
      mayTakeBest: this.mayTakeBest,
      ...this.liveness.guidance(),
      ...(this.#frames === 1 && { best: [this.pictures.photo] }),
    };
  }

  #seal(): { readonly id: string } {
    const { draft } = this;
    if (draft?.card === undefined) throw new StationError('enrolment.none');
    const { name, number } = draft.card.fields;
    const sealedAt = new Date().toISOString();
    const record = exampleRecord({
      name,
      sealedAt,
      changedAt: sealedAt,
      maskedNumber: `${number.slice(0, 6)}********${number.slice(-4)}`,
    });
    this.records = [record, ...this.records];
    this.draft = undefined;
    this.#changed();
    this.emit('queue.changed', { record });
    return { id: record.id };
  }

  #setTable(name: CodeTableName, part: Pick<CodeTable, 'origin' | 'imported'>): void {
    this.tables = this.tables.map(({ imported: _imported, ...table }) =>
      table.table === name ? { ...table, ...part } : table,
    );
  }

  readonly #handlers: Handlers = {
    'station.status': () => this.status,
    ...this.accounts.handlers,
    ...fakeFirstRun(this),
    ...this.reviews.handlers,
    'reader.state': () => this.reader,
    'reader.list': () => ({ readers: [...this.readers] }),
    'enrolment.current': () => this.#current(),
    'enrolment.continue': () => {
      this.restored = false;
      return this.#changed();
    },
    'enrolment.consent': (consent) => {
      this.#frames = 0;
      return this.edit((draft) => ({ ...draft, consent: { ...consent, givenAt: new Date().toISOString() } }));
    },
    'enrolment.retake': () => {
      this.#frames = 0;
      return this.edit(({ photo: _photo, comparison: _comparison, decision: _decision, ...rest }) => rest);
    },
    'enrolment.decide': (given) =>
      this.edit((draft) => ({
        ...draft,
        decision: { ...given, decidedBy: '莫经办', decidedAt: new Date().toISOString() },
      })),
    'enrolment.set-fields': (fields) => this.edit((draft) => ({ ...draft, fields: { ...draft.fields, ...fields } })),
    'enrolment.discard': () => {
      this.draft = undefined;
      this.restored = false;
      return this.#changed();
    },
    'enrolment.seal': () => this.#seal(),
    'capture.open': () => ({ profile: this.status.profile }),
    'capture.frame': ({ sequence }) => this.#guidance(sequence),
    'capture.shoot': () => {
      this.takePhoto('operator');
      return this.#current();
    },
    'capture.close': () => ({}),
    ...fakeCapture(this),
    ...fakeQueue(this),
    ...exampleWorkerCalls(
      () => this.records,
      () => this.pictures.card,
    ),
    ...this.printing.handlers,
    ...this.printer.handlers,
    ...this.liveness.handlers(this),
    'camera.settings': () => this.camera,
    'camera.set': (settings) => (this.camera = settings),
    ...fakeRecordLife(this),
    ...this.teams.handlers(() => {
      this.emit('teams.changed', {});
      this.emit('reports.changed', {});
    }),
    ...this.lists.handlers(
      () => this.emit('expected.changed', {}),
      (state) => this.emit('workbook.changed', state),
    ),
    ...fakeRules(this),
    'settings.get': () => ({ readers: automaticReaders }),
    'settings.set-readers': (readers) => ({ readers }),
    'settings.connect-project': (project) => ({ readers: automaticReaders, project: shownConnection(project) }),
    'settings.dialects': () => exampleDialects,
    'settings.test-connection': () => ({ steps: [...exampleConnectionSteps] }),
    'settings.tables': () => ({ tables: [...this.tables] }),
    'settings.import-table': ({ table, text }) => {
      const lines = text.split('\n').filter((line) => line.trim() !== '');
      const problems = lines.flatMap((line, index) =>
        /^\d+[,\t]/.test(line) ? [] : [{ line: index + 1, reason: 'code' as const }],
      );
      const imported = { at: new Date().toISOString(), rows: lines.length };
      const applied = problems.length === 0;
      if (applied) this.#setTable(table, { origin: 'imported', imported });
      return { tables: [...this.tables], applied, rows: lines.length, problems, problemCount: problems.length };
    },
    'settings.reset-table': ({ table }) => {
      this.#setTable(table, { origin: 'built-in' });
      return { tables: [...this.tables] };
    },
    ...this.face.handlers(this),
    ...this.safety.handlers(this),
    ...this.updates.handlers,
    ...this.diagnostics.handlers,
    'practice.cards': () => ({ cards: this.cards, ...(this.#laid !== undefined && { laid: this.#laid }) }),
    'practice.lay': ({ name, portrait }) => {
      this.#laid = name;
      this.layCard(this.makeCard(name, portrait));
      return {};
    },
    'practice.lift': () => {
      this.#laid = undefined;
      return {};
    },
    ...fakeTransferHandlers(
      this.transfers,
      () => this.pictures.photo,
      (job) => this.emit('transfer.changed', job),
    ),
  };
}

function exampleStatus(): StationStatus {
  return {
    version: '0.1.0',
    practice: false,
    team: exampleTeam,
    platform: { state: 'reachable', lastSuccessAt: new Date().toISOString() },
    gates: openGates,
    openReviews: 0,
    unsent: { count: 0, needsAttention: 0 },
    today: { enrolled: 58, medianSeconds: 34, firstShotRate: 0.91 },
    profile: exampleProfile,
    consentTextVersion: '1',
    minimumAgeYears: 16,
  };
}

export function exampleRecord(part: Partial<RecordSummary>): RecordSummary {
  const now = new Date().toISOString();
  return {
    id: crypto.randomUUID(),
    name: '覃示例',
    maskedNumber: '459999********0021',
    teamName: exampleTeam.teamName,
    workType: '020',
    state: 'sealed',
    sealedAt: now,
    changedAt: now,
    band: 'match',
    attempts: 0,
    ...part,
  };
}
