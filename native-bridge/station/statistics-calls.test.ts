import { expect, test } from 'vitest';
import { retakeReasonSchema, type Figures } from '../contract/statistics-calls.ts';
import { reportSheets } from './statistics-calls.ts';

const figures: Figures = {
  enrolled: 8,
  firstShot: 6,
  compared: 9,
  grey: 1,
  refused: 0,
  notCompared: 0,
  retakes: retakeReasonSchema.options.map((reason) => ({ reason, count: 1 })),
  discarded: 0,
  unsent: 2,
};

test('the sheet of reasons names every one in Chinese, none by its code', () => {
  const [, reasons] = reportSheets({ days: [], total: figures, teamNames: [], operators: [] });
  const names = reasons?.rows.map(([name]) => String(name)) ?? [];
  expect(names).toHaveLength(retakeReasonSchema.options.length);
  expect(names).toContain('未达标：背景干净');
  expect(names.filter((name) => !/\p{Script=Han}/u.test(name) || /[a-z]/.test(name))).toEqual([]);
});
