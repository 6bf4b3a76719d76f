import { Input, Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackageKind, TransferSelection, TransferState } from '../../../native-bridge/contract/transfer-calls.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { DayField } from '../../components/day-field.tsx';
import { chosenPlace, PlaceChoice } from './place-choice.tsx';
import { sizeText } from './size-text.ts';
import { usePlaces } from './use-transfer.ts';

interface ChoiceProps {
  readonly pressed: boolean;
  readonly title: string;
  readonly text?: string;
  readonly testId: string;
  readonly onPress: () => void;
}

function Choice({ pressed, title, text, testId, onPress }: ChoiceProps) {
  return (
    <button type="button" className="choice" aria-pressed={pressed} onClick={onPress} data-testid={testId}>
      <strong>{title}</strong>
      {text !== undefined && <span>{text}</span>}
    </button>
  );
}

function Field({ legend, children }: { readonly legend: string; readonly children: ReactNode }) {
  return (
    <fieldset className="transfer__field">
      <legend>{legend}</legend>
      {children}
    </fieldset>
  );
}

const kinds: readonly PackageKind[] = ['hand-over', 'copy', 'receipt'];

interface Selected {
  readonly kind: 'copy' | 'hand-over';
  readonly selection: TransferSelection;
}

/** How much is meant, asked for again with every change. */
function usePreview({ kind, selection }: Selected): { readonly records: number; readonly bytes: number } | undefined {
  const client = useClient();
  const act = useAction();
  const [preview, setPreview] = useState<{ records: number; bytes: number }>();
  const key = JSON.stringify({ kind, selection });
  useEffect(() => {
    let current = true;
    void act(async () => {
      const found = await client.call('transfer.preview', JSON.parse(key) as Selected);
      if (current) setPreview(found);
    });
    return () => {
      current = false;
    };
  }, [client, act, key]);
  return preview;
}

/** Today in China, as the station counts days. */
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

interface SelectionProps extends Selected {
  readonly onSelection: (selection: TransferSelection) => void;
  readonly preview: { readonly records: number; readonly bytes: number } | undefined;
}

function SelectionField({ kind, selection, onSelection, preview }: SelectionProps) {
  const { t } = useTranslation();
  const day = selection.kind === 'day' ? selection.day : undefined;
  return (
    <Field legend={t('transfer.which')}>
      <div className="transfer__choices">
        <Choice
          pressed={selection.kind === 'unsent'}
          title={t('transfer.unsent')}
          testId="select-unsent"
          onPress={() => onSelection({ kind: 'unsent' })}
        />
        <Choice
          pressed={day !== undefined}
          title={t('transfer.day')}
          testId="select-day"
          onPress={() => onSelection({ kind: 'day', day: today() })}
        />
        {day !== undefined && (
          <DayField
            className="transfer__date"
            value={day}
            label={t('transfer.dayLabel')}
            onChange={(chosen) => onSelection({ kind: 'day', day: chosen })}
          />
        )}
        {preview && (
          <b className="transfer__found" data-testid="export-found">
            {preview.records === 0
              ? t('transfer.foundNone')
              : t('transfer.found', { count: preview.records, size: sizeText(preview.bytes) })}
          </b>
        )}
      </div>
      {kind === 'hand-over' && <p className="transfer__hint">{t('transfer.held')}</p>}
    </Field>
  );
}

interface ReceiverProps {
  readonly state: TransferState;
  readonly kind: PackageKind;
  readonly station: string | undefined;
  readonly passphrase: string;
  readonly onStation: (station: string | undefined) => void;
  readonly onPassphrase: (passphrase: string) => void;
}

function StationSelect({ state, kind, station, onStation }: ReceiverProps) {
  const { t } = useTranslation();
  const named = ({ name, fingerprint, outcomes }: TransferState['stations'][number]) => ({
    value: fingerprint,
    label: kind === 'receipt' ? t('transfer.outcomes', { name, count: outcomes }) : `${name} · ${fingerprint}`,
  });
  return (
    <Select
      className="transfer__wide"
      value={station}
      options={state.stations.map(named)}
      onChange={onStation}
      aria-label={t('transfer.station')}
      data-testid="export-station"
    />
  );
}

function PassphraseInput({ passphrase, onPassphrase }: ReceiverProps) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const make = () => act(async () => onPassphrase((await client.call('transfer.passphrase', {})).passphrase));
  return (
    <>
      <div className="transfer__row">
        <Input
          className="transfer__passphrase"
          value={passphrase}
          onChange={(event) => onPassphrase(event.target.value)}
          aria-label={t('transfer.passphrase')}
          maxLength={200}
          data-testid="export-passphrase"
        />
        <button type="button" className="plain-button" onClick={() => void make()}>
          {t('transfer.makePassphrase')}
        </button>
      </div>
      <p className="transfer__hint">{t('transfer.passphraseText')}</p>
    </>
  );
}

function ReceiverField(props: ReceiverProps) {
  const { t } = useTranslation();
  const { state, kind, station, onStation } = props;
  const first = state.stations[0]?.fingerprint;
  const byStation = station !== undefined || kind === 'receipt';
  return (
    <Field legend={t('transfer.opensWith')}>
      {kind !== 'receipt' && (
        <div className="transfer__choices">
          <Choice
            pressed={!byStation}
            title={t('transfer.byPassphrase')}
            testId="by-passphrase"
            onPress={() => onStation(undefined)}
          />
          <Choice
            pressed={byStation}
            title={t('transfer.byStation')}
            testId="by-station"
            onPress={() => onStation(first)}
          />
          {first === undefined && <span className="transfer__hint">{t('transfer.noStations')}</span>}
        </div>
      )}
      {byStation ? <StationSelect {...props} /> : <PassphraseInput {...props} />}
    </Field>
  );
}

/** A passphrase that is made at once, so that the easy way is the strong one. */
function usePassphrase(): [string, (passphrase: string) => void] {
  const client = useClient();
  const act = useAction();
  const [passphrase, setPassphrase] = useState('');
  useEffect(
    () => void act(async () => setPassphrase((await client.call('transfer.passphrase', {})).passphrase)),
    [client, act],
  );
  return [passphrase, setPassphrase];
}

interface Props {
  readonly state: TransferState;
  readonly onStarted: () => void;
}

export function ExportForm({ state, onStarted }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const places = usePlaces();
  const [kind, setKind] = useState<PackageKind>('hand-over');
  const [selection, setSelection] = useState<TransferSelection>({ kind: 'unsent' });
  const [station, setStation] = useState<string>();
  const [passphrase, setPassphrase] = usePassphrase();
  const [placeId, setPlaceId] = useState<string>();
  const selected = { kind: kind === 'receipt' ? 'copy' : kind, selection } as const;
  const preview = usePreview(selected);
  const owed = state.stations.filter(({ outcomes }) => outcomes > 0);
  const place = chosenPlace(places.value, placeId);
  const receiver = kind === 'receipt' ? { station: station ?? owed[0]?.fingerprint } : { station };
  const isReady = place !== undefined && (kind === 'receipt' || (preview?.records ?? 0) > 0);
  const start = () =>
    act(async () => {
      if (place === undefined) return;
      const opening = receiver.station === undefined ? { passphrase } : { station: receiver.station };
      await client.call('transfer.export', {
        place: place.id,
        kind,
        ...(kind !== 'receipt' && { selection }),
        ...opening,
      });
      onStarted();
    });
  return (
    <div className="transfer__form" data-testid="export-form">
      <Field legend={t('transfer.meaning')}>
        <div className="transfer__choices transfer__choices--large">
          {kinds
            .filter((option) => option !== 'receipt' || owed.length > 0)
            .map((option) => (
              <Choice
                key={option}
                pressed={kind === option}
                title={t(`transfer.kind.${option}`)}
                text={t(`transfer.kindText.${option}`)}
                testId={`kind-${option}`}
                onPress={() => setKind(option)}
              />
            ))}
        </div>
      </Field>
      {kind !== 'receipt' && <SelectionField {...selected} onSelection={setSelection} preview={preview} />}
      <ReceiverField
        state={state}
        kind={kind}
        station={receiver.station}
        passphrase={passphrase}
        onStation={setStation}
        onPassphrase={setPassphrase}
      />
      <PlaceChoice label={t('transfer.place')} places={places} chosen={place?.id} onChoose={setPlaceId} />
      <div className="transfer__foot">
        <button
          type="button"
          className="plain-button plain-button--main"
          disabled={!isReady}
          onClick={() => void start()}
          data-testid="start-export"
        >
          {t('transfer.start')}
        </button>
      </div>
    </div>
  );
}
