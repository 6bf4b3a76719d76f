import { expect, test } from 'vitest';
import { runFaults } from './kills.ts';

test('some runs of every misfortune lose nothing and send nothing twice', async () => {
  const figures = await runFaults(24, 7);
  expect(figures.complaints).toEqual([]);
  expect(figures).toMatchObject({ lost: 0, twice: 0 });
  expect(figures.sealed).toBeGreaterThan(10);
  const endings = Object.fromEntries(figures.kinds.map(({ title, endings: counts }) => [title, Object.keys(counts)]));
  expect(endings).toMatchObject({
    'killed at any moment': ['killed'],
    'bridge process killed': ['killed'],
    'full disk': ['done'],
    'read-only file': ['noticed'],
  });
  expect(figures.markedStepsKilledAt).toBeGreaterThanOrEqual(5);
}, 180_000);
