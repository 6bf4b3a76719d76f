import { asStationError, StationError } from '../contract/errors.ts';
import type { Acceptance, Connector, WorkerUpload } from '../platform/connector.ts';
import type { Outbox, OutboxItem } from '../store/outbox.ts';
import { scopeOf } from './delivery-trouble.ts';
import type { BookStore, DeliveryClock, OutcomeBook } from './outcome-book.ts';
import type { SharedCommits } from './shared-commits.ts';
import type { TeamNumbers, TeamStore } from './team-numbers.ts';
import { type UploadPictures, type UploadRecord, workerUpload } from './worker-upload.ts';

/** What delivery needs of the store; every change is durable when the method returns. */
export interface DeliveryStore {
  readonly outbox: BookStore &
    Pick<Outbox, 'due' | 'nextDueAt' | 'firstOpen' | 'acceptedWith' | 'markSending' | 'recoverInterrupted'>;
  readonly teams: TeamStore;
  record(id: string): UploadRecord;
  pictures(id: string): Promise<UploadPictures>;
}

/** The project whose platform is being talked to. */
export interface DeliveryTarget {
  readonly connector: Connector;
  readonly projectCode: string;
}

/** How one job ended: it was talked with the platform, it needed no talk, there was trouble, or all have to wait. */
export type JobEnd = 'talked' | 'silent' | 'trouble' | 'stop';

export interface BatchOptions {
  readonly store: DeliveryStore;
  readonly target: DeliveryTarget;
  readonly clock: DeliveryClock;
  readonly teams: TeamNumbers;
  readonly book: OutcomeBook;
  readonly commits: SharedCommits;
  /** Before the call, once the records are marked. */
  readonly onSending: (items: readonly OutboxItem[]) => void;
  /** Marks trouble of these records; throws when the store itself is in trouble. */
  readonly onTrouble: (items: readonly OutboxItem[], error: StationError) => 'trouble' | 'stop';
}

interface Part {
  readonly item: OutboxItem;
}

interface Prepared extends Part {
  readonly record: UploadRecord;
}

interface Loaded extends Part {
  readonly upload: WorkerUpload;
}

/** An accepted request that the platform gives no proper answer about after so many questions is asked for by person. */
const mostQuestions = 20;

const itemsOf = (parts: readonly Part[]) => parts.map(({ item }) => item);

/** Takes the records of one request one step further. Only these are held in memory, and only meanwhile. */
export class BatchDelivery {
  readonly #options: BatchOptions;

  constructor(options: BatchOptions) {
    this.#options = options;
  }

  /** Records of another project come up again much later, when it may be connected. */
  leaveForLater(items: readonly OutboxItem[]): JobEnd {
    const { store, clock } = this.#options;
    const error = { code: 'platform.not-configured' as const, detail: 'another project' };
    store.outbox.together(() => {
      for (const { recordId, inDoubt } of items) {
        store.outbox.markRetry(recordId, error, clock.muchLater(), inDoubt);
      }
    });
    return 'silent';
  }

  /** Asks for the outcome of an accepted request and notes what it says about everybody in it. */
  async settle(serial: string): Promise<JobEnd> {
    const { store, target, book, commits } = this.#options;
    const items = store.outbox.acceptedWith(serial, target.projectCode);
    return this.#guarded(items, async () => {
      const outcome = await this.#outcome(serial, items);
      await commits.commit(() => book.settled(items, outcome));
      return 'talked';
    });
  }

  async #outcome(serial: string, items: readonly OutboxItem[]): ReturnType<Connector['outcome']> {
    try {
      return await this.#options.target.connector.outcome(serial, items);
    } catch (cause) {
      const { code } = asStationError(cause);
      const isForgotten = code === 'platform.bad-answer' && items.some(({ attempts }) => attempts >= mostQuestions);
      if (!isForgotten) throw cause;
      return { state: 'failed', text: '' };
    }
  }

  /** Sends new workers of one team, or one worker, and notes what the platform says at once. */
  async send(items: readonly OutboxItem[]): Promise<JobEnd> {
    const parts = items.map((item) => ({ item }));
    const prepared = this.#ofOneTeam(await this.#each(parts, (part) => this.#prepare(part)));
    const team = prepared[0]?.record.team;
    if (team === undefined) return 'trouble';
    const { teams, target, book } = this.#options;
    return this.#guarded(itemsOf(prepared), async () => {
      const number = await teams.numberOf(team, target.connector);
      if (typeof number === 'number') return this.#sendTo(number, prepared);
      if (number instanceof Date) book.wait(itemsOf(prepared), number);
      else book.refused(itemsOf(prepared), number);
      return 'talked';
    });
  }

  #prepare({ item }: Part): Prepared {
    const record = this.#options.store.record(item.recordId);
    if (record.team === undefined) throw new StationError('enrolment.incomplete', 'team');
    return { item, record };
  }

  /** Teams of two companies may have the same name; those of the other one are still due afterwards. */
  #ofOneTeam(prepared: readonly Prepared[]): Prepared[] {
    return prepared.filter(({ record }) => record.team?.id === prepared[0]?.record.team?.id);
  }

  async #sendTo(teamSysNo: number, prepared: readonly Prepared[]): Promise<JobEnd> {
    const loaded = await this.#each(prepared, (part) => this.#load(part, teamSysNo));
    if (loaded.length === 0) return 'trouble';
    return this.#guarded(itemsOf(loaded), async () =>
      this.#call(await this.#marked(await this.#withoutPresent(loaded))),
    );
  }

  async #load({ item, record }: Prepared, teamSysNo: number): Promise<Loaded> {
    const { store, target } = this.#options;
    const upload = workerUpload(record, teamSysNo, await store.pictures(item.recordId));
    // One that the platform would not take must not take the others of its request with it.
    target.connector.batch?.check(upload);
    return { item, upload };
  }

  /** Asks about those in doubt; who is there already becomes an update, in a request of its own. */
  async #withoutPresent(loaded: readonly Loaded[]): Promise<Loaded[]> {
    const absent: Loaded[] = [];
    for (const part of loaded) {
      const { item, upload } = part;
      const isPresent = item.inDoubt && !item.update && (await this.#options.target.connector.findWorker(upload));
      if (isPresent) this.#options.book.present([item]);
      else absent.push(part);
    }
    return absent;
  }

  /** Marks all in one transaction; one that was taken out of the queue meanwhile stays behind. */
  async #marked(loaded: readonly Loaded[]): Promise<Loaded[]> {
    const { outbox } = this.#options.store;
    const ended: (Part & { readonly error: StationError })[] = [];
    const marked = await this.#options.commits.commit(() =>
      loaded.filter(({ item }) => {
        try {
          outbox.markSending(item.recordId);
          return true;
        } catch (cause) {
          const error = asStationError(cause);
          if (scopeOf(error.code) === 'store') throw error;
          ended.push({ item, error });
          return false;
        }
      }),
    );
    for (const { item, error } of ended) this.#options.onTrouble([item], error);
    return marked;
  }

  async #call(loaded: readonly Loaded[]): Promise<JobEnd> {
    const items = itemsOf(loaded);
    if (items.length === 0) return 'talked';
    this.#options.onSending(items);
    return this.#guarded(items, async () => {
      const answer = await this.#answer(loaded);
      await this.#options.commits.commit(() => this.#options.book.answered(items, answer));
      return 'talked';
    });
  }

  #answer(loaded: readonly Loaded[]): Promise<Acceptance> {
    const { connector } = this.#options.target;
    const uploads = loaded.map(({ upload }) => upload);
    const [first, ...others] = uploads;
    if (first === undefined) throw new StationError('internal', 'an empty request');
    if (loaded[0]?.item.update === true) return connector.updateWorker(first);
    if (others.length === 0 || connector.batch === undefined) return connector.addWorker(first);
    return connector.batch.addWorkers(uploads);
  }

  /** `step` for one after the other; trouble of one is noted with it and does not concern the rest. */
  async #each<P extends Part, R>(parts: readonly P[], step: (part: P) => R | Promise<R>): Promise<R[]> {
    const results: R[] = [];
    for (const part of parts) {
      try {
        results.push(await step(part));
      } catch (cause) {
        this.#options.onTrouble([part.item], asStationError(cause));
      }
    }
    return results;
  }

  async #guarded(items: readonly OutboxItem[], work: () => Promise<JobEnd>): Promise<JobEnd> {
    try {
      return await work();
    } catch (cause) {
      return this.#options.onTrouble(items, asStationError(cause));
    }
  }
}
