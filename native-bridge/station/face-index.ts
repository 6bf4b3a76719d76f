import { DescriptorIndex } from '../face/descriptor-index.ts';
import type { FaceDescriptors } from '../store/face-descriptors.ts';

export interface NearRecord {
  readonly recordId: string;
  /** The number of the record's card. */
  readonly number: string;
  readonly distance: number;
}

/** The stored descriptors of one project and engine in memory, brought up to date on demand. */
export class FaceIndex {
  readonly #store: FaceDescriptors;
  readonly #projectCode: string;
  readonly #engine: string;
  readonly #index = new DescriptorIndex();
  #records: string[] = [];
  #newest = 0;

  constructor(store: FaceDescriptors, projectCode: string, engine: string) {
    this.#store = store;
    this.#projectCode = projectCode;
    this.#engine = engine;
  }

  get size(): number {
    return this.#index.size;
  }

  /** Reads what was stored meanwhile and tells how many faces there are. */
  refreshed(): number {
    this.#refresh();
    return this.size;
  }

  /** The nearest records within the limit, nearest first, one for each number, those under `excluded` left out. */
  near(descriptor: Float32Array, limit: number, excluded: readonly string[]): NearRecord[] {
    const numbers = new Set(excluded);
    return this.#index.within(descriptor, limit).flatMap(({ row, distance }) => {
      const recordId = this.#records[row] ?? '';
      const number = this.#store.numberOf(recordId);
      if (number === undefined || numbers.has(number)) return [];
      numbers.add(number);
      return [{ recordId, number, distance }];
    });
  }

  clear(): void {
    this.#index.clear();
    this.#records = [];
    this.#newest = 0;
  }

  /** Reads what came since the last time; everything where something went. */
  #refresh(): void {
    const { count, newest } = this.#store.extent(this.#projectCode, this.#engine);
    if (count === this.size && newest === this.#newest) return;
    this.#readOn();
    if (this.size === count) return;
    this.clear();
    this.#readOn();
  }

  #readOn(): void {
    for (const { position, recordId, numbers } of this.#store.list(this.#projectCode, this.#engine, this.#newest)) {
      this.#index.add(numbers);
      this.#records.push(recordId);
      this.#newest = position;
    }
  }
}
