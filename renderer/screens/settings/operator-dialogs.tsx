import { Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ListedAccount, type Role, roles } from '../../../native-bridge/contract/account.ts';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient } from '../../client/station-context.tsx';
import { PasswordField, TextField } from '../sign-in/credentials.tsx';
import { RefusalLine } from '../sign-in/refusal-line.tsx';
import { useRefusal } from '../sign-in/use-refusal.ts';

type Accounts = Result<'account.list'>;

interface AddProps {
  readonly onClose: () => void;
  readonly onAdded: (accounts: Accounts, name: string) => void;
}

export function AddOperatorDialog({ onClose, onAdded }: AddProps) {
  const { t } = useTranslation();
  const client = useClient();
  const refusal = useRefusal();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const add = () =>
    refusal.attempt(async () => onAdded(await client.call('account.add', { name, password, role }), name.trim()));
  return (
    <Modal
      open
      title={t('operators.addTitle')}
      okText={t('operators.add')}
      cancelText={t('app.cancel')}
      onCancel={onClose}
      onOk={() => void add()}
      confirmLoading={refusal.busy}
      okButtonProps={{ disabled: name.trim().length < 2 || password === '' }}
    >
      <div className="credentials">
        <p>{t('operators.addText')}</p>
        <TextField id="operator-name" label={t('signIn.name')} value={name} onChange={setName} autoFocus />
        <div className="credentials__field">
          <label id="operator-role">{t('operators.role')}</label>
          <Segmented<Role>
            value={role}
            onChange={setRole}
            aria-labelledby="operator-role"
            options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
          />
          <small>{t(`roleText.${role}`)}</small>
        </div>
        <PasswordField
          id="operator-password"
          label={t('operators.oncePassword')}
          value={password}
          onChange={setPassword}
          hint={t('signIn.rule')}
        />
        <RefusalLine refusal={refusal} />
      </div>
    </Modal>
  );
}

interface ResetProps {
  readonly account: ListedAccount;
  readonly onClose: () => void;
  readonly onReset: (accounts: Accounts) => void;
}

export function ResetPasswordDialog({ account, onClose, onReset }: ResetProps) {
  const { t } = useTranslation();
  const client = useClient();
  const refusal = useRefusal();
  const [password, setPassword] = useState('');
  const reset = () =>
    refusal.attempt(async () => onReset(await client.call('account.reset-password', { id: account.id, password })));
  return (
    <Modal
      open
      title={t('operators.resetTitle', { name: account.name })}
      okText={t('operators.reset')}
      cancelText={t('app.cancel')}
      onCancel={onClose}
      onOk={() => void reset()}
      confirmLoading={refusal.busy}
      okButtonProps={{ disabled: password === '' }}
    >
      <div className="credentials">
        <p>{t('operators.addText')}</p>
        <PasswordField
          id="reset-password"
          label={t('operators.oncePassword')}
          value={password}
          onChange={setPassword}
          hint={t('signIn.rule')}
          autoFocus
        />
        <RefusalLine refusal={refusal} />
      </div>
    </Modal>
  );
}
