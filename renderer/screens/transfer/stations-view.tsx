import { App, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransferState } from '../../../native-bridge/contract/transfer-calls.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';

interface LineProps {
  readonly label: string;
  readonly hint?: string;
  readonly initial: string;
  readonly button: string;
  readonly testId: string;
  readonly onSubmit: (text: string) => void;
}

function LineForm({ label, hint, initial, button, testId, onSubmit }: LineProps) {
  const [text, setText] = useState(initial);
  return (
    <fieldset className="transfer__field">
      <legend>{label}</legend>
      <form
        className="transfer__row"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(text.trim());
        }}
      >
        <Input value={text} onChange={({ target }) => setText(target.value)} aria-label={label} data-testid={testId} />
        <button type="submit" className="plain-button" disabled={text.trim() === ''} data-testid={`${testId}-do`}>
          {button}
        </button>
      </form>
      {hint !== undefined && <p className="transfer__hint">{hint}</p>}
    </fieldset>
  );
}

function Named({ name, fingerprint, children }: { name: string; fingerprint: string; children?: ReactNode }) {
  return (
    <li className="earlier">
      <div>
        <strong>{name}</strong>
        <span className="transfer__mono">{fingerprint}</span>
      </div>
      {children}
    </li>
  );
}

interface Props {
  readonly state: TransferState;
  readonly onState: (state: TransferState) => void;
}

/** This station's name, fingerprint and code, and the stations that it trusts. */
export function StationsView({ state, onState }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const { own, stations } = state;
  const rename = (name: string) => act(async () => onState(await client.call('transfer.rename', { name })));
  const trust = (code: string) =>
    act(async () => {
      onState(await client.call('transfer.trust', { code }));
      void message.success(t('transfer.added'));
    });
  const copy = () =>
    act(async () => {
      await navigator.clipboard.writeText(own.code);
      void message.success(t('transfer.copied'));
    });
  return (
    <div className="transfer__form" data-testid="transfer-stations">
      <LineForm
        label={t('transfer.ownName')}
        initial={own.name}
        button={t('transfer.rename')}
        testId="station-name"
        onSubmit={(name) => void rename(name)}
      />
      <fieldset className="transfer__field">
        <legend>{t('transfer.ownCode')}</legend>
        <div className="transfer__row">
          <Input value={own.code} readOnly aria-label={t('transfer.ownCode')} data-testid="own-code" />
          <button type="button" className="plain-button" onClick={() => void copy()}>
            {t('transfer.copyCode')}
          </button>
        </div>
        <p className="transfer__hint">
          {t('transfer.fingerprint')} <b className="transfer__mono">{own.fingerprint}</b> · {t('transfer.ownCodeText')}
        </p>
      </fieldset>
      <LineForm
        label={t('transfer.add')}
        hint={t('transfer.addText')}
        initial=""
        button={t('transfer.addButton')}
        testId="station-code"
        onSubmit={(code) => void trust(code)}
      />
      <fieldset className="transfer__field">
        <legend>{t('transfer.knownStations')}</legend>
        {stations.length === 0 && <p className="transfer__hint">{t('transfer.noKnown')}</p>}
        <ul className="transfer__list">
          {stations.map((station) => (
            <Named key={station.fingerprint} {...station} />
          ))}
        </ul>
      </fieldset>
    </div>
  );
}
