import { descriptorLength } from './descriptor.ts';

/** A row of the index and how far its face lies from the one that was looked for. */
export interface NearFace {
  /** Place in the index, in the order of adding. */
  readonly row: number;
  readonly distance: number;
}

/** Numbers after which the distance so far is held against the limit. */
const stride = 16;
/** The first numbers of all rows stand by themselves: they are all that is read of most people. */
const headLength = 32;
const tailLength = descriptorLength - headLength;
const firstCapacity = 1024;

/**
 * Finds all descriptors within a distance of one, exactly: directions of unit length, read in order. Most strangers are
 * further away than a useful limit after a quarter of their numbers, and the rest is not read.
 */
export class DescriptorIndex {
  #heads = new Float32Array(firstCapacity * headLength);
  #tails = new Float32Array(firstCapacity * tailLength);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Appends a descriptor of 128 numbers; its length is left out, as `descriptorDistance` does. */
  add(descriptor: Float32Array): void {
    if (descriptor.length !== descriptorLength) throw new RangeError(`a descriptor of ${descriptor.length} numbers`);
    if (this.#size * headLength === this.#heads.length) this.#grow();
    const direction = directionOf(descriptor);
    this.#heads.set(direction.subarray(0, headLength), this.#size * headLength);
    this.#tails.set(direction.subarray(headLength), this.#size * tailLength);
    this.#size++;
  }

  /** Every row within `limit` of the descriptor, nearest first. Rows that hold no numbers are never near. */
  within(descriptor: Float32Array, limit: number): NearFace[] {
    const direction = directionOf(descriptor);
    const [head, tail] = [direction.slice(0, headLength), direction.slice(headLength)];
    const near: NearFace[] = [];
    for (let row = 0; row < this.#size; row++) {
      const begun = addSquares(0, this.#heads, row * headLength, head, limit * limit);
      if (begun === beyond) continue;
      const square = addSquares(begun, this.#tails, row * tailLength, tail, limit * limit);
      if (square !== beyond) near.push({ row, distance: Math.sqrt(square) });
    }
    return near.sort((left, right) => left.distance - right.distance);
  }

  /** Overwrites and forgets all rows. */
  clear(): void {
    this.#heads.fill(0);
    this.#tails.fill(0);
    this.#size = 0;
  }

  #grow(): void {
    this.#heads = grown(this.#heads);
    this.#tails = grown(this.#tails);
  }
}

/** Twice as much room; what was there is not left behind in memory. */
function grown(rows: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(2 * rows.length);
  larger.set(rows);
  rows.fill(0);
  return larger;
}

/** Stands for every squared distance beyond the limit. */
const beyond = -1;

/** The squared distance so far with that of these numbers added, written out as it runs for every person. */
function addSquares(begun: number, rows: Float32Array, start: number, wanted: Float32Array, limit: number): number {
  let sum = begun;
  for (let index = 0; index < wanted.length; index += stride) {
    const at = start + index;
    for (let part = 0; part < stride; part += 4) {
      const a = rows[at + part]! - wanted[index + part]!;
      const b = rows[at + part + 1]! - wanted[index + part + 1]!;
      const c = rows[at + part + 2]! - wanted[index + part + 2]!;
      const d = rows[at + part + 3]! - wanted[index + part + 3]!;
      sum += a * a + b * b + (c * c + d * d);
    }
    // Put this way round, what is no number is beyond every limit.
    if (!(sum <= limit)) return beyond;
  }
  return sum;
}

function directionOf(descriptor: Float32Array): Float32Array<ArrayBuffer> {
  const length = lengthOf(descriptor);
  return Float32Array.from(descriptor, (value) => value / length);
}

function lengthOf(descriptor: Float32Array): number {
  let sum = 0;
  for (const value of descriptor) sum += value * value;
  return Math.sqrt(sum);
}
