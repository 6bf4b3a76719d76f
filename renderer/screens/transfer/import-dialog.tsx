import { Checkbox, Input, Modal, Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackageView, TransferPlace } from '../../../native-bridge/contract/transfer-calls.ts';
import { asStationError, type ErrorCode } from '../../../native-bridge/contract/errors.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { momentText } from '../../components/moment.ts';
import { JobView } from './job-view.tsx';
import { chosenPlace, PlaceChoice } from './place-choice.tsx';
import { sizeText } from './size-text.ts';
import { useJob, usePlaces } from './use-transfer.ts';

interface FileProps {
  readonly place: TransferPlace;
  readonly chosen: string | undefined;
  readonly onChoose: (name: string) => void;
}

function FileChoice({ place, chosen, onChoose }: FileProps) {
  const { t, i18n } = useTranslation();
  const options = place.files.map(({ name, bytes, changedAt }) => ({
    value: name,
    label: [
      momentText(changedAt, i18n.language),
      sizeText(bytes),
      ...(name.endsWith('.part') ? [t('transfer.unfinished')] : []),
      name,
    ].join(' · '),
  }));
  return (
    <fieldset className="transfer__field">
      <legend>{t('transfer.choose')}</legend>
      {options.length === 0 ? (
        <p className="transfer__hint">{t('transfer.noFiles')}</p>
      ) : (
        <Select
          className="transfer__wide"
          value={chosen ?? null}
          options={options}
          onChange={onChoose}
          aria-label={t('transfer.choose')}
          data-testid="import-file"
        />
      )}
    </fieldset>
  );
}

type Looked = { readonly view: PackageView } | { readonly trouble: ErrorCode };

/** What the file says of itself, before anything is taken from it. */
function useLook(place: string | undefined, file: string | undefined): Looked | undefined {
  const client = useClient();
  const [looked, setLooked] = useState<Looked & { readonly of: string }>();
  const of = `${place}\n${file}`;
  useEffect(() => {
    if (place === undefined || file === undefined) return;
    void client.call('transfer.inspect', { place, file }).then(
      (view) => setLooked({ view, of }),
      (cause: unknown) => setLooked({ trouble: asStationError(cause).code, of }),
    );
  }, [client, place, file, of]);
  return looked?.of === of ? looked : undefined;
}

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function ViewLines({ view }: { readonly view: PackageView }) {
  const { t, i18n } = useTranslation();
  return (
    <dl className="transfer__lines" data-testid="package-view">
      <Line label={t('transfer.from')}>
        <strong>{view.knownAs ?? view.senderName}</strong>
        {view.knownAs !== undefined && <em className="transfer__known">{t('transfer.known')}</em>}
      </Line>
      <Line label={t('transfer.fingerprint')}>
        <b className="transfer__mono">{view.fingerprint}</b>
      </Line>
      <Line label={t('transfer.kindLabel')}>
        {t(`transfer.kind.${view.kind}`)} · {t('transfer.planned', { count: view.planned })} · {sizeText(view.bytes)}
      </Line>
      <Line label={t('transfer.createdAt')}>{momentText(view.createdAt, i18n.language)}</Line>
    </dl>
  );
}

interface OpeningProps {
  readonly view: PackageView;
  readonly onStart: (opening: { passphrase?: string; trust?: string }) => void;
}

/** What a person still has to say: the passphrase, and whether an unknown sender is trusted. */
function Opening({ view, onStart }: OpeningProps) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const [compared, setCompared] = useState(false);
  const isUnknown = view.knownAs === undefined;
  const isReady = (!view.needsPassphrase || passphrase.trim() !== '') && (!isUnknown || compared);
  return (
    <form
      className="transfer__form"
      onSubmit={(event) => {
        event.preventDefault();
        onStart({ ...(view.needsPassphrase && { passphrase }), ...(isUnknown && { trust: view.fingerprint }) });
      }}
    >
      <ViewLines view={view} />
      {isUnknown && (
        <div className="transfer__warn" data-testid="unknown-sender">
          <p>{t('transfer.unknown')}</p>
          <Checkbox checked={compared} onChange={({ target }) => setCompared(target.checked)}>
            {t('transfer.compared')}
          </Checkbox>
        </div>
      )}
      {view.kind === 'copy' && <p className="transfer__hint">{t('transfer.copyWarning')}</p>}
      {view.needsPassphrase && (
        <Input
          className="transfer__passphrase"
          value={passphrase}
          onChange={({ target }) => setPassphrase(target.value)}
          placeholder={t('transfer.passphrase')}
          aria-label={t('transfer.passphrase')}
          autoComplete="off"
          maxLength={200}
          data-testid="import-passphrase"
        />
      )}
      <div className="transfer__foot">
        <button
          type="submit"
          className="plain-button plain-button--main"
          disabled={!isReady}
          data-testid="start-import"
        >
          {t('transfer.startImport')}
        </button>
      </div>
    </form>
  );
}

function ImportForm({ onStarted }: { readonly onStarted: () => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const places = usePlaces();
  const [placeId, setPlaceId] = useState<string>();
  const [chosen, setChosen] = useState<string>();
  const place = chosenPlace(places.value, placeId);
  const file = place?.files.find(({ name }) => name === chosen)?.name ?? place?.files[0]?.name;
  const looked = useLook(place?.id, file);
  const start = (opening: { passphrase?: string; trust?: string }) =>
    act(async () => {
      if (place === undefined || file === undefined) return;
      await client.call('transfer.import', { place: place.id, file, ...opening });
      onStarted();
    });
  return (
    <div className="transfer__form">
      <PlaceChoice label={t('transfer.placeImport')} places={places} chosen={place?.id} onChoose={setPlaceId} />
      {place && <FileChoice place={place} chosen={file} onChoose={setChosen} />}
      {looked && 'trouble' in looked && (
        <p className="transfer__bad">
          <ErrorSentence code={looked.trouble} />
        </p>
      )}
      {looked && 'view' in looked && (
        <Opening key={looked.view.id} view={looked.view} onStart={(opening) => void start(opening)} />
      )}
    </div>
  );
}

interface ContentProps {
  /** A work was begun here whose end has not been looked at; it outlives the closed dialog. */
  readonly started: boolean;
  readonly setStarted: (started: boolean) => void;
  readonly onChanged: () => void;
}

function Content({ started, setStarted, onChanged }: ContentProps) {
  const job = useJob();
  const isRunning = job?.state === 'running';
  const finish = () => {
    setStarted(false);
    onChanged();
  };
  // Also of a work that was under way before: its end is to be seen.
  useEffect(() => {
    if (isRunning) setStarted(true);
  }, [isRunning, setStarted]);
  if (job !== undefined && (started || isRunning)) return <JobView job={job} onFinish={finish} />;
  return <ImportForm onStarted={() => setStarted(true)} />;
}

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

/** Takes records from a removable drive. */
export function ImportDialog({ open, onClose, onChanged }: Props) {
  const { t } = useTranslation();
  const [started, setStarted] = useState(false);
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t('transfer.import')}
      footer={null}
      width="48rem"
      centered
      mask={{ closable: false }}
      destroyOnHidden
    >
      <div className="transfer" data-testid="import-dialog">
        <Content started={started} setStarted={setStarted} onChanged={onChanged} />
      </div>
    </Modal>
  );
}
