import { isDeepStrictEqual } from 'node:util';
import type { Access } from '../contract/access.ts';
import { type Account, type AccountState, defaultAccountRules, hasRole } from '../contract/account.ts';
import { StationError } from '../contract/errors.ts';
import { stationActor } from '../store/store-context.ts';

/** Whom records of practice name while nobody has an account. */
export const practicePerson = '练习';

const minuteMs = 60_000;

/**
 * Who is at the desk: one person at a time, whichever page speaks. It is kept in memory only, so that a page that loads
 * anew goes on and a bridge that starts anew asks again.
 */
export class DeskSession {
  readonly #onChanged: (state: AccountState) => void;
  #state: AccountState = { state: 'locked', why: 'start' };
  #idleMs = defaultAccountRules.idleMinutes * minuteMs;
  #activeAt = Date.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(onChanged: (state: AccountState) => void) {
    this.#onChanged = onChanged;
  }

  get state(): AccountState {
    return this.#state;
  }

  get account(): Account | undefined {
    return 'account' in this.#state ? this.#state.account : undefined;
  }

  /** Whether what is told of people has somebody to be told to. */
  get isOpen(): boolean {
    return this.#state.state === 'signed-in' || this.#state.state === 'practice';
  }

  /** For the trail. */
  get person(): string {
    return this.account?.name ?? (this.#state.state === 'practice' ? practicePerson : stationActor);
  }

  /** Throws `account.*` when whoever is at the desk may not do what needs this role. */
  demand(least: Access): void {
    if (least === 'anyone') return;
    this.#lockIfIdle();
    const now = this.#state;
    if (now.state === 'practice') return;
    if (now.state === 'new-password') throw new StationError('account.new-password-required');
    if (now.state !== 'signed-in') throw new StationError('account.not-signed-in');
    if (!hasRole(now.account.role, least)) throw new StationError('account.role-too-low', least);
  }

  /** For what comes from the desk itself and not by a call: it needs somebody there, and shows that somebody is. */
  demandSomebody(): void {
    this.demand('operator');
    this.active();
  }

  /** While nobody has an account: training is free, a real project waits for its administrator. */
  withoutAccounts(practice: boolean): void {
    this.#become({ state: practice ? 'practice' : 'first' });
  }

  signIn({ id, name, role }: Account, mustChange: boolean): void {
    this.#become({ state: mustChange ? 'new-password' : 'signed-in', account: { id, name, role } });
    this.#keepWatch();
  }

  /** Nothing but the door closes: a draft stays as it is. Without effect where nobody is signed in. */
  lock(why: 'wish' | 'idle'): void {
    if (this.account !== undefined) this.#become({ state: 'locked', why, name: this.account.name });
  }

  /** Nobody is here, and nobody was. */
  signOut(): void {
    this.#become({ state: 'locked', why: 'start' });
  }

  /** A sign of life from the desk. */
  active(): void {
    this.#lockIfIdle();
    this.#activeAt = Date.now();
    this.#timer?.refresh();
  }

  set idleMinutes(minutes: number) {
    this.#idleMs = minutes * minuteMs;
    if (this.account !== undefined) this.#keepWatch();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /** Timers stand still while the machine sleeps; its clock does not. */
  #lockIfIdle(): void {
    if (Date.now() - this.#activeAt >= this.#idleMs) this.lock('idle');
  }

  #keepWatch(): void {
    clearTimeout(this.#timer);
    this.#activeAt = Date.now();
    this.#timer = setTimeout(() => this.lock('idle'), this.#idleMs);
    this.#timer.unref();
  }

  #become(state: AccountState): void {
    if (isDeepStrictEqual(state, this.#state)) return;
    this.#state = state;
    if (this.account === undefined) clearTimeout(this.#timer);
    this.#onChanged(state);
  }
}
