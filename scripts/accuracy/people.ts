import { basename } from 'node:path';
import type { Pair } from './pairs-file.ts';

/**
 * Who each picture shows, as far as it can be told: pictures of one genuine pair show one person, and so do pictures
 * whose names agree up to the last underscore (`Some_Name_0001.jpg`, `001_neutral.jpg`), unless the pairs contradict it.
 */
export function peopleOf(pairs: readonly Pair[]): ReadonlyMap<string, string> {
  const byName = joined(pairs, nameOfPerson);
  const isContradicted = pairs.some(({ first, second, same }) => !same && byName.get(first) === byName.get(second));
  return isContradicted ? joined(pairs, (picture) => picture) : byName;
}

function joined(pairs: readonly Pair[], nameOf: (picture: string) => string): ReadonlyMap<string, string> {
  const leaders = new Map<string, string>();
  const leaderOf = (member: string): string => {
    const leader = leaders.get(member);
    return leader === undefined || leader === member ? member : leaderOf(leader);
  };
  const join = (left: string, right: string): void => void leaders.set(leaderOf(left), leaderOf(right));
  for (const { first, second, same } of pairs) {
    for (const picture of [first, second]) join(picture, nameOf(picture));
    if (same) join(first, second);
  }
  return new Map(pairs.flatMap(({ first, second }) => [first, second]).map((picture) => [picture, leaderOf(picture)]));
}

/** A key that no picture's own name has. */
function nameOfPerson(picture: string): string {
  const name = basename(picture);
  const end = name.lastIndexOf('_');
  return `person ${end > 0 ? name.slice(0, end) : picture}`;
}
