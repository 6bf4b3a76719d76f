import { irregularChunks, type ChunkSizes } from './wire-pacing.ts';

export const PIECES = ['irregular', 'single-bytes', 'whole'] as const;

/** Trouble on the way from the module to the host. */
export interface LineTrouble {
  /** Garbage right before, and right after, each answer. */
  readonly before?: Uint8Array | undefined;
  readonly after?: Uint8Array | undefined;
  /** So many answers have garbage around them. Default: all. */
  readonly garbledAnswers?: number | undefined;
  /** So many answers have a wrong check byte. */
  readonly badChecks?: number | undefined;
  /** So many answers are lost on the way. */
  readonly swallow?: number | undefined;
  /** So many answers are held back and go out in one with the next. */
  readonly glue?: number | undefined;
  /** Milliseconds that each answer comes later. */
  readonly slowMs?: number | undefined;
  /** How answers are cut; whole ones arrive with everything around them in one piece. Default: as the reader is set. */
  readonly pieces?: (typeof PIECES)[number] | undefined;
  /** Bytes missing at the beginning of the first answer after a host has opened the line. */
  readonly firstClip?: number | undefined;
  /** Stray 00 bytes before that answer. */
  readonly firstZeros?: number | undefined;
  /** The reader is unplugged in the middle of the next answer. */
  readonly unplugInAnswer?: boolean | undefined;
}

/** What becomes of one answer. */
export interface SentAnswer {
  readonly bytes: Uint8Array;
  readonly unplugsAfterIt: boolean;
}

const CHUNKS: Record<(typeof PIECES)[number], () => ChunkSizes> = {
  irregular: () => irregularChunks(),
  'single-bytes': () => () => 1,
  whole: () => (remaining) => remaining,
};

/** Plays one trouble on the answers of a line, keeping count. */
export class TroubledAnswers {
  readonly #trouble: LineTrouble;
  readonly #left: { garbled: number; badChecks: number; swallow: number; glue: number; unplug: number };
  #held: Uint8Array = new Uint8Array(0);

  constructor(trouble: LineTrouble) {
    this.#trouble = trouble;
    this.#left = {
      garbled: trouble.garbledAnswers ?? Infinity,
      badChecks: trouble.badChecks ?? 0,
      swallow: trouble.swallow ?? 0,
      glue: trouble.glue ?? 0,
      unplug: trouble.unplugInAnswer ? 1 : 0,
    };
  }

  get slowMs(): number {
    return this.#trouble.slowMs ?? 0;
  }

  /** `undefined` where the trouble does not say. */
  chunkSizes(): ChunkSizes | undefined {
    return this.#trouble.pieces && CHUNKS[this.#trouble.pieces]();
  }

  /** What goes out for an answer; nothing when it is lost or held back. `isFirst`: of this host. */
  take(answer: Uint8Array, isFirst: boolean): SentAnswer | undefined {
    if (this.#counts('swallow')) return undefined;
    const checked = this.#counts('badChecks') ? withWrongCheck(answer) : answer;
    const first = isFirst ? this.#asFirst(checked) : checked;
    const whole = joined(this.#held, this.#counts('garbled') ? this.#garbled(first) : first);
    if (this.#counts('glue')) {
      this.#held = whole;
      return undefined;
    }
    this.#held = new Uint8Array(0);
    const unplugs = this.#counts('unplug');
    return { bytes: unplugs ? whole.subarray(0, Math.floor(whole.length / 2)) : whole, unplugsAfterIt: unplugs };
  }

  #asFirst(answer: Uint8Array): Uint8Array {
    const { firstZeros = 0, firstClip = 0 } = this.#trouble;
    return joined(new Uint8Array(firstZeros), answer.subarray(firstClip));
  }

  #garbled(answer: Uint8Array): Uint8Array {
    const { before = new Uint8Array(0), after = new Uint8Array(0) } = this.#trouble;
    return joined(joined(before, answer), after);
  }

  /** Whether one of these troubles is left; takes it. */
  #counts(kind: 'garbled' | 'badChecks' | 'swallow' | 'glue' | 'unplug'): boolean {
    if (this.#left[kind] === 0) return false;
    this.#left[kind] -= 1;
    return true;
  }
}

function withWrongCheck(answer: Uint8Array): Uint8Array {
  return answer.map((byte, index) => (index === answer.length - 1 ? byte ^ 0xff : byte));
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
