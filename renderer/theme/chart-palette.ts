/**
 * Colours of the charts. Each stands out from paper by 3:1, and those that meet in one chart differ in lightness and lie on
 * the blue–orange axis, which people with any of the common colour-vision deficiencies tell apart.
 */
export const chartPalette = {
  main: '#1454c4',
  other: '#c2650a',
  grey: '#7a889e',
  refused: '#b3400a',
  ink: '#14213a',
  inkSoft: '#4a5870',
  line: '#d5dce6',
} as const;
