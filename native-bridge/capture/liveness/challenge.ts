import type { DoneStep, LivenessFailure, LivenessRest, LivenessStep } from '../../contract/liveness.ts';
import { otherAction } from './extent.ts';
import { restOf } from './signs.ts';
import type { FaceSigns } from './signs.ts';
import { StepWatch } from './step-watch.ts';

/** What one frame shows. `isPlaced` says that the face sits as the photo wants it: alone, whole, near and straight. */
export type Sight =
  | { readonly kind: 'face'; readonly signs: FaceSigns; readonly isPlaced: boolean }
  | { readonly kind: 'none' | 'several' };

export type ChallengeState =
  | { readonly phase: 'preparing' }
  | { readonly phase: 'look-straight'; readonly place: number }
  | {
      readonly phase: 'step';
      readonly step: LivenessStep;
      readonly place: number;
      readonly seen: boolean;
      readonly timeLeft: number;
    }
  | { readonly phase: 'failed'; readonly failure: LivenessFailure }
  | { readonly phase: 'passed' };

/** Two steps, and how long the worker looks straight ahead before each of them (ms): nobody can know the moment. */
export interface ChallengePlan {
  readonly steps: readonly LivenessStep[];
  readonly pausesMs: readonly number[];
}

export interface Challenge {
  look(sight: Sight, atMs: number): ChallengeState;
  /** Ends the challenge for a reason that is not seen in one frame. */
  fail(failure: LivenessFailure): void;
  /** Known once the first step may begin. */
  readonly rest: LivenessRest | undefined;
  readonly done: readonly DoneStep[];
  readonly failure: LivenessFailure | undefined;
}

/** The rest is the median of frames over this time, and of no fewer frames than that. */
const restMs = 900;
const leastRestFrames = 5;
/** Time for one step from its being asked for. */
export const stepMs = 8_000;
/** The face, or its being alone, may be lost for so long; and no two frames may lie further apart. */
const gapMs = 500;
const frameGapMs = 1_500;

/** One attempt at a challenge: rest, then each step in its order and in its time. Pure; time comes with the frames. */
export function createChallenge(plan: ChallengePlan): Challenge {
  return new Attempt(plan);
}

class Attempt implements Challenge {
  readonly #plan: ChallengePlan;
  readonly #done: DoneStep[] = [];
  #resting: { readonly signs: FaceSigns; readonly atMs: number }[] = [];
  #rest: LivenessRest | undefined;
  #failure: LivenessFailure | undefined;
  #watch: StepWatch | undefined;
  #phaseSince = 0;
  #goodAt: number | undefined;
  #otherFrames = 0;

  constructor(plan: ChallengePlan) {
    this.#plan = plan;
  }

  get rest(): LivenessRest | undefined {
    return this.#rest;
  }

  get done(): readonly DoneStep[] {
    return this.#done;
  }

  get failure(): LivenessFailure | undefined {
    return this.#failure;
  }

  fail(failure: LivenessFailure): void {
    this.#failure ??= failure;
  }

  look(sight: Sight, atMs: number): ChallengeState {
    if (this.#failure === undefined && !this.#isPassed) this.#take(sight, atMs);
    return this.#state(atMs);
  }

  get #isPassed(): boolean {
    return this.#done.length === this.#plan.steps.length;
  }

  #take(sight: Sight, atMs: number): void {
    if (this.#rest === undefined) this.#prepare(sight, atMs);
    else this.#demand(sight, atMs, this.#rest);
  }

  #prepare(sight: Sight, atMs: number): void {
    if (sight.kind !== 'face' || !sight.isPlaced) {
      this.#resting = [];
      return;
    }
    this.#resting.push({ signs: sight.signs, atMs });
    const [first] = this.#resting;
    if (first === undefined || atMs - first.atMs < restMs || this.#resting.length < leastRestFrames) return;
    this.#rest = restOf(this.#resting.map(({ signs }) => signs));
    this.#phaseSince = atMs;
    this.#goodAt = atMs;
  }

  #demand(sight: Sight, atMs: number, rest: LivenessRest): void {
    const since = atMs - (this.#goodAt ?? atMs);
    if (since > frameGapMs || (sight.kind !== 'face' && since > gapMs)) {
      this.fail(sight.kind === 'several' ? 'several-faces' : 'face-lost');
      return;
    }
    if (sight.kind !== 'face') return;
    this.#goodAt = atMs;
    this.#judge(sight.signs, atMs, rest);
  }

  #judge(signs: FaceSigns, atMs: number, rest: LivenessRest): void {
    this.#otherFrames = otherAction(this.#expected, signs, rest) ? this.#otherFrames + 1 : 0;
    if (this.#otherFrames > 1) this.fail('other-action');
    else if (this.#watch === undefined) this.#pause(signs, atMs, rest);
    else this.#follow(this.#watch, signs, atMs);
  }

  #pause(signs: FaceSigns, atMs: number, rest: LivenessRest): void {
    if (atMs - this.#phaseSince < (this.#plan.pausesMs[this.#done.length] ?? 0)) return;
    this.#watch = new StepWatch(this.#step, rest);
    this.#watch.look(signs, atMs);
    this.#phaseSince = atMs;
  }

  #follow(watch: StepWatch, signs: FaceSigns, atMs: number): void {
    const afterMs = atMs - this.#phaseSince;
    if (watch.look(signs, atMs) === 'done') {
      this.#done.push({ step: this.#step, afterMs, extent: watch.furthest });
      this.#watch = undefined;
      this.#phaseSince = atMs;
    } else if (afterMs > stepMs) this.fail('timed-out');
  }

  /** People nod twice and more: what was done may be done again. */
  get #expected(): readonly LivenessStep[] {
    return this.#plan.steps.slice(0, this.#done.length + (this.#watch === undefined ? 0 : 1));
  }

  /** The step whose turn it is. */
  get #step(): LivenessStep {
    const step = this.#plan.steps[this.#done.length];
    if (step === undefined) throw new RangeError('no step left');
    return step;
  }

  #state(atMs: number): ChallengeState {
    if (this.#failure !== undefined) return { phase: 'failed', failure: this.#failure };
    if (this.#isPassed) return { phase: 'passed' };
    if (this.#rest === undefined) return { phase: 'preparing' };
    const place = this.#done.length;
    if (this.#watch === undefined) return { phase: 'look-straight', place };
    const timeLeft = Math.max(0, 1 - (atMs - this.#phaseSince) / stepMs);
    return { phase: 'step', step: this.#step, place, seen: this.#watch.hasMoved, timeLeft };
  }
}
