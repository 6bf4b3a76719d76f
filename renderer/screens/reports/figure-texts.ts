import type { Figures } from '../../../native-bridge/contract/statistics-calls.ts';

export const percentText = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.round((100 * part) / whole)}%`;

export const sumOfRetakes = (retakes: Figures['retakes']): number => retakes.reduce((sum, { count }) => sum + count, 0);
