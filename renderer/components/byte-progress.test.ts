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
    [1000, 100, { unit: 'seconds', count: 10 }],
    [100, 100, { unit: 'seconds', count: 1 }],
    [1000, 5, { unit: 'minutes', count: 4 }],
    [1000, 0, undefined],
    [0, 5, undefined],
  ])('%d at %d a second has left %j', (left, perSecond, text) => expect(timeLeft(left, perSecond)).toEqual(text));
});
