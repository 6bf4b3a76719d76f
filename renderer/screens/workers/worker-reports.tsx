import { useTranslation } from 'react-i18next';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { ReportDeeds } from '../teams/report-deeds.tsx';
import { ReportList } from '../teams/report-list.tsx';
import { useReports, useTeams } from '../teams/use-teams.ts';
import '../teams/teams.css';

/** Entry and exit, contract and training of one worker, and what may be reported next. */
export function WorkerReports({ record }: { readonly record: RecordSummary }) {
  const { t } = useTranslation();
  const { value: reports, trouble } = useReports(record.id);
  const offers = useTeams().value?.offers;
  return (
    <section className="worker__section" data-testid="worker-reports">
      <h3>{t('teams.tab.reports')}</h3>
      {trouble !== undefined && (
        <p role="alert">
          <ErrorSentence code={trouble} />
        </p>
      )}
      {reports?.length === 0 && <p className="team__note">{t('reports.emptyOfWorker')}</p>}
      {reports !== undefined && <ReportList reports={reports} narrow />}
      {offers?.reports === false && <p className="team__note">{t('teams.notReported')}</p>}
      {offers?.reports === true && <ReportDeeds workers={[record]} />}
    </section>
  );
}
