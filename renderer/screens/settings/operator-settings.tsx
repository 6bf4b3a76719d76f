import { App, Button, Segmented, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AccountRules, type ListedAccount, type Role, roles } from '../../../native-bridge/contract/account.ts';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient, useStation } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { FirstAccountForm } from '../sign-in/first-account-form.tsx';
import { AddOperatorDialog, ResetPasswordDialog } from './operator-dialogs.tsx';
import './operators.css';

type Accounts = Result<'account.list'>;

interface LineProps {
  readonly account: ListedAccount;
  readonly onAccounts: (accounts: Accounts) => void;
  readonly onReset: (account: ListedAccount) => void;
}

function OperatorLine({ account, onAccounts, onReset }: LineProps) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const { id, name, role, active, mustChange } = account;
  const setRole = (to: Role) => act(async () => onAccounts(await client.call('account.set-role', { id, role: to })));
  const setActive = () => act(async () => onAccounts(await client.call('account.set-active', { id, active: !active })));
  return (
    <li className={active ? 'operator' : 'operator operator--inactive'} data-testid={`operator-${name}`}>
      <div className="operator__who">
        <strong title={name}>{name}</strong>
        <span className="operator__state">
          {!active && t('operators.inactive')}
          {active && mustChange && t('operators.mustChange')}
        </span>
      </div>
      <Select<Role>
        value={role}
        disabled={!active}
        onChange={(to) => void setRole(to)}
        aria-label={t('operators.role')}
        options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
      />
      <Button disabled={!active} onClick={() => onReset(account)}>
        {t('operators.reset')}
      </Button>
      <Button danger={active} onClick={() => void setActive()}>
        {t(active ? 'operators.deactivate' : 'operators.activate')}
      </Button>
    </li>
  );
}

const idleChoices = [2, 5, 10, 20, 30, 60] as const;

function Rules() {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const [rules, setRules] = useState<AccountRules>();
  useEffect(() => void act(async () => setRules(await client.call('account.rules', {}))), [client, act]);
  if (rules === undefined) return null;
  const set = (part: Partial<AccountRules>) =>
    void act(async () => setRules(await client.call('account.set-rules', { ...rules, ...part })));
  return (
    <>
      <div className="settings__switch">
        <div>
          <strong>{t('operators.idle')}</strong>
          <span>{t('operators.idleText')}</span>
        </div>
        <Select<number>
          className="operators__minutes"
          value={rules.idleMinutes}
          onChange={(idleMinutes) => set({ idleMinutes })}
          aria-label={t('operators.idle')}
          options={idleChoices.map((value) => ({ value, label: t('operators.minutes', { count: value }) }))}
        />
      </div>
      <div className="settings__switch">
        <div>
          <strong>{t('operators.ownReview')}</strong>
          <span>{t('operators.ownReviewText')}</span>
        </div>
        <Segmented<boolean>
          value={rules.ownReview}
          onChange={(ownReview) => set({ ownReview })}
          aria-label={t('operators.ownReview')}
          options={[
            { value: false, label: t('operators.off') },
            { value: true, label: t('operators.on') },
          ]}
        />
      </div>
    </>
  );
}

function Operators() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [accounts, setAccounts] = useState<Accounts>();
  const [adding, setAdding] = useState(false);
  const [resetting, setResetting] = useState<ListedAccount>();
  useEffect(() => void act(async () => setAccounts(await client.call('account.list', {}))), [client, act]);
  if (accounts === undefined) return null;
  return (
    <>
      <ul className="operators">
        {accounts.accounts.map((account) => (
          <OperatorLine key={account.id} account={account} onAccounts={setAccounts} onReset={setResetting} />
        ))}
      </ul>
      <Button type="primary" onClick={() => setAdding(true)} data-testid="add-operator">
        {t('operators.add')}
      </Button>
      <Rules />
      {adding && (
        <AddOperatorDialog
          onClose={() => setAdding(false)}
          onAdded={(now, name) => {
            setAccounts(now);
            setAdding(false);
            void message.success(t('operators.added', { name }));
          }}
        />
      )}
      {resetting && (
        <ResetPasswordDialog
          account={resetting}
          onClose={() => setResetting(undefined)}
          onReset={(now) => {
            setAccounts(now);
            setResetting(undefined);
            void message.success(t('operators.saved'));
          }}
        />
      )}
    </>
  );
}

/** Who may work at this desk; while nobody has an account, the way to the first one. */
export function OperatorSettings() {
  const { t } = useTranslation();
  const withoutAccounts = useStation(({ account }) => account?.state === 'practice');
  return (
    <section className="settings__section" data-testid="operator-settings">
      <h2>{t('operators.title')}</h2>
      {withoutAccounts ? (
        <>
          <p>{t('operators.none')}</p>
          <FirstAccountForm />
        </>
      ) : (
        <Operators />
      )}
    </section>
  );
}
