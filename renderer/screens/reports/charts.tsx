import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Statistics } from '../../../native-bridge/contract/statistics-calls.ts';
import {
  type ChartOption,
  type ChartTexts,
  comparisonChart,
  enrolledChart,
  firstShotChart,
  reasonsChart,
  secondsChart,
} from './chart-options.ts';
import { useReasonText } from './reason-text.ts';

const DrawnChart = lazy(async () => ({ default: (await import('./drawn-chart.tsx')).DrawnChart }));

interface ChartProps {
  readonly title: string;
  readonly option: ChartOption;
}

/** To whoever cannot see it a chart is its title; the table says the rest. */
function Chart({ title, option }: ChartProps) {
  const { t } = useTranslation();
  return (
    <figure className="chart" data-testid="chart">
      <figcaption>{title}</figcaption>
      <div className="chart__drawn" role="img" aria-label={t('figures.chartOf', { title })}>
        <Suspense fallback={null}>
          <DrawnChart option={option} />
        </Suspense>
      </div>
    </figure>
  );
}

const chartsByDay = [
  ['chartEnrolled', enrolledChart],
  ['chartFirstShot', firstShotChart],
  ['chartSeconds', secondsChart],
  ['chartCompared', comparisonChart],
] as const;

function useChartTexts(): ChartTexts {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      enrolled: t('figures.enrolled'),
      unsent: t('figures.ofThemUnsent'),
      firstShot: t('figures.firstShot'),
      median: t('figures.medianShort'),
      p90: t('figures.p90Short'),
      grey: t('figures.grey'),
      refused: t('figures.refused'),
    }),
    [t],
  );
}

function Reasons({ retakes }: Pick<Statistics['total'], 'retakes'>) {
  const { t } = useTranslation();
  const reasonText = useReasonText();
  const named = retakes.map(({ reason, count }) => ({ name: reasonText(reason), count }));
  if (named.length === 0)
    return (
      <figure className="chart">
        <figcaption>{t('figures.chartReasons')}</figcaption>
        <p className="chart__none">{t('figures.noRetakes')}</p>
      </figure>
    );
  return <Chart title={t('figures.chartReasons')} option={reasonsChart(named)} />;
}

/** The course of the days, and why pictures were taken anew. A single day has no course. */
export function Charts({ days, total }: Pick<Statistics, 'days' | 'total'>) {
  const { t } = useTranslation();
  const texts = useChartTexts();
  const options = useMemo(
    () => (days.length < 2 ? [] : chartsByDay.map(([title, chart]) => ({ title, option: chart(days, texts) }))),
    [days, texts],
  );
  return (
    <div className="charts" data-testid="charts">
      {options.map(({ title, option }) => (
        <Chart key={title} title={t(`figures.${title}`)} option={option} />
      ))}
      <Reasons retakes={total.retakes} />
    </div>
  );
}
