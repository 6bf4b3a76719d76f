import { describe, expect, it } from 'vitest';
import type { Statistics } from '../../../native-bridge/contract/statistics-calls.ts';
import { chartPalette } from '../../theme/chart-palette.ts';
import { comparisonChart, enrolledChart, firstShotChart, reasonsChart, secondsChart } from './chart-options.ts';

type Day = Statistics['days'][number];

const idle = { firstShot: 0, compared: 0, grey: 0, refused: 0, notCompared: 0, retakes: [], discarded: 0, unsent: 0 };
const days: Day[] = [
  { day: '2026-11-01', enrolled: 0, ...idle },
  { day: '2026-11-02', enrolled: 8, ...idle, firstShot: 7, seconds: { median: 41, p90: 77 }, grey: 2, unsent: 3 },
  { day: '2026-11-03', enrolled: 1, ...idle, seconds: { median: 60, p90: 60 }, refused: 1 },
];
const texts = {
  ...{ enrolled: '登记', unsent: '其中未上传', firstShot: '一次成功' },
  ...{ median: '中位数', p90: '九成', grey: '灰区', refused: '不一致' },
};

/** Names and values of what is drawn. */
const drawn = (option: unknown) =>
  (option as { series: { name?: string; data: unknown }[] }).series.map(({ name, data }) => [name, data]);

describe('charts by day', () => {
  it('draw everybody enrolled and those of them whom the platform does not have', () => {
    expect(drawn(enrolledChart(days, texts))).toEqual([
      ['登记', [0, 8, 1]],
      ['其中未上传', [0, 3, 0]],
    ]);
    expect(enrolledChart(days, texts)).toMatchObject({ xAxis: { data: ['11-01', '11-02', '11-03'] } });
  });

  it('leave a day without an enrolment open instead of drawing nought', () => {
    expect(drawn(firstShotChart(days, texts))).toEqual([['一次成功', [null, 88, 0]]]);
    expect(drawn(secondsChart(days, texts))).toEqual([
      ['中位数', [null, 41, 60]],
      ['九成', [null, 77, 60]],
    ]);
  });

  it('draw grey and refused comparisons on one another', () => {
    expect(drawn(comparisonChart(days, texts))).toEqual([
      ['灰区', [0, 2, 0]],
      ['不一致', [0, 0, 1]],
    ]);
  });

  it('write no markup, which the policy of the page would not style', () => {
    expect(enrolledChart(days, texts)).toMatchObject({ tooltip: { renderMode: 'richText' } });
  });
});

it('reasons are drawn in their order, the rare ones left to the table', () => {
  const reasons = Array.from({ length: 12 }, (_, index) => ({ name: `原因${index}`, count: 20 - index }));
  const option = reasonsChart(reasons);
  expect(option).toMatchObject({ yAxis: { inverse: true, data: reasons.slice(0, 8).map(({ name }) => name) } });
  expect(drawn(option)).toEqual([[undefined, [20, 19, 18, 17, 16, 15, 14, 13]]]);
});

/** WCAG 2 relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
const contrast = (a: string, b: string) => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

describe('the colours', () => {
  it.each(['main', 'other', 'grey', 'refused'] as const)('%s stands out from paper by 3:1', (name) => {
    expect(contrast(chartPalette[name], '#ffffff')).toBeGreaterThan(3);
  });

  it.each([
    ['main', 'other'],
    ['grey', 'refused'],
  ] as const)('%s and %s, which meet in one chart, differ in lightness as well', (a, b) => {
    expect(contrast(chartPalette[a], chartPalette[b])).toBeGreaterThan(1.4);
  });
});
