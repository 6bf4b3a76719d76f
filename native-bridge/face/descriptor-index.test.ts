import { describe, expect, it } from 'vitest';
import { descriptorDistance, descriptorLength } from './descriptor.ts';
import { DescriptorIndex } from './descriptor-index.ts';

/** Even numbers from a seed; the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = numbers(7);
const anybody = (): Float32Array => Float32Array.from({ length: descriptorLength }, () => random() - 0.5);
/** A descriptor of any length near another one. */
const likeness = (of: Float32Array, noise: number, scale = 1): Float32Array =>
  of.map((value) => scale * (value + noise * (random() - 0.5)));

const wanted = anybody();
const people = Array.from({ length: 3000 }, (_, index) =>
  index % 7 === 0 ? likeness(wanted, (index % 91) / 60, 1 + (index % 5)) : anybody(),
);

function indexOf(descriptors: readonly Float32Array[]): DescriptorIndex {
  const index = new DescriptorIndex();
  for (const descriptor of descriptors) index.add(descriptor);
  return index;
}

describe('the index of descriptors', () => {
  it.each([0.05, 0.2, 0.4, 0.7, 1.2])('finds exactly what comparing with everybody finds within %f', (limit) => {
    const near = indexOf(people).within(wanted, limit);
    const compared = people
      .map((descriptor, row) => ({ row, distance: descriptorDistance(descriptor, wanted) }))
      .filter(({ distance }) => distance <= limit)
      .sort((left, right) => left.distance - right.distance);
    expect(near.map(({ row }) => row)).toEqual(compared.map(({ row }) => row));
    expect(near.length).toBeGreaterThan(0);
    for (const [place, { distance }] of near.entries()) expect(distance).toBeCloseTo(compared[place]?.distance ?? 0, 5);
  });

  it('holds a face that was added after others were looked for', () => {
    const index = indexOf([]);
    expect(index.within(wanted, 2)).toEqual([]);
    index.add(wanted);
    expect(index.within(wanted, 0.01)).toMatchObject([{ row: 0 }]);
  });

  it('never finds rows without numbers or direction, nor anything for such a face', () => {
    const broken = new Float32Array(descriptorLength).fill(Number.NaN);
    const empty = new Float32Array(descriptorLength);
    const index = indexOf([broken, empty, wanted]);
    expect(index.within(wanted, 2).map(({ row }) => row)).toEqual([2]);
    expect(index.within(broken, 2)).toEqual([]);
    expect(index.within(empty, 2)).toEqual([]);
  });

  it('refuses descriptors of another net', () => {
    expect(() => indexOf([new Float32Array(512)])).toThrow('512');
  });

  it('is empty when it was cleared', () => {
    const index = indexOf(people);
    index.clear();
    expect(index.size).toBe(0);
    expect(index.within(wanted, 2)).toEqual([]);
  });
});
