import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use as register } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { chartPalette } from '../../theme/chart-palette.ts';
import type { ChartOption } from './chart-options.ts';

// The renderer for SVG writes style attributes as markup, which the page's policy refuses; a canvas needs none.
register([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** Words in the size and the type of the page, and lines in its colours. */
function themeOfPage(): object {
  const { fontFamily, fontSize } = getComputedStyle(document.body);
  const text = { fontFamily, fontSize: Math.round(Number.parseFloat(fontSize) * 0.875) };
  const { ink, inkSoft, line } = chartPalette;
  const axis = {
    axisLabel: { ...text, color: inkSoft },
    axisLine: { lineStyle: { color: inkSoft } },
    splitLine: { lineStyle: { color: line } },
  };
  return {
    textStyle: text,
    categoryAxis: axis,
    valueAxis: axis,
    legend: { textStyle: { ...text, color: ink } },
    tooltip: { textStyle: { ...text, color: ink } },
  };
}

/** A chart that fills its place and follows its size. */
export function DrawnChart({ option }: { readonly option: ChartOption }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  useEffect(() => {
    if (place.current === null) return undefined;
    const drawn = init(place.current, themeOfPage(), { renderer: 'canvas' });
    const watch = new ResizeObserver(() => drawn.resize());
    watch.observe(place.current);
    chart.current = drawn;
    return () => {
      watch.disconnect();
      drawn.dispose();
    };
  }, []);
  useEffect(() => chart.current?.setOption(option, { notMerge: true }), [option]);
  return <div className="chart__place" ref={place} />;
}
