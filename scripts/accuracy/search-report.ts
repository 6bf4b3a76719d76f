import { exactInterval } from './interval.ts';
import type { Measurement } from './measure.ts';
import { countBelow, sortDistances } from './roc.ts';

/** Sizes of a project for which false findings are told. */
const galleries = [300, 1_000, 10_000, 100_000] as const;

const firstLimit = 0.2;
const lastLimit = 0.36;
const step = 0.01;

/** What a search among many would do at one limit of distance. */
export interface SearchFigures {
  readonly limit: number;
  /** Of the pairs of strangers, those as close as the limit, and the largest share that they prove (95 %). */
  readonly falseFindings: number;
  readonly shareAtMost: number;
  /** For each size of project: of 100 enrolments those that show a stranger, expected and at most. */
  readonly falsePer100: readonly { readonly people: number; readonly expected: number; readonly atMost: number }[];
  /** Share of the genuine pairs that are not found. */
  readonly missed: number;
}

/** The chance, in a hundred, that one of so many strangers is as close, each by itself with the given chance. */
export function per100(share: number, people: number): number {
  return -100 * Math.expm1(people * Math.log1p(-share));
}

/** Pairs of one person depend on each other; near the closest ones seven weigh as much as one (docs/accuracy.md). */
const dependence = 7;

export function searchFigures(genuine: Float64Array, strangers: Float64Array, limit: number): SearchFigures {
  const falseFindings = countBelow(strangers, limit);
  const share = falseFindings / strangers.length;
  const { high } = exactInterval(falseFindings / dependence, strangers.length / dependence);
  return {
    limit,
    falseFindings,
    shareAtMost: high,
    falsePer100: galleries.map((people) => ({
      people,
      expected: per100(share, people),
      atMost: per100(high, people),
    })),
    missed: 1 - countBelow(genuine, limit) / genuine.length,
  };
}

/** The lines of a report about the search for one face under two numbers, one for each limit. */
export function searchReport({ distances, cross }: Measurement): string[] {
  const { genuine } = sortDistances(distances);
  const strangers = cross?.distances.toSorted() ?? new Float64Array();
  const count = Math.round((lastLimit - firstLimit) / step) + 1;
  const limits = Array.from({ length: count }, (_, index) => Number((firstLimit + index * step).toFixed(2)));
  return [
    `Search: ${genuine.length} pairs of one person, ${strangers.length} of strangers. Of 100 enrolments so many show a`,
    `stranger, expected and at most (95 %), among ${galleries.join(', ')} people:`,
    ...limits.map((limit) => searchLine(searchFigures(genuine, strangers, limit))),
  ];
}

function searchLine({ limit, falseFindings, falsePer100, missed }: SearchFigures): string {
  const cells = falsePer100.map(({ expected, atMost }) => `${expected.toFixed(2)} (${atMost.toFixed(1)})`);
  return `  ${limit.toFixed(2)}: ${falseFindings} pairs; ${cells.join(', ')}; missed ${(100 * missed).toFixed(1)} %`;
}
