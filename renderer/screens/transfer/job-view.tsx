import { useTranslation } from 'react-i18next';
import type { TransferJob } from '../../../native-bridge/contract/transfer-calls.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { useRecordProgressText } from '../../components/record-progress.ts';

type Exported = NonNullable<TransferJob['exported']>;
type Imported = NonNullable<TransferJob['imported']>;

/** Names shown in one line; the number of all stands before them. */
const mostNames = 6;

function useNames(): (people: Imported['missing']) => string {
  const { t } = useTranslation();
  return (people) => {
    const names = people
      .slice(0, mostNames)
      .map(({ id, name, maskedNumber }) => `${name || id} ${maskedNumber}`.trim());
    return names.join('、') + (people.length > mostNames ? t('transfer.more') : '');
  };
}

/** Both leave what is whole; an export can also be given up as if it had never begun. */
function Ends({ work }: Pick<TransferJob, 'work'>) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const end = (call: 'transfer.stop' | 'transfer.cancel') => void act(() => client.call(call, {}));
  return (
    <div className="transfer__ends">
      <button
        type="button"
        className="plain-button"
        onClick={() => end('transfer.stop')}
        aria-describedby="transfer-stop-text"
        data-testid="transfer-stop"
      >
        {t(`transfer.stop.${work}`)}
      </button>
      {work === 'export' && (
        <button
          type="button"
          className="plain-button plain-button--bad"
          onClick={() => end('transfer.cancel')}
          aria-describedby="transfer-stop-text"
          data-testid="transfer-cancel"
        >
          {t('transfer.cancel')}
        </button>
      )}
      <span id="transfer-stop-text" className="transfer__hint">
        {t(`transfer.stopText.${work}`)}
      </span>
    </div>
  );
}

function Running({ job }: { readonly job: TransferJob }) {
  const { t } = useTranslation();
  const progressText = useRecordProgressText();
  const title = t(job.work === 'export' ? 'transfer.exporting' : 'transfer.importing');
  return (
    <div className="transfer__job" data-testid="transfer-running">
      <h3>{title}</h3>
      <progress aria-label={title} value={job.done} max={Math.max(job.total, 1)} />
      <p className="transfer__big" data-testid="transfer-progress">
        {job.total === 0 ? t('transfer.preparing') : progressText(job)}
      </p>
      <p>{t('transfer.keepIn')}</p>
      <Ends work={job.work} />
    </div>
  );
}

function ExportedView({ report }: { readonly report: Exported }) {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <>
      <h3 className="transfer__good">{t('transfer.exported', { count: report.written })}</h3>
      <p className="transfer__mono">{report.fileName}</p>
      <p>{t(`transfer.exportedText.${report.kind}`)}</p>
      {report.leftOut > 0 && <p className="transfer__mind">{t('transfer.leftOut', { count: report.leftOut })}</p>}
      {report.unreadable.length > 0 && (
        <p className="transfer__bad">
          {t('transfer.unreadable', { count: report.unreadable.length, names: names(report.unreadable) })}
        </p>
      )}
      <p>{t('transfer.mayPull')}</p>
    </>
  );
}

const countNames = ['entered', 'older', 'ended', 'unchanged', 'erased', 'conflict', 'unreadable'] as const;

function Counts({ report }: { readonly report: Imported }) {
  const { t } = useTranslation();
  const rows = [
    ...countNames.map((name) => [name, report.counts[name]] as const),
    ['outcomes', report.outcomes] as const,
  ];
  const shown = rows.filter(([, count]) => count > 0);
  if (shown.length === 0) return <p>{t('transfer.nothingNew')}</p>;
  return (
    <dl className="transfer__counts">
      {shown.map(([name, count]) => (
        <div key={name} className={`count count--${name}`} data-testid={`count-${name}`}>
          <dt>{count}</dt>
          <dd>{t(`transfer.counts.${name}`)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What was taken in before somebody stopped it stays, and the rest can still come. */
function StoppedImport({ report }: { readonly report: Imported }) {
  const { t } = useTranslation();
  const { counts, missingCount } = report;
  const count = Object.values(counts).reduce((sum, each) => sum + each, 0);
  return (
    <>
      <h3 className="transfer__mind">{t('transfer.importStopped')}</h3>
      <p className="transfer__big">{t('transfer.importStoppedText', { count, left: missingCount })}</p>
      {count > 0 && <Counts report={report} />}
      <p>{t('transfer.mayPull')}</p>
    </>
  );
}

function ImportedView({ report }: { readonly report: Imported }) {
  const { t } = useTranslation();
  const names = useNames();
  const { trouble, missing, missingCount, unreadable, leftOut } = report;
  if (trouble?.code === 'transfer.stopped') return <StoppedImport report={report} />;
  return (
    <>
      <h3 className={report.whole ? 'transfer__good' : 'transfer__mind'}>
        {t(report.whole ? 'transfer.imported' : 'transfer.importedPart')}
      </h3>
      <Counts report={report} />
      {trouble !== undefined && (
        <p className="transfer__bad">
          <ErrorSentence code={trouble.code} />
        </p>
      )}
      {missingCount > 0 && (
        <p className="transfer__bad">{t('transfer.missing', { count: missingCount, names: names(missing) })}</p>
      )}
      {unreadable.length > 0 && (
        <p className="transfer__bad">
          {t('transfer.unreadable', { count: unreadable.length, names: names(unreadable) })}
        </p>
      )}
      {leftOut > 0 && <p className="transfer__hint">{t('transfer.leftThere', { count: leftOut })}</p>}
      <p>{t('transfer.mayPull')}</p>
    </>
  );
}

function Failed({ job }: { readonly job: TransferJob }) {
  const { t } = useTranslation();
  const code = job.error?.code ?? 'internal';
  const isCancelled = code === 'transfer.cancelled';
  const goesOn = job.work === 'export' && job.total > 0 && !isCancelled;
  return (
    <>
      <h3 className={isCancelled ? 'transfer__mind' : 'transfer__bad'}>
        {t(isCancelled ? 'transfer.cancelled' : 'transfer.failed')}
      </h3>
      <p className="transfer__big">
        <ErrorSentence code={code} />
      </p>
      {goesOn && <p>{t('transfer.failedText')}</p>}
      {isCancelled && <p>{t('transfer.mayPull')}</p>}
    </>
  );
}

interface Props {
  readonly job: TransferJob;
  readonly onFinish: () => void;
}

/** Progress while it runs, then what came of it. */
export function JobView({ job, onFinish }: Props) {
  const { t } = useTranslation();
  if (job.state === 'running') return <Running job={job} />;
  return (
    <div className="transfer__job" data-testid={`transfer-${job.state}`}>
      {job.exported !== undefined && <ExportedView report={job.exported} />}
      {job.imported !== undefined && <ImportedView report={job.imported} />}
      {job.state === 'failed' && <Failed job={job} />}
      <button
        type="button"
        className="plain-button plain-button--main"
        onClick={onFinish}
        data-testid="transfer-finish"
      >
        {t('transfer.finish')}
      </button>
    </div>
  );
}
