import { App } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedTransfer } from '../../../native-bridge/contract/transfer-calls.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { momentText } from '../../components/moment.ts';
import { chosenPlace, PlaceChoice } from './place-choice.tsx';
import { usePlaces } from './use-transfer.ts';

interface RowProps {
  readonly transfer: ListedTransfer;
  readonly onResume: (() => void) | undefined;
  readonly onTakeBack: () => void;
}

/** Copies and receipts give nothing away: there is nothing to take back of one that was given up. */
const endOf = ({ kind, state }: ListedTransfer) =>
  state === 'taken-back' && kind !== 'hand-over' ? 'cancelled' : state;

function Row({ transfer, onResume, onTakeBack }: RowProps) {
  const { t, i18n } = useTranslation();
  const { kind, state, records, handedOver, startedAt, fileName, peerName } = transfer;
  return (
    <li className="earlier" data-testid="earlier-export">
      <div>
        <strong>
          {t(`transfer.kind.${kind}`)} · {records} · {momentText(startedAt, i18n.language)}
          {peerName !== undefined && ` · ${peerName}`}
        </strong>
        <span className="transfer__mono">{fileName}</span>
      </div>
      <div className={`earlier__state earlier__state--${state}`}>
        <span>{t(`transfer.stateOf.${endOf(transfer)}`)}</span>
        {handedOver > 0 && <span>{t('transfer.waiting', { count: handedOver })}</span>}
      </div>
      {state === 'open' && (
        <button type="button" className="plain-button" disabled={!onResume} onClick={onResume} data-testid="resume">
          {t('transfer.resume')}
        </button>
      )}
      {state !== 'taken-back' && (handedOver > 0 || state === 'open') && (
        <button type="button" className="plain-button plain-button--bad" onClick={onTakeBack} data-testid="take-back">
          {t('transfer.takeBack')}
        </button>
      )}
    </li>
  );
}

function useExports() {
  const client = useClient();
  const act = useAction();
  const [transfers, setTransfers] = useState<readonly ListedTransfer[]>();
  const ask = useCallback(
    () =>
      act(async () => {
        const listed = (await client.call('transfer.list', {})).transfers;
        setTransfers(listed.filter(({ direction }) => direction === 'out'));
      }),
    [client, act],
  );
  useEffect(() => void ask(), [ask]);
  return { transfers, ask };
}

interface Props {
  readonly onStarted: () => void;
  readonly onChanged: () => void;
}

/** Packages made here: what was not finished can be gone on with, what was given away taken back. */
export function EarlierExports({ onStarted, onChanged }: Props) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const places = usePlaces();
  const [placeId, setPlaceId] = useState<string>();
  const { transfers, ask } = useExports();
  const place = chosenPlace(places.value, placeId);
  const resume = (id: string, at: string) =>
    act(async () => {
      await client.call('transfer.resume', { id, place: at });
      onStarted();
    });
  const takeBack = (id: string) =>
    act(async () => {
      const { records } = await client.call('transfer.take-back', { id });
      void message.success(t('transfer.takenBack', { count: records }));
      onChanged();
      await ask();
    });
  const confirmTakeBack = ({ id, handedOver }: ListedTransfer) =>
    modal.confirm({
      title: t('transfer.takeBackTitle'),
      content: t('transfer.takeBackText', { count: handedOver }),
      okText: t('transfer.takeBack'),
      okButtonProps: { danger: true },
      cancelText: t('app.cancel'),
      onOk: () => takeBack(id),
    });
  if (transfers?.length === 0) return <p className="transfer__none">{t('transfer.none')}</p>;
  const hasOpen = transfers?.some(({ state }) => state === 'open') ?? false;
  return (
    <div className="transfer__form">
      {hasOpen && <PlaceChoice label={t('transfer.place')} places={places} chosen={place?.id} onChoose={setPlaceId} />}
      <ul className="transfer__list">
        {transfers?.map((transfer) => (
          <Row
            key={transfer.id}
            transfer={transfer}
            onResume={place && (() => void resume(transfer.id, place.id))}
            onTakeBack={() => void confirmTakeBack(transfer)}
          />
        ))}
      </ul>
    </div>
  );
}
