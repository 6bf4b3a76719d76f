import type { accountCalls } from '../contract/account-calls.ts';
import type { Handlers } from '../rpc/server.ts';
import type { AccountDesk } from './account-desk.ts';
import type { DeskSession } from './desk-session.ts';

type AccountHandlers = Pick<Handlers, keyof typeof accountCalls>;
type SessionCall =
  'state' | 'sign-in' | 'lock' | 'sign-out' | 'active' | 'change-password' | 'create-first' | 'recover';
type SessionHandlers = Pick<AccountHandlers, `account.${SessionCall}`>;

function sessionHandlers(accounts: AccountDesk, session: DeskSession): SessionHandlers {
  const state = async () => session.state;
  return {
    'account.state': state,
    'account.sign-in': (credentials) => accounts.signIn(credentials).then(state),
    'account.lock': () => {
      accounts.lock();
      return state();
    },
    'account.sign-out': () => {
      accounts.signOut();
      return state();
    },
    'account.active': async () => {
      session.active();
      return {};
    },
    'account.change-password': ({ current, next }) => accounts.changePassword(current, next).then(state),
    'account.create-first': (credentials) => accounts.createFirst(credentials).then(state),
    'account.recover': ({ recoveryKey, ...credentials }) => accounts.recover(credentials, recoveryKey).then(state),
  };
}

/** The calls about who is at the desk and who may be. */
export function accountHandlers(accounts: AccountDesk, session: DeskSession): AccountHandlers {
  const list = async () => ({ accounts: accounts.list });
  return {
    ...sessionHandlers(accounts, session),
    'account.list': list,
    'account.add': ({ role, ...credentials }) => accounts.add(credentials, role).then(list),
    'account.set-role': ({ id, role }) => {
      accounts.setRole(id, role);
      return list();
    },
    'account.set-active': ({ id, active }) => {
      accounts.setActive(id, active);
      return list();
    },
    'account.reset-password': ({ id, password }) => accounts.resetPassword(id, password).then(list),
    'account.rules': async () => accounts.rules,
    'account.set-rules': async (rules) => {
      accounts.rules = rules;
      return accounts.rules;
    },
  };
}
