import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { Statistics } from '../../../native-bridge/contract/statistics-calls.ts';
import { chartPalette } from '../../theme/chart-palette.ts';

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

type Days = Statistics['days'];

/** Names of what is drawn, in the language of the screen. */
export interface ChartTexts {
  readonly enrolled: string;
  readonly unsent: string;
  readonly firstShot: string;
  readonly median: string;
  readonly p90: string;
  readonly grey: string;
  readonly refused: string;
}

/** Reasons beyond these are rare; the table has them all. */
const mostReasons = 8;
/** With so many days a mark on each would run together. */
const manyDays = 40;

const valueAxis = {
  type: 'value',
  min: 0,
  minInterval: 1,
  splitNumber: 3,
} as const;

const dayAxis = (days: Days) =>
  ({
    type: 'category',
    data: days.map(({ day }) => day.slice(5)),
    axisTick: { show: false },
    axisLabel: { hideOverlap: true },
  }) as const;

const frame = {
  animation: false,
  grid: { top: 36, right: 12, bottom: 4, left: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
  legend: { top: 0, left: 0, itemWidth: 18, selectedMode: false },
  // Drawn, not written as markup: the page's policy allows no styles in markup.
  tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
} as const satisfies ChartOption;

const byDay = (days: Days, series: ChartOption['series']): ChartOption => ({
  ...frame,
  xAxis: dayAxis(days),
  yAxis: valueAxis,
  series: series ?? [],
});

const bar = (name: string, color: string, data: readonly number[]): BarSeriesOption => ({
  ...{ type: 'bar', name, color, data: [...data], barMaxWidth: 36 },
});

/** A day on which nobody was enrolled has no value, and the line is broken there. */
const line = (name: string, color: string, data: readonly (number | null)[]): LineSeriesOption => ({
  ...{ type: 'line', name, color, data: [...data], connectNulls: false, lineStyle: { width: 2.5 } },
  ...{ symbol: 'circle', showAllSymbol: true, symbolSize: data.length > manyDays ? 4 : 7 },
});

/** Everybody enrolled, and before it those of them whom the platform does not have. */
export function enrolledChart(days: Days, texts: ChartTexts): ChartOption {
  const values = (of: 'enrolled' | 'unsent') => days.map((day) => day[of]);
  return byDay(days, [
    bar(texts.enrolled, chartPalette.main, values('enrolled')),
    { ...bar(texts.unsent, chartPalette.other, values('unsent')), barGap: '-100%', z: 3 },
  ]);
}

/** Whole per cent; nothing for a day without an enrolment. */
export const firstShotPercent = ({ enrolled, firstShot }: Pick<Days[number], 'enrolled' | 'firstShot'>) =>
  enrolled === 0 ? null : Math.round((100 * firstShot) / enrolled);

export function firstShotChart(days: Days, texts: ChartTexts): ChartOption {
  const option = byDay(days, [line(texts.firstShot, chartPalette.main, days.map(firstShotPercent))]);
  return {
    ...option,
    ...{ legend: { show: false }, grid: { ...frame.grid, top: 12 } },
    yAxis: { ...valueAxis, max: 100, interval: 25, axisLabel: { formatter: '{value}%' } },
  };
}

export function secondsChart(days: Days, texts: ChartTexts): ChartOption {
  const values = (of: 'median' | 'p90') => days.map(({ seconds }) => seconds?.[of] ?? null);
  return byDay(days, [
    line(texts.median, chartPalette.main, values('median')),
    {
      ...line(texts.p90, chartPalette.other, values('p90')),
      ...{ symbol: 'triangle', lineStyle: { width: 2.5, type: 'dashed' } },
    },
  ]);
}

export function comparisonChart(days: Days, texts: ChartTexts): ChartOption {
  const values = (of: 'grey' | 'refused') => days.map((day) => day[of]);
  return byDay(days, [
    { ...bar(texts.grey, chartPalette.grey, values('grey')), stack: 'compared' },
    { ...bar(texts.refused, chartPalette.refused, values('refused')), stack: 'compared' },
  ]);
}

/** The most frequent reasons, longest bar first. */
export function reasonsChart(reasons: readonly { readonly name: string; readonly count: number }[]): ChartOption {
  const shown = reasons.slice(0, mostReasons);
  return {
    ...{ animation: false, grid: { ...frame.grid, top: 4, right: 36 } },
    xAxis: { ...valueAxis, axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: {
      ...{ type: 'category', inverse: true, data: shown.map(({ name }) => name) },
      ...{ axisTick: { show: false }, axisLine: { show: false } },
    },
    series: [
      {
        ...{ type: 'bar', color: chartPalette.main, data: shown.map(({ count }) => count), barMaxWidth: 20 },
        label: { show: true, position: 'right', color: chartPalette.ink },
      },
    ],
  };
}
