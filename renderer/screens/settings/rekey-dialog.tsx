import { App, Button, Checkbox, Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';

interface TypedKey {
  readonly typed: string;
  readonly isLost: boolean;
}

function AskedKey({ value, onChange }: { readonly value: TypedKey; readonly onChange: (value: TypedKey) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <label htmlFor="rekey-recovery-key">{t('safety.rekeyTyped')}</label>
      <Input
        id="rekey-recovery-key"
        size="large"
        value={value.typed}
        maxLength={120}
        disabled={value.isLost}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange({ ...value, typed: event.target.value })}
      />
      <Checkbox checked={value.isLost} onChange={(event) => onChange({ ...value, isLost: event.target.checked })}>
        {t('safety.rekeyLost')}
      </Checkbox>
    </>
  );
}

/** Whether there is a recovery key that the new data key should open with; undefined until the station has answered. */
function useHasRecovery(): boolean | undefined {
  const client = useClient();
  const act = useAction();
  const [has, setHas] = useState<boolean>();
  useEffect(
    () => void act(async () => setHas((await client.call('keys.state', {})).recovery !== undefined)),
    [client, act],
  );
  return has;
}

/** Asks for the recovery key and changes the data key; how far that is shows in the place of all screens. */
export function RekeyDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const hasRecovery = useHasRecovery();
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState<TypedKey>({ typed: '', isLost: false });
  const isTyped = hasRecovery === true && !key.isLost;
  const change = async () => {
    setBusy(true);
    const done = await act(async () => {
      const { cancelled } = await client.call('keys.rekey', isTyped ? { recoveryKey: key.typed } : {});
      if (cancelled) void message.info(t('safety.rekeyCancelled'));
      else void message.success(t(isTyped ? 'safety.rekeyed' : 'safety.rekeyedMakeRecovery'));
    });
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Modal open onCancel={onClose} title={t('safety.rekey')} footer={null} width="40rem" maskClosable={false}>
      <form
        className="settings__key-dialog"
        data-testid="rekey-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <p>{t('safety.rekeyText')}</p>
        {hasRecovery === true && <AskedKey value={key} onChange={setKey} />}
        {hasRecovery === false && <p>{t('safety.rekeyNoRecovery')}</p>}
        <div className="settings__buttons">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button
            type="primary"
            htmlType="submit"
            loading={busy}
            disabled={hasRecovery === undefined || (isTyped && key.typed.trim() === '')}
          >
            {t('safety.rekeyStart')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
