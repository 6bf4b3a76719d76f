import {
  type AccountRules,
  accountRulesSchema,
  defaultAccountRules,
  type ListedAccount,
  type Role,
} from '../contract/account.ts';
import { StationError } from '../contract/errors.ts';
import type { Store } from '../store/open-store.ts';
import { hashPassword, isPassword } from '../store/password-hash.ts';
import { stationActor } from '../store/store-context.ts';
import type { DeskSession } from './desk-session.ts';
import { demandGoodPassword } from './password-rules.ts';

const rulesKey = 'accountRules';

/** Wrong tries that anybody may make; from then on every further one doubles the wait. */
const freeTries = 5;
const firstWaitMs = 60_000;
const longestWaitMs = 30 * 60_000;

interface Credentials {
  readonly name: string;
  readonly password: string;
}

export interface AccountDeskOptions {
  /** Accounts are those of the real file in practice as well. */
  readonly store: Pick<Store, 'accounts' | 'settings' | 'audit'>;
  readonly session: DeskSession;
  readonly practice: boolean;
  readonly now: () => Date;
  /** Throws `recovery-key.*`. */
  readonly testRecoveryKey: (typed: string) => void;
}

/** Lets people in, and keeps who may come in. */
export class AccountDesk {
  readonly #options: AccountDeskOptions;
  /** Passwords are looked at one after another, or many could be tried at once before the first counts. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: AccountDeskOptions) {
    this.#options = options;
    options.session.idleMinutes = this.rules.idleMinutes;
    this.#bringSessionUpToDate();
  }

  get rules(): AccountRules {
    return this.#options.store.settings.get(rulesKey, accountRulesSchema) ?? defaultAccountRules;
  }

  set rules(rules: AccountRules) {
    const { store, session } = this.#options;
    store.settings.set(rulesKey, { ...rules });
    store.audit.append({ action: 'accounts.configured', subject: 'station', actor: session.person, detail: { rules } });
    session.idleMinutes = rules.idleMinutes;
  }

  get list(): ListedAccount[] {
    return this.#options.store.accounts.list();
  }

  get hasAccounts(): boolean {
    return this.list.length > 0;
  }

  signIn(credentials: Credentials): Promise<void> {
    return this.#inTurn(async () => {
      const account = await this.#verified(credentials);
      this.#enter(account);
    });
  }

  /** Whose name and password these are; throws as signing in does. The one at the desk stays. */
  verify(credentials: Credentials): Promise<ListedAccount> {
    return this.#inTurn(() => this.#verified(credentials));
  }

  changePassword(current: string, next: string): Promise<void> {
    const { session, store } = this.#options;
    return this.#inTurn(async () => {
      const { account } = session;
      if (account === undefined) throw new StationError('account.not-signed-in');
      await this.#verified({ name: account.name, password: current });
      demandGoodPassword(account.name, next);
      if (next.normalize('NFKC') === current.normalize('NFKC')) throw new StationError('account.password-unchanged');
      store.accounts.setPassword(account.id, await hashPassword(next), false, account.name);
      session.signIn(account, false);
    });
  }

  createFirst({ name, password }: Credentials): Promise<void> {
    const { accounts } = this.#options.store;
    return this.#inTurn(async () => {
      if (this.hasAccounts) throw new StationError('account.not-the-first');
      demandGoodPassword(name, password);
      const hash = await hashPassword(password);
      this.#enter(accounts.add({ name, role: 'administrator', password: hash, mustChange: false }, name));
    });
  }

  /** For an administrator whose password is lost: who holds the recovery key could open the data without this program. */
  recover({ name, password }: Credentials, recoveryKey: string): Promise<void> {
    const { accounts, audit } = this.#options.store;
    return this.#inTurn(async () => {
      this.#options.testRecoveryKey(recoveryKey);
      const account = accounts.named(name);
      if (account?.active !== true || account.role !== 'administrator') throw new StationError('account.unknown');
      demandGoodPassword(name, password);
      audit.append({ action: 'account.recovered', subject: account.id, actor: account.name });
      accounts.setPassword(account.id, await hashPassword(password), false, account.name);
      this.#enter(accounts.get(account.id));
    });
  }

  add({ name, password }: Credentials, role: Role): Promise<void> {
    const { accounts } = this.#options.store;
    return this.#inTurn(async () => {
      this.#demandAccounts();
      demandGoodPassword(name, password);
      const hash = await hashPassword(password);
      accounts.add({ name, role, password: hash, mustChange: true }, this.#person);
    });
  }

  resetPassword(id: string, password: string): Promise<void> {
    const { accounts } = this.#options.store;
    return this.#inTurn(async () => {
      demandGoodPassword(accounts.get(id).name, password);
      accounts.setPassword(id, await hashPassword(password), true, this.#person);
      this.#bringSessionUpToDate();
    });
  }

  setRole(id: string, role: Role): void {
    this.#options.store.accounts.setRole(id, role, this.#person);
    this.#bringSessionUpToDate();
  }

  setActive(id: string, active: boolean): void {
    this.#options.store.accounts.setActive(id, active, this.#person);
    this.#bringSessionUpToDate();
  }

  lock(): void {
    this.#noteLeaving('account.locked');
    this.#options.session.lock('wish');
  }

  signOut(): void {
    if (!this.hasAccounts) return;
    this.#noteLeaving('account.signed-out');
    this.#options.session.signOut();
  }

  get #person(): string {
    return this.#options.session.person;
  }

  /** The first account is its administrator's own; one that somebody else adds before would have nobody above it. */
  #demandAccounts(): void {
    if (!this.hasAccounts) throw new StationError('account.needed-first');
  }

  #enter(account: ListedAccount): void {
    const { store, session } = this.#options;
    store.audit.append({ action: 'account.signed-in', subject: account.id, actor: account.name });
    session.signIn(account, account.mustChange);
  }

  #noteLeaving(action: string): void {
    const { store, session } = this.#options;
    if (session.account === undefined) return;
    store.audit.append({ action, subject: session.account.id, actor: session.account.name });
  }

  async #verified({ name, password }: Credentials): Promise<ListedAccount> {
    const { accounts } = this.#options.store;
    this.#demandNoWait(name);
    accounts.countTry(name);
    const account = accounts.named(name);
    const right = await isPassword(password, account && accounts.passwordOf(account.id));
    if (account === undefined || !account.active || !right) throw this.#refusal(name, account);
    accounts.forgetTries(name);
    return account;
  }

  #refusal(name: string, account: ListedAccount | undefined): StationError {
    const { accounts, audit } = this.#options.store;
    const { failures = 0 } = accounts.tries(name) ?? {};
    if (account !== undefined) {
      audit.append({ action: 'account.refused', subject: account.id, actor: stationActor, detail: { failures } });
    }
    const seconds = this.#waitSeconds(name);
    return seconds > 0
      ? new StationError('account.wait', String(seconds))
      : new StationError('account.wrong-password', String(freeTries - failures));
  }

  #demandNoWait(name: string): void {
    const seconds = this.#waitSeconds(name);
    if (seconds > 0) throw new StationError('account.wait', String(seconds));
  }

  /** Never longer than the longest, also where the clock was set back meanwhile. */
  #waitSeconds(name: string): number {
    const { accounts } = this.#options.store;
    const tries = accounts.tries(name);
    if (tries === undefined || tries.failures < freeTries) return 0;
    const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (tries.failures - freeTries));
    const passedMs = Math.max(0, this.#options.now().getTime() - Date.parse(tries.triedAt));
    return Math.max(0, Math.ceil((waitMs - passedMs) / 1000));
  }

  /** Whoever is signed in may have another role now, or none. */
  #bringSessionUpToDate(): void {
    const { session, store, practice } = this.#options;
    if (!this.hasAccounts) return session.withoutAccounts(practice);
    const present = session.account && store.accounts.named(session.account.name);
    if (present?.active === true) session.signIn(present, present.mustChange);
    else if (session.state.state !== 'locked') session.signOut();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
