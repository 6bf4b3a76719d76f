import { describe, expect, it } from 'vitest';
import { percentOf, timeLeft } from './byte-progress.ts';

const at = (doneBytes: number, totalBytes: number, bytesPerSecond: number) => ({
  doneBytes,
  totalBytes,
  bytesPerSecond,
});

describe('the progress of bytes', () => {
  it.each([
    [at(0, 0, 0), 0],
    [at(333, 1000, 1), 33],
    [at(1000, 1000, 1), 100],
    [at(1200, 1000, 1), 100],
  ])('%j is %d percent', (progress, percent) => expect(percentOf(progress)).toBe(percent));

  it.each([
    [at(0, 1000, 100), { unit: 'seconds', count: 10 }],
    [at(900, 1000, 100), { unit: 'seconds', count: 1 }],
    [at(0, 1000, 5), { unit: 'minutes', count: 4 }],
    [at(0, 1000, 0), undefined],
    [at(1000, 1000, 5), undefined],
    [at(0, 0, 5), undefined],
  ])('%j has left %j', (progress, left) => expect(timeLeft(progress)).toEqual(left));
});
