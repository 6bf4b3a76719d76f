import type { LivenessStep, LivenessRest } from '../../contract/liveness.ts';
import { extentOf } from './extent.ts';
import type { FaceSigns } from './signs.ts';

/** Below this extent the face counts as back at rest. */
const backExtent = 0.5;

/** A single frame may be a slip of the measurement. */
const leastFrames = 2;

/** A movement that is held for longer was none; milliseconds. */
const longestMs: Readonly<Record<LivenessStep, number>> = {
  blink: 2_500,
  'turn-left': 5_000,
  'turn-right': 5_000,
  'open-mouth': 5_000,
  nod: 5_000,
};

export type StepPhase = 'waiting' | 'moved' | 'done';

/** Waits for one movement: from rest past its limit, in at least two frames, and back in time. */
export class StepWatch {
  readonly #step: LivenessStep;
  readonly #rest: LivenessRest;
  /** A movement that had begun before it was asked for does not count. */
  #wasAtRest = false;
  #frames = 0;
  #beganAt = 0;
  #furthest = 0;

  constructor(step: LivenessStep, rest: LivenessRest) {
    this.#step = step;
    this.#rest = rest;
  }

  /** The largest extent so far; 1 is the least that counts. */
  get furthest(): number {
    return this.#furthest;
  }

  look(signs: FaceSigns, atMs: number): StepPhase {
    const extent = extentOf(this.#step, signs, this.#rest);
    if (extent < backExtent) return this.#atRest(atMs);
    if (this.#wasAtRest && extent >= 1) this.#goOn(extent, atMs);
    return this.hasMoved ? 'moved' : 'waiting';
  }

  /** The movement was seen, and the way back has not been yet. */
  get hasMoved(): boolean {
    return this.#frames >= leastFrames;
  }

  #goOn(extent: number, atMs: number): void {
    if (this.#frames === 0) this.#beganAt = atMs;
    this.#frames++;
    this.#furthest = Math.max(this.#furthest, extent);
  }

  #atRest(atMs: number): StepPhase {
    const isInTime = atMs - this.#beganAt <= longestMs[this.#step];
    if (this.hasMoved && isInTime) return 'done';
    this.#wasAtRest = true;
    this.#frames = 0;
    this.#furthest = 0;
    return 'waiting';
  }
}
