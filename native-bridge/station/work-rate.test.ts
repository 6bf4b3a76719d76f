import { describe, expect, it } from 'vitest';
import { WorkRate } from './work-rate.ts';

describe('the rate of a work', () => {
  it('is that of the whole work since it was first asked, and unknown then', () => {
    let now = 5000;
    const rate = new WorkRate(() => now);
    expect(rate.perSecond(40)).toBe(0);
    now = 7000;
    expect(rate.perSecond(60)).toBe(10);
    now = 15_000;
    expect(rate.perSecond(340)).toBe(30);
  });
});
