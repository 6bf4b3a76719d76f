import { App, Button, Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { PrintRecoveryKey } from '../../print/recovery-sheet.tsx';

/** `replace` asks first, `show` makes the key and shows it once, `test` only checks what was written down. */
export type KeyStep = 'replace' | 'show' | 'test';

function ShownKey() {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const [key, setKey] = useState<string>();
  useEffect(
    () => void act(async () => setKey((await client.call('keys.make-recovery', {})).recoveryKey)),
    [client, act],
  );
  if (key === undefined) return null;
  const groups = key.split('-');
  return (
    <>
      <p>{t('safety.shownOnce')}</p>
      <output className="settings__key" data-testid="recovery-key-text">
        {groups.map((group) => (
          <span key={group}>{group}</span>
        ))}
      </output>
      <div className="settings__buttons">
        <PrintRecoveryKey groups={groups} place="cover" />
      </div>
    </>
  );
}

function TypedKey({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [typed, setTyped] = useState('');
  const check = async () => {
    if (!(await act(() => client.call('keys.test-recovery', { recoveryKey: typed })))) return;
    void message.success(t('safety.correct'));
    onDone();
  };
  return (
    <form
      className="settings__typed-key"
      onSubmit={(event) => {
        event.preventDefault();
        void check();
      }}
    >
      <label htmlFor="typed-recovery-key">{t('safety.typeIt')}</label>
      <Input
        id="typed-recovery-key"
        size="large"
        value={typed}
        maxLength={120}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="primary" htmlType="submit" disabled={typed.trim() === ''}>
        {t('safety.check')}
      </Button>
    </form>
  );
}

interface Props {
  readonly first: KeyStep;
  readonly onClose: () => void;
}

/** Makes, shows and checks the administrator's recovery key. */
export function RecoveryKeyDialog({ first, onClose }: Props) {
  const { t } = useTranslation();
  const [step, setStep] = useState(first);
  return (
    <Modal open onCancel={onClose} title={t('safety.makeTitle')} footer={null} width="40rem" maskClosable={false}>
      <div className="settings__key-dialog" data-testid="recovery-key-dialog">
        {step === 'replace' && (
          <>
            <p>{t('safety.replaceText')}</p>
            <div className="settings__buttons">
              <Button onClick={onClose}>{t('app.cancel')}</Button>
              <Button type="primary" danger onClick={() => setStep('show')}>
                {t('safety.continue')}
              </Button>
            </div>
          </>
        )}
        {step === 'show' && <ShownKey />}
        {step !== 'replace' && <TypedKey onDone={onClose} />}
      </div>
    </Modal>
  );
}
