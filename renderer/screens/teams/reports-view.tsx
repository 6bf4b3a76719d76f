import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportSummary } from '../../../native-bridge/contract/report.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { ListIcon } from '../../components/icons.tsx';
import { ReportList } from './report-list.tsx';
import { useReports } from './use-teams.ts';

const filters = {
  all: () => true,
  open: ({ state }: ReportSummary) => state === 'sealed' || state === 'sending' || state === 'accepted',
  attention: ({ state }: ReportSummary) => state === 'needs-attention',
} as const;
type Filter = keyof typeof filters;
const filterNames = Object.keys(filters) as readonly Filter[];

/** Everything that was reported of the project's workers, newest first. */
export function ReportsView({ head }: { readonly head: (filters: ReactNode) => ReactNode }) {
  const { t } = useTranslation();
  const { value: reports = [], trouble } = useReports();
  const [filter, setFilter] = useState<Filter>('all');
  const shown = reports.filter(filters[filter]);
  return (
    <>
      {head(
        <div className="queue__filter" role="group">
          {filterNames.map((name) => (
            <button
              key={name}
              type="button"
              className={`filter filter--${name}`}
              aria-pressed={filter === name}
              onClick={() => setFilter(name)}
              data-testid={`reports-${name}`}
            >
              {t(`reports.${name}`)}
              <b>{reports.filter(filters[name]).length}</b>
            </button>
          ))}
        </div>,
      )}
      {trouble !== undefined && (
        <p className="teams__trouble" role="alert">
          {t('reports.failed')}：<ErrorSentence code={trouble} />
        </p>
      )}
      {shown.length === 0 ? (
        <EmptyState
          icon={<ListIcon />}
          title={t('reports.empty')}
          text={t('reports.emptyText')}
          testId="reports-empty"
        />
      ) : (
        <div className="teams__reports">
          <ReportList reports={shown} />
        </div>
      )}
    </>
  );
}
