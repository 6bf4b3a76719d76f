import { expect, test } from 'vitest';
import { StationError } from '../contract/errors.ts';
import { SharedCommits } from './shared-commits.ts';

/** Counts the transactions that it is asked for. */
function counted(windowMs: number, end: () => void = () => undefined) {
  const made = { transactions: 0 };
  const commits = new SharedCommits((work) => {
    made.transactions += 1;
    const result = work();
    end();
    return result;
  }, windowMs);
  return { commits, made };
}

test('changes that come together share a transaction; one that throws concerns only itself', async () => {
  const { commits, made } = counted(1);
  const ends = await Promise.allSettled([
    commits.commit(() => 1),
    commits.commit(() => {
      throw new StationError('store.not-found');
    }),
    commits.commit(() => 3),
  ]);
  expect(made.transactions).toBe(1);
  expect(ends).toMatchObject([
    { status: 'fulfilled', value: 1 },
    { status: 'rejected', reason: { code: 'store.not-found' } },
    { status: 'fulfilled', value: 3 },
  ]);
});

test('nobody is told of a change before it is durable, and trouble of the store concerns all', async () => {
  const { commits } = counted(1, () => {
    throw new StationError('store.full');
  });
  const ends = await Promise.allSettled([commits.commit(() => 1), commits.commit(() => 2)]);
  expect(ends).toMatchObject([
    { status: 'rejected', reason: { code: 'store.full' } },
    { status: 'rejected', reason: { code: 'store.full' } },
  ]);
});

test('without a window each change is made at once', async () => {
  const { commits, made } = counted(0);
  const first = commits.commit(() => 1);
  const second = commits.commit(() => 2);
  expect(made.transactions).toBe(2);
  expect([await first, await second]).toEqual([1, 2]);
});
