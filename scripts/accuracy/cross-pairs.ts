/** Pairs of different people, each first picture with each second one; the arrays run in step. */
export interface CrossPairs {
  readonly distances: Float64Array;
  /** Numbers of the people on either side, 0 to `people` - 1. */
  readonly firstPeople: Uint32Array;
  readonly secondPeople: Uint32Array;
  readonly people: number;
}

export interface PersonPicture {
  readonly person: string;
  readonly descriptor: Float32Array;
}

/** Sets every first picture beside every second one of somebody else. */
export function crossPairs(
  firsts: readonly PersonPicture[],
  seconds: readonly PersonPicture[],
  distanceOf: (first: Float32Array, second: Float32Array) => number,
): CrossPairs {
  const numbers = new Map<string, number>();
  const numberOf = ({ person }: PersonPicture): number => {
    const number = numbers.get(person) ?? numbers.size;
    numbers.set(person, number);
    return number;
  };
  const [left, right] = [firsts.map(numberOf), seconds.map(numberOf)];
  const most = firsts.length * seconds.length;
  const pairs = {
    distances: new Float64Array(most),
    firstPeople: new Uint32Array(most),
    secondPeople: new Uint32Array(most),
  };
  let count = 0;
  for (const [i, first] of firsts.entries()) {
    for (const [j, second] of seconds.entries()) {
      if (left[i] === right[j]) continue;
      pairs.distances[count] = distanceOf(first.descriptor, second.descriptor);
      pairs.firstPeople[count] = left[i]!;
      pairs.secondPeople[count++] = right[j]!;
    }
  }
  return {
    distances: pairs.distances.subarray(0, count),
    firstPeople: pairs.firstPeople.subarray(0, count),
    secondPeople: pairs.secondPeople.subarray(0, count),
    people: numbers.size,
  };
}
