import { descriptorLength } from './descriptor.ts';

/** A row of the index and how far its face lies from the one that was looked for. */
export interface NearFace {
  /** Place in the index, in the order of adding. */
  readonly row: number;
  readonly distance: number;
}

/** Parts of a row after which its distance so far is held against the limit. */
const stride = 16;
const firstCapacity = 1024;

/**
 * Finds all descriptors within a distance of one, exactly: rows of unit length one behind the other, read in order. Most
 * strangers are further away than a useful limit after a third of their numbers, and the rest is not read.
 */
export class DescriptorIndex {
  #rows = new Float32Array(firstCapacity * descriptorLength);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Appends a descriptor of 128 numbers; its length is left out, as `descriptorDistance` does. */
  add(descriptor: Float32Array): void {
    if (descriptor.length !== descriptorLength) throw new RangeError(`a descriptor of ${descriptor.length} numbers`);
    const start = this.#size * descriptorLength;
    if (start === this.#rows.length) this.#grow();
    const length = lengthOf(descriptor);
    for (let index = 0; index < descriptorLength; index++) this.#rows[start + index] = descriptor[index]! / length;
    this.#size++;
  }

  /** Every row within `limit` of the descriptor, nearest first. Rows that hold no numbers are never near. */
  within(descriptor: Float32Array, limit: number): NearFace[] {
    const length = lengthOf(descriptor);
    const wanted = descriptor.map((value) => value / length);
    const near: NearFace[] = [];
    for (let row = 0; row < this.#size; row++) {
      const square = squareWithin(this.#rows, row * descriptorLength, wanted, limit * limit);
      if (square !== undefined) near.push({ row, distance: Math.sqrt(square) });
    }
    return near.sort((left, right) => left.distance - right.distance);
  }

  /** Overwrites and forgets all rows. */
  clear(): void {
    this.#rows.fill(0);
    this.#size = 0;
  }

  #grow(): void {
    const rows = new Float32Array(2 * this.#rows.length);
    rows.set(this.#rows);
    this.#rows.fill(0);
    this.#rows = rows;
  }
}

/** The squared distance, or `undefined` as soon as it is beyond the limit. Written out, as it runs for every person. */
function squareWithin(rows: Float32Array, start: number, wanted: Float32Array, limit: number): number | undefined {
  let sum = 0;
  for (let index = 0; index < descriptorLength; index += stride) {
    const at = start + index;
    for (let part = 0; part < stride; part += 4) {
      const a = rows[at + part]! - wanted[index + part]!;
      const b = rows[at + part + 1]! - wanted[index + part + 1]!;
      const c = rows[at + part + 2]! - wanted[index + part + 2]!;
      const d = rows[at + part + 3]! - wanted[index + part + 3]!;
      sum += a * a + b * b + (c * c + d * d);
    }
    // Put this way round, what is no number is beyond every limit.
    if (!(sum <= limit)) return undefined;
  }
  return sum;
}

function lengthOf(descriptor: Float32Array): number {
  let sum = 0;
  for (const value of descriptor) sum += value * value;
  return Math.sqrt(sum);
}
