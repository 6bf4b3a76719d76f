import type { ErrorReport } from '../contract/basic.ts';
import type { Acceptance, Outcome, Present, Refused, RowVerdict } from '../platform/connector.ts';
import type { Outbox, OutboxItem } from '../store/outbox.ts';
import { suspected } from './delivery-plan.ts';

/** Moments for the next try, from how often was tried already. */
export interface DeliveryClock {
  now(): Date;
  askAgainAt(asked: number): Date;
  tryAgainAt(tried: number): Date;
  /** For a record of a project that is not connected now. */
  muchLater(): Date;
}

export type BookStore = Pick<
  Outbox,
  'together' | 'markAccepted' | 'markConfirmed' | 'markRetry' | 'markAgain' | 'markAttention'
>;

const waiting: ErrorReport = { code: 'platform.waiting' };

/** How often the platform may fail on a record by itself before a person is to look at it. */
const mostFailures = 5;

const isUpdate = (items: readonly OutboxItem[]) => items.length === 1 && items[0]?.update === true;

/**
 * Notes what the platform said about the records of one request, in one transaction. A record counts as delivered only
 * by the platform's own word. Where the platform refused a request for some of its records, the others go again, after
 * asking what became of them; who cannot be told apart goes alone.
 */
export class OutcomeBook {
  readonly #outbox: BookStore;
  readonly #clock: DeliveryClock;
  readonly #onConfirmed: (records: number) => void;
  /** Failures of the platform's own by record, since the start of the program. */
  readonly #failures = new Map<string, number>();

  constructor(outbox: BookStore, clock: DeliveryClock, onConfirmed: (records: number) => void) {
    this.#outbox = outbox;
    this.#clock = clock;
    this.#onConfirmed = onConfirmed;
  }

  /** What the platform said at once. */
  answered(items: readonly OutboxItem[], answer: Acceptance): void {
    this.#outbox.together(() => {
      if (answer.state === 'accepted') return this.#accepted(items, answer.serial);
      if (answer.state !== 'done') return this.#failed(items, answer);
      for (const { recordId } of items) this.#outbox.markAccepted(recordId, answer.serial);
      this.#confirmed(items);
    });
  }

  /** What became of an accepted request. */
  settled(items: readonly OutboxItem[], outcome: Outcome): void {
    this.#outbox.together(() => {
      switch (outcome.state) {
        case 'waiting':
          return this.wait(items, this.#clock.askAgainAt((items[0]?.attempts ?? 0) + 1));
        case 'done':
          return this.#confirmed(items);
        case 'failed':
          return items.forEach((item) => this.#failedThere(item, outcome.text));
        default:
          return this.#failed(items, outcome);
      }
    });
  }

  wait(items: readonly OutboxItem[], until: Date): void {
    this.#outbox.together(() => {
      for (const { recordId, inDoubt } of items) this.#outbox.markRetry(recordId, waiting, until, inDoubt);
    });
  }

  /** The platform has this worker: what we hold is newer or the same, so its copy is brought up to date. */
  present(items: readonly OutboxItem[]): void {
    this.#outbox.together(() => {
      for (const { recordId } of items) this.#outbox.markRetry(recordId, waiting, this.#clock.now(), false, true);
    });
  }

  refused(items: readonly OutboxItem[], { text, fields }: Pick<Refused, 'text' | 'fields'>): void {
    const detail = fields.join(' ');
    const error = { code: 'platform.record-refused' as const, ...(detail !== '' && { detail }) };
    this.#outbox.together(() => {
      for (const { recordId } of items) this.#outbox.markAttention(recordId, error, text);
    });
  }

  #accepted(items: readonly OutboxItem[], serial: string): void {
    const askAt = this.#clock.askAgainAt(0);
    for (const { recordId } of items) this.#outbox.markAccepted(recordId, serial, askAt);
  }

  #confirmed(items: readonly OutboxItem[]): void {
    for (const { recordId } of items) {
      this.#outbox.markConfirmed(recordId);
      this.#failures.delete(recordId);
    }
    this.#onConfirmed(items.length);
  }

  #failed(items: readonly OutboxItem[], failure: Present | Refused): void {
    if (items.length > 1) return this.#failedTogether(items, failure.rows ?? []);
    // An update that is answered with "already present" would be sent for ever.
    if (failure.state === 'refused') return this.refused(items, failure);
    if (isUpdate(items)) return this.refused(items, { text: failure.text, fields: [] });
    this.present(items);
  }

  #failedTogether(items: readonly OutboxItem[], rows: readonly RowVerdict[]): void {
    const verdicts = new Map(rows.map((verdict) => [verdict.row, verdict]));
    const others = rows.length === 0 ? suspected : waiting;
    items.forEach((item, row) => {
      const verdict = verdicts.get(row);
      if (verdict?.state === 'already-present') return this.present([item]);
      if (verdict?.state === 'refused') return this.refused([item], verdict);
      this.#outbox.markAgain(item.recordId, verdict === undefined ? others : suspected, this.#clock.now());
    });
  }

  /** Not the record's fault as far as anybody knows; but what the platform cannot digest must not go round for ever. */
  #failedThere({ recordId }: OutboxItem, text: string): void {
    const failures = (this.#failures.get(recordId) ?? 0) + 1;
    const error = { code: 'platform.failed-there' as const, detail: `${failures}` };
    if (failures >= mostFailures) {
      this.#failures.delete(recordId);
      return this.#outbox.markAttention(recordId, error, text === '' ? undefined : text);
    }
    this.#failures.set(recordId, failures);
    this.#outbox.markAgain(recordId, error, this.#clock.tryAgainAt(failures - 1));
  }
}
