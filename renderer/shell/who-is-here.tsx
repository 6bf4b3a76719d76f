import { App, Dropdown, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useStation } from '../client/station-context.tsx';
import { useAction } from '../components/action.ts';
import { PersonIcon } from '../components/icons.tsx';
import { useShortcut } from '../components/shortcut.ts';
import { NewPasswordForm } from '../screens/sign-in/new-password-form.tsx';

/** Who is at the desk, and how to leave it. Nobody in training without accounts. */
export function WhoIsHere() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const account = useStation((snapshot) =>
    snapshot.account?.state === 'signed-in' ? snapshot.account.account : undefined,
  );
  const [changing, setChanging] = useState(false);
  const lock = () => void act(() => client.call('account.lock', {}));
  useShortcut('F9', account !== undefined, lock);
  if (account === undefined) return null;
  const role = t(`role.${account.role}`);
  const items = [
    { key: 'lock', label: `${t('who.lock')} · F9`, onClick: lock },
    { key: 'out', label: t('who.signOut'), onClick: () => void act(() => client.call('account.sign-out', {})) },
    { type: 'divider' as const },
    { key: 'password', label: t('who.change'), onClick: () => setChanging(true) },
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']}>
        <button
          type="button"
          className="top-bar__person"
          title={t('who.label', { name: account.name, role })}
          data-testid="who-is-here"
        >
          <PersonIcon />
          <strong>{account.name}</strong>
          <span>{role}</span>
        </button>
      </Dropdown>
      <Modal
        open={changing}
        title={t('signIn.changeTitle')}
        footer={null}
        onCancel={() => setChanging(false)}
        destroyOnHidden
      >
        <NewPasswordForm
          once={false}
          onChanged={() => {
            setChanging(false);
            void message.success(t('signIn.changed'));
          }}
        />
      </Modal>
    </>
  );
}
