import { Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Statistics } from '../../../native-bridge/contract/statistics-calls.ts';
import { useClient, useMay } from '../../client/station-context.tsx';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { ReportsIcon } from '../../components/icons.tsx';
import { saveWorkbook } from '../../components/list-import.tsx';
import { useWorkbookWork, WorkbookWork } from '../../components/workbook-work.tsx';
import { Charts } from './charts.tsx';
import { FiguresTable } from './figures-table.tsx';
import { FigureTiles } from './figure-tiles.tsx';
import './reports.css';
import { argumentOf, type Query, useStatistics } from './use-statistics.ts';

const ranges = [1, 7, 30, 90] as const;

interface FilterProps {
  readonly query: Query;
  readonly statistics: Statistics | undefined;
  readonly onQuery: (query: Query) => void;
}

function Filters({ query, statistics, onQuery }: FilterProps) {
  const { t } = useTranslation();
  const choices = (names: readonly string[] = []) => names.map((value) => ({ value, label: value }));
  return (
    <>
      <Select<number>
        value={query.days}
        aria-label={t('figures.range')}
        options={ranges.map((value) => ({ value, label: t(`figures.days${value}`) }))}
        onChange={(days) => onQuery({ ...query, days })}
        data-testid="reports-range"
      />
      <Select<string>
        className="reports__filter"
        value={query.teamName ?? null}
        placeholder={t('workers.anyTeam')}
        aria-label={t('workers.team')}
        options={choices(statistics?.teamNames)}
        allowClear
        onChange={(teamName: string | undefined) => onQuery({ ...query, teamName })}
      />
      <Select<string>
        className="reports__filter"
        value={query.operator ?? null}
        placeholder={t('figures.anyOperator')}
        aria-label={t('figures.operator')}
        options={choices(statistics?.operators)}
        allowClear
        onChange={(operator: string | undefined) => onQuery({ ...query, operator })}
      />
    </>
  );
}

interface ExportProps {
  readonly query: Query;
  readonly work: ReturnType<typeof useWorkbookWork>;
}

/** The range's figures as a spreadsheet, for whoever may take them out. */
function ExportButton({ query, work: { busy, run } }: ExportProps) {
  const { t } = useTranslation();
  const client = useClient();
  const may = useMay('statistics.export');
  const save = () => run(async () => saveWorkbook(await client.call('statistics.export', argumentOf(query))));
  if (!may) return null;
  return (
    <button
      type="button"
      className="plain-button"
      disabled={busy}
      onClick={() => void save()}
      data-testid="reports-export"
    >
      {t('list.exportWorkers')}
    </button>
  );
}

function Nothing() {
  const { t } = useTranslation();
  return (
    <div className="reports__nothing" data-testid="reports-empty">
      <ReportsIcon />
      <strong>{t('figures.empty')}</strong>
      <span>{t('figures.emptyText')}</span>
    </div>
  );
}

const shapes = ['charts', 'table'] as const;
type Shape = (typeof shapes)[number];

const isEmpty = ({ total }: Statistics) =>
  [total.enrolled, total.compared, total.discarded, total.unsent].every((count) => count === 0) &&
  total.retakes.length === 0;

function Figures({ statistics, shape }: { readonly statistics: Statistics; readonly shape: Shape }) {
  if (isEmpty(statistics)) return <Nothing />;
  return (
    <>
      <FigureTiles total={statistics.total} />
      {shape === 'charts' ? <Charts {...statistics} /> : <FiguresTable {...statistics} />}
    </>
  );
}

/** What was done at the desk, day by day. */
export function ReportsScreen() {
  const { t } = useTranslation();
  const [query, setQuery] = useState<Query>({ days: 7 });
  const [shape, setShape] = useState<Shape>('charts');
  const work = useWorkbookWork();
  const { statistics, trouble, again } = useStatistics(query);
  return (
    <section className="reports" aria-labelledby="reports-title" data-testid="reports-screen">
      <header className="reports__head">
        <h1 id="reports-title">{t('figures.title')}</h1>
        <Filters query={query} statistics={statistics} onQuery={setQuery} />
        <Segmented<Shape>
          value={shape}
          aria-label={t('figures.shape')}
          options={shapes.map((value) => ({ value, label: t(`figures.${value}`) }))}
          onChange={setShape}
          data-testid="reports-shape"
        />
        <ExportButton query={query} work={work} />
      </header>
      <WorkbookWork busy={work.busy} subject="statistics" />
      {trouble !== undefined && (
        <div className="reports__trouble" role="alert" data-testid="reports-failed">
          <strong>{t('figures.failed')}</strong>
          <span>
            <ErrorSentence code={trouble} />
          </span>
          <button type="button" className="plain-button" onClick={again}>
            {t('workers.reload')}
          </button>
        </div>
      )}
      {statistics === undefined && trouble === undefined && <p role="status">{t('figures.loading')}</p>}
      {statistics && <Figures statistics={statistics} shape={shape} />}
      {statistics && <p className="reports__note">{t('figures.note')}</p>}
    </section>
  );
}
