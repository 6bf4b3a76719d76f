import { expect, test } from 'vitest';
import { runFaults, titles } from './kills.ts';

/** Kinds that a platform and data folders of their own are set up for, so that both halves happen at a time. */
const ofDesks = new Set([
  'killed at a marked step',
  'killed at any moment',
  'killed, platform in trouble',
  'clock set wrong, killed',
  'killed, torn log',
  'one bit changed',
  'full disk',
]);

test('some runs of every misfortune lose nothing and send nothing twice', async () => {
  const [desks, others] = await Promise.all([
    runFaults(10, 5, undefined, (title) => ofDesks.has(title)),
    runFaults(8, 7, undefined, (title) => !ofDesks.has(title)),
  ]);
  for (const { complaints, lost, twice } of [desks, others]) {
    expect(complaints).toEqual([]);
    expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
  }
  const kinds = [...desks.kinds, ...others.kinds];
  expect(kinds.map(({ title }) => title).toSorted()).toEqual(titles.toSorted());
  expect(desks.sealed + others.sealed).toBeGreaterThan(10);
  expect(Object.fromEntries(kinds.map(({ title, endings }) => [title, Object.keys(endings)]))).toMatchObject({
    'killed at any moment': ['killed'],
    'bridge process killed': ['killed'],
    'full disk': ['done'],
    'read-only file': ['noticed'],
  });
  expect(desks.markedStepsKilledAt).toBeGreaterThanOrEqual(1);
}, 180_000);
