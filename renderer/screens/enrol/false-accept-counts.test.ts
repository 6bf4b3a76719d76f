import { describe, expect, it } from 'vitest';
import { falseAcceptCounts, peopleText } from './false-accept-counts.ts';

describe('the estimate of false accepts in whole people', () => {
  it.each([
    [
      { atLeast: 0.0001, atMost: 0.0003 },
      { people: 10_000, from: 1, to: 3 },
    ],
    [
      { atLeast: 0.00042, atMost: 0.00113 },
      { people: 10_000, from: 4, to: 12 },
    ],
    [
      { atLeast: 0.000001, atMost: 0.00002 },
      { people: 1_000_000, from: 1, to: 20 },
    ],
    [
      { atLeast: 0.25, atMost: 0.31 },
      { people: 10, from: 2, to: 4 },
    ],
    [
      { atLeast: 0.5, atMost: 1 },
      { people: 10, from: 5, to: 10 },
    ],
  ])('rounds %j outwards', (range, counts) => {
    expect(falseAcceptCounts(range)).toEqual(counts);
  });

  it.each([
    [{ atMost: 0.00001 }, { people: 100_000, to: 1 }],
    [{ atMost: 0.000009 }, { people: 100_000, to: 1 }],
    [{ atMost: 0.0003 }, { people: 1000, to: 1 }],
    [
      { atLeast: 0, atMost: 0.02 },
      { people: 10, to: 1 },
    ],
  ])('gives %j as an upper bound', (range, counts) => {
    expect(falseAcceptCounts(range)).toEqual(counts);
  });
});

describe('a number of people', () => {
  it.each([
    [1000, 'zh-CN', '1000 '],
    [10_000, 'zh-CN', '1 万'],
    [1_000_000, 'zh-CN', '100 万'],
    [10_000, 'en', '10,000'],
  ])('%i is counted the way of %s', (people, language, text) => {
    expect(peopleText(people, language)).toBe(text);
  });
});
