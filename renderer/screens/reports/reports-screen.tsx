import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Figures, Statistics } from '../../../native-bridge/contract/statistics-calls.ts';
import { useClient, useStation } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { saveWorkbook } from '../../components/list-import.tsx';
import './reports.css';

const dayMs = 86_400_000;
const ranges = [1, 7, 30] as const;

/** The calendar day in China, so many days ago. */
const dayAgo = (days: number) => new Date(Date.now() + 8 * 3_600_000 - days * dayMs).toISOString().slice(0, 10);

interface Query {
  readonly days: number;
  readonly teamName?: string | undefined;
  readonly operator?: string | undefined;
}

const argumentOf = ({ days, teamName, operator }: Query) => ({
  from: dayAgo(days - 1),
  to: dayAgo(0),
  ...(teamName !== undefined && { teamName }),
  ...(operator !== undefined && { operator }),
});

/** Undefined until the station has told them. A record that comes or goes asks anew. */
function useStatistics(query: Query): Statistics | undefined {
  const client = useClient();
  const act = useAction();
  const enrolled = useStation(({ status }) => status?.today.enrolled);
  const unsent = useStation(({ status }) => status?.unsent.count);
  const [statistics, setStatistics] = useState<Statistics>();
  useEffect(() => {
    let isCurrent = true;
    void act(async () => {
      const told = await client.call('statistics.days', argumentOf(query));
      if (isCurrent) setStatistics(told);
    });
    return () => {
      isCurrent = false;
    };
  }, [client, act, query, enrolled, unsent]);
  return statistics;
}

const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`);

const columns = [
  'enrolled',
  'firstShot',
  'median',
  'p90',
  'grey',
  'refused',
  'retakes',
  'discarded',
  'unsent',
] as const;

function cellsOf(figures: Figures): Readonly<Record<(typeof columns)[number], string | number>> {
  const { enrolled, firstShot, seconds, grey, refused, retakes, discarded, unsent } = figures;
  return {
    ...{ enrolled, grey, refused, discarded, unsent },
    firstShot: percent(firstShot, enrolled),
    median: seconds?.median ?? '–',
    p90: seconds?.p90 ?? '–',
    retakes: retakes.reduce((sum, { count }) => sum + count, 0),
  };
}

function Row({ title, figures }: { readonly title: string; readonly figures: Figures }) {
  const cells = cellsOf(figures);
  return (
    <tr data-testid="figures">
      <th scope="row">{title}</th>
      {columns.map((column) => (
        <td key={column}>{cells[column]}</td>
      ))}
    </tr>
  );
}

function Days({ days, total }: Statistics) {
  const { t } = useTranslation();
  return (
    <div className="reports__table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('figures.day')}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`figures.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Row title={t('figures.total')} figures={total} />
          {days.toReversed().map(({ day, ...figures }) => (
            <Row key={day} title={day} figures={figures} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

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

/** What was done at the desk, day by day. */
export function ReportsScreen() {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const [query, setQuery] = useState<Query>({ days: 7 });
  const statistics = useStatistics(query);
  const save = () => act(async () => saveWorkbook(await client.call('statistics.export', argumentOf(query))));
  const isEmpty = statistics?.total.enrolled === 0 && statistics.total.compared === 0;
  return (
    <section className="reports" aria-labelledby="reports-title" data-testid="reports-screen">
      <header className="reports__head">
        <h1 id="reports-title">{t('figures.title')}</h1>
        <Filters query={query} statistics={statistics} onQuery={setQuery} />
        <button type="button" className="plain-button" onClick={() => void save()}>
          {t('list.exportWorkers')}
        </button>
      </header>
      <p className="reports__note">{t(isEmpty ? 'figures.empty' : 'figures.note')}</p>
      {statistics && <Days {...statistics} />}
    </section>
  );
}
