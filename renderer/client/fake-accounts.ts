import {
  type AccountRules,
  type AccountState,
  defaultAccountRules,
  type ListedAccount,
  type Role,
} from '../../native-bridge/contract/account.ts';
import type { accountCalls } from '../../native-bridge/contract/account-calls.ts';
import { StationError } from '../../native-bridge/contract/errors.ts';
import type { Argument, Result } from '../../native-bridge/contract/station.ts';

/* People at the desk, for looking at the screens; not part of the product. */

type Calls = typeof accountCalls;
type Handlers = { readonly [N in keyof Calls]: (argument: Argument<N>) => Result<N> };

const listed = (name: string, role: Role, part: Partial<ListedAccount> = {}): ListedAccount => ({
  id: crypto.randomUUID(),
  name,
  role,
  active: true,
  mustChange: false,
  createdBy: '莫管理',
  createdAt: '2026-03-01T01:00:00.000Z',
  passwordChangedAt: '2026-03-02T01:00:00.000Z',
  ...part,
});

export class FakeAccounts {
  accounts: readonly ListedAccount[] = [
    listed('莫管理', 'administrator'),
    listed('黄主管', 'supervisor'),
    listed('莫经办', 'operator'),
    listed('陆新人', 'operator', { mustChange: true }),
    listed('谭前任', 'operator', { active: false }),
  ];
  state: AccountState;
  rules: AccountRules = defaultAccountRules;
  /** What the next sign-in gives. */
  refusal: StationError | undefined;
  readonly #onChanged: (state: AccountState) => void;

  constructor(onChanged: (state: AccountState) => void) {
    this.#onChanged = onChanged;
    this.state = this.#signedIn('莫管理');
  }

  as(name: string): void {
    this.#become(this.#signedIn(name));
  }

  #signedIn(name: string): AccountState {
    const account = this.accounts.find((each) => each.name === name);
    if (account === undefined) throw new StationError('account.wrong-password', '4');
    const { id, role, mustChange } = account;
    return { state: mustChange ? 'new-password' : 'signed-in', account: { id, name, role } };
  }

  #become(state: AccountState): AccountState {
    this.state = state;
    this.#onChanged(state);
    return state;
  }

  #change(id: string, part: Partial<ListedAccount>): { accounts: ListedAccount[] } {
    this.accounts = this.accounts.map((each) => (each.id === id ? { ...each, ...part } : each));
    return this.#list();
  }

  #list = () => ({ accounts: [...this.accounts] });

  readonly handlers: Handlers = {
    'account.state': () => this.state,
    'account.sign-in': ({ name }) => {
      if (this.refusal !== undefined) throw this.refusal;
      return this.#become(this.#signedIn(name));
    },
    'account.lock': () =>
      this.#become({ state: 'locked', why: 'wish', ...('account' in this.state && this.state.account) }),
    'account.sign-out': () => this.#become({ state: 'locked', why: 'start' }),
    'account.active': () => ({}),
    'account.change-password': () =>
      'account' in this.state ? this.#become({ state: 'signed-in', account: this.state.account }) : this.state,
    'account.create-first': ({ name }) => {
      this.accounts = [listed(name, 'administrator')];
      return this.#become(this.#signedIn(name));
    },
    'account.recover': ({ name }) => this.#become(this.#signedIn(name)),
    'account.list': this.#list,
    'account.add': ({ name, role }) => {
      this.accounts = [...this.accounts, listed(name, role, { mustChange: true })];
      return this.#list();
    },
    'account.set-role': ({ id, role }) => this.#change(id, { role }),
    'account.set-active': ({ id, active }) => this.#change(id, { active }),
    'account.reset-password': ({ id }) => this.#change(id, { mustChange: true }),
    'account.rules': () => this.rules,
    'account.set-rules': (rules) => (this.rules = rules),
  };
}
