import { z } from 'zod';

/** `true`: until cleared. A number: for the next that many requests. */
const timesSchema = z.union([z.boolean(), z.int().min(0)]);

const TEN_YEARS_MS = 10 * 366 * 24 * 3600 * 1000;

export const faultsSchema = z.strictObject({
  /** Every call is reset at once, unread. (stop() is the other kind of "down": the connection is refused.) */
  down: z.boolean().default(false),
  /** Reset after the request was read but before anything was done. */
  resetBefore: timesSchema.default(0),
  /** Everything is done, then the connection is reset instead of an answer. */
  loseAnswer: timesSchema.default(0),
  /** Everything is done, then half of the answer leaves and the connection ends. */
  cutAnswer: timesSchema.default(0),
  /** The request arrives twice, as from a gateway that repeats what it had no answer to; the second answer is the one that leaves. */
  deliverTwice: timesSchema.default(0),
  /** Status 200 with an HTML page, as a gateway or a hotel portal answers; nothing is done. */
  htmlAnswer: timesSchema.default(0),
  /** Status 500 with the text `Internal Error`; nothing is done. */
  http500: timesSchema.default(0),
  /** Code -5; nothing is done. */
  busy: timesSchema.default(0),
  /** Everything is done at once, but each answer waits this long, milliseconds. */
  slowMs: z.int().min(0).max(600_000).default(0),
  /** The platform's own clock is ahead by this, or behind where it is negative, milliseconds; its queue goes by that clock too. */
  clockOffMs: z.int().min(-TEN_YEARS_MS).max(TEN_YEARS_MS).default(0),
  /** Code -3 for every account. */
  authRevoked: z.boolean().default(false),
  /** Writes accepted meanwhile fail in the asynchronous part with this text; empty: no fault. */
  failAsync: z.string().max(500).default(''),
  /** Limits all faults but `down` and `clockOffMs` to these methods; empty: all methods. */
  onlyMethods: z.array(z.string().max(60)).max(40).default([]),
});

export type Faults = z.infer<typeof faultsSchema>;
export type FaultsPatch = Partial<Faults>;
export const faultsPatchSchema = faultsSchema.partial();

type CountedFault = 'resetBefore' | 'loseAnswer' | 'cutAnswer' | 'deliverTwice' | 'htmlAnswer' | 'http500' | 'busy';

/** What stands in for a normal answer to one request. */
export interface PlannedFaults {
  readonly instead: 'resetBefore' | 'htmlAnswer' | 'http500' | 'busy' | undefined;
  readonly deliverTwice: boolean;
  /** What becomes of the answer after everything was done. */
  readonly afterwards: 'loseAnswer' | 'cutAnswer' | undefined;
  readonly slowMs: number;
  readonly authRevoked: boolean;
  readonly failAsync: string;
}

const NO_FAULTS: PlannedFaults = {
  instead: undefined,
  deliverTwice: false,
  afterwards: undefined,
  slowMs: 0,
  authRevoked: false,
  failAsync: '',
};

/** The switches for scripted trouble. Counted faults run out by themselves. */
export class FaultBoard {
  #faults: Faults = faultsSchema.parse({});

  current(): Faults {
    return structuredClone(this.#faults);
  }

  /** Changes only the named switches. Throws a ZodError for values that make no sense. */
  set(patch: FaultsPatch): void {
    this.#faults = faultsSchema.parse({ ...this.#faults, ...patch });
  }

  clear(): void {
    this.#faults = faultsSchema.parse({});
  }

  /** Decides the fate of one request and uses up the counted faults it meets. */
  plan(method: string): PlannedFaults {
    const { onlyMethods, slowMs, authRevoked, failAsync } = this.#faults;
    if (onlyMethods.length > 0 && !onlyMethods.includes(method)) return NO_FAULTS;
    const instead = (['resetBefore', 'http500', 'htmlAnswer', 'busy'] as const).find((name) => this.#take(name));
    const deliverTwice = instead === undefined && this.#take('deliverTwice');
    const afterwards =
      instead === undefined ? (['loseAnswer', 'cutAnswer'] as const).find((name) => this.#take(name)) : undefined;
    return { instead, deliverTwice, afterwards, slowMs, authRevoked, failAsync };
  }

  #take(name: CountedFault): boolean {
    const left = this.#faults[name];
    if (typeof left === 'boolean') return left;
    if (left === 0) return false;
    this.#faults = { ...this.#faults, [name]: left - 1 };
    return true;
  }
}
