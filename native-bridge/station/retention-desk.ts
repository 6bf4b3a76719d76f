import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { instantSchema } from '../contract/basic.ts';
import type { PlatformState } from '../contract/station.ts';
import type { Store } from '../store/open-store.ts';
import type { RetentionSlice } from '../store/retention.ts';

export interface RetentionDeskOptions {
  readonly store: Pick<Store, 'retention' | 'settings'>;
  readonly platform: () => PlatformState;
  readonly now: () => Date;
  readonly onDraftErased: (id: string) => void;
  readonly onErased: () => void;
}

/** How often is looked whether a pass is due, in milliseconds. */
const lookMs = 10 * 60_000;
const dayMs = 86_400_000;

/** A clock further off than this, in seconds, erases nothing: it may be off by years. */
const trustedSeconds = 300;

/** Longest time between two looks, with the station switched off, over which a clock is believed by itself. */
const plausibleMs = 7 * dayMs;

const lastPassKey = 'retention.last-pass-at';
/** When the clock was last believed. */
const lastLookKey = 'retention.last-look-at';

/** Erases once a day what is no longer to be kept, a little at a time. */
export class RetentionDesk {
  readonly #options: RetentionDeskOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: RetentionDeskOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), lookMs);
  }

  /** Ends after the slice under way; the next pass finds the rest. */
  async close(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Makes a pass if one is due. Trouble of the store is met again, and told, by whoever uses it next. */
  async look(): Promise<void> {
    const pass = this.#running.then(() => this.#passIfDue()).catch(() => undefined);
    this.#running = pass;
    await pass;
  }

  async #passIfDue(): Promise<void> {
    if (this.#stopped || !this.#isClockTrusted()) return;
    this.#note(lastLookKey);
    if (!this.#isDue()) return;
    await this.#eraseDrafts();
    this.#options.store.retention.eraseExpected();
    if (!(await this.#pass())) return;
    this.#options.store.retention.finish();
    this.#note(lastPassKey);
    this.#options.onErased();
  }

  #note(key: string): void {
    this.#options.store.settings.set(key, this.#options.now().toISOString());
  }

  /** Nothing that was erased can be brought back, so a clock that has jumped has to be confirmed by the platform first. */
  #isClockTrusted(): boolean {
    const { clockDifferenceSeconds: difference, lastSuccessAt } = this.#options.platform();
    if (difference !== undefined && Math.abs(difference) > trustedSeconds) return false;
    const lastLook = this.#options.store.settings.get(lastLookKey, instantSchema);
    const isConfirmed = difference !== undefined && this.#isNear(lastSuccessAt, dayMs);
    return isConfirmed || this.#isNear(lastLook, plausibleMs);
  }

  #isNear(moment: string | undefined, milliseconds: number): boolean {
    return moment !== undefined && Math.abs(this.#options.now().getTime() - Date.parse(moment)) <= milliseconds;
  }

  #isDue(): boolean {
    const last = this.#options.store.settings.get(lastPassKey, instantSchema);
    return last === undefined || Math.abs(this.#options.now().getTime() - Date.parse(last)) >= dayMs;
  }

  async #eraseDrafts(): Promise<void> {
    const { retention } = this.#options.store;
    for (let due = retention.dueDrafts(); due.length > 0; due = retention.dueDrafts()) {
      for (const id of due) {
        retention.eraseDraft(id);
        this.#options.onDraftErased(id);
      }
      await turnOfTheLoop();
      if (this.#stopped) return;
    }
  }

  /** True when it came to the end. Everybody else gets a turn between two slices. */
  async #pass(): Promise<boolean> {
    let slice: RetentionSlice = this.#options.store.retention.slice();
    while (slice.next !== undefined && !this.#stopped) {
      await turnOfTheLoop();
      if (!this.#stopped) slice = this.#options.store.retention.slice(slice.next);
    }
    return slice.next === undefined;
  }
}
