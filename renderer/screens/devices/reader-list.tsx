import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ListedReader } from '../../../native-bridge/contract/reader.ts';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { useScreenActions } from '../../shell/screen-context.ts';
import { SelfTestRunning, SelfTestView } from './self-test-view.tsx';
import { useBinding, useReaders, useSelfTest } from './use-readers.ts';

const lights = { searching: 'warn', ready: 'good', reading: 'good', 'lift-card': 'good', trouble: 'bad' } as const;

function Nothing() {
  const { t } = useTranslation();
  const { show } = useScreenActions();
  return (
    <div className="devices__nothing">
      <strong>{t('devices.none')}</strong>
      <p>{t('devices.noneText')}</p>
      <Button onClick={() => show('settings')}>{t('devices.openSettings')}</Button>
    </div>
  );
}

function StateWords({ reader }: { readonly reader: ListedReader }) {
  const { t } = useTranslation();
  const light = reader.code === 'reader.other-reader' ? 'warn' : lights[reader.state];
  return (
    <p
      className={`reader-card__state reader-card__state--${light}`}
      data-testid="reader-state"
      data-state={reader.state}
    >
      <span aria-hidden="true" />
      <strong>{t(`devices.state.${reader.state}`)}</strong>
      {reader.code !== undefined && (
        <em>
          <ErrorSentence code={reader.code} />
        </em>
      )}
    </p>
  );
}

function Facts({ reader }: { readonly reader: ListedReader }) {
  const { t } = useTranslation();
  const { transport, address, samNumber, model } = reader;
  const facts = [
    [t('devices.connection'), [transport && t(`devices.transport.${transport}`), address].filter(Boolean).join(' · ')],
    [t('devices.model'), model],
    [t('devices.samNumber'), samNumber],
  ] as const;
  return (
    <dl className="reader-card__facts">
      {facts.map(([label, value]) =>
        value === undefined || value === '' ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

interface CardProps {
  readonly reader: ListedReader;
  readonly isBound: boolean;
  readonly isTesting: boolean;
  /** One reader at a time is tested from here. */
  readonly mayTest: boolean;
  readonly onTest: () => void;
  readonly onBind: () => void;
}

function ReaderCard({ reader, isBound, isTesting, mayTest, onTest, onBind }: CardProps) {
  const { t } = useTranslation();
  const canBind = reader.samNumber !== undefined && reader.state !== 'trouble';
  // The smart-card interface knows no self-test.
  const canTest = reader.transport !== 'pcsc' && reader.state !== 'searching';
  return (
    <article className="reader-card" data-testid="reader-card" aria-label={reader.address ?? reader.id}>
      <StateWords reader={reader} />
      <Facts reader={reader} />
      <div className="reader-card__actions">
        {isBound && <span className="reader-card__bound">{t('devices.bound')}</span>}
        {canBind && !isBound && <Button onClick={onBind}>{t('devices.bind')}</Button>}
        {canTest && (
          <Button type="primary" disabled={!mayTest} onClick={onTest} data-testid="self-test">
            {t(isTesting ? 'devices.testing' : 'devices.selfTest')}
          </Button>
        )}
      </div>
    </article>
  );
}

/** All readers of the station and the self-test of one of them. */
export function ReaderList() {
  const { t } = useTranslation();
  const readers = useReaders();
  const { boundSamNumber, bind } = useBinding();
  const { testing, report, run, cancel } = useSelfTest();
  const tested = readers.find(({ id }) => id === testing?.id);
  return (
    <section className="devices__section" aria-labelledby="devices-readers">
      <h2 id="devices-readers">{t('devices.readers')}</h2>
      {readers.length === 0 && <Nothing />}
      {readers.map((reader) => (
        <ReaderCard
          key={reader.id}
          reader={reader}
          isBound={reader.samNumber !== undefined && reader.samNumber === boundSamNumber}
          isTesting={testing?.id === reader.id}
          mayTest={testing === undefined}
          onTest={() => void run(reader.id)}
          onBind={() => void (reader.samNumber && bind(reader.samNumber))}
        />
      ))}
      {testing !== undefined && testing.steps.length > 0 && (
        <SelfTestRunning {...testing} address={tested?.address ?? testing.id} onCancel={cancel} />
      )}
      {report && <SelfTestView report={report} />}
    </section>
  );
}
