import type { CheckName, CheckResult } from '../../contract/capture.ts';
import type { ChallengeView, LivenessAttempt, LivenessChallenge, LivenessFailure } from '../../contract/liveness.ts';
import type { FaceGeometry, RgbImage } from '../../face/types.ts';
import type { ObservedFrame } from '../watch.ts';
import { type Challenge, type ChallengePlan, type ChallengeState, createChallenge, type Sight } from './challenge.ts';
import { challengeRules } from './extent.ts';
import { drawPlan, type Random } from './plan.ts';
import { type PassiveScores, type Signals, watchSignals } from './signals.ts';
import { signsOf } from './signs.ts';

/** What the session needs of the face engine; each works on a face that was found in the picture. */
export interface LivenessSenses {
  /** Whether `lids` tells anything: the net for it is installed. */
  readonly canMeasureLids: boolean;
  /** Openings of both eyes over their widths. */
  lids(image: RgbImage, face: FaceGeometry): Promise<readonly [number, number]>;
  /** Numbers whose distance tells whether two faces are one person's; `undefined` where none can be had. */
  describe(image: RgbImage, face: FaceGeometry): Promise<Float32Array | undefined>;
  scores(image: RgbImage, face: FaceGeometry): Promise<PassiveScores>;
}

export interface SessionOptions {
  readonly senses: LivenessSenses;
  readonly random: Random;
  readonly now: () => Date;
}

/** Attempts that follow one another without the operator. */
export const attemptsInARow = 3;
/** Whatever the operator does, no more are made for one enrolment: guessing must not become a way in. */
const mostAttempts = 6;
/** How long a failure is told before the next attempt begins. */
const failureShownMs = 2_500;
/** Faces of one session are one person's up to this distance (face.md 4.3). */
export const samePersonLimit = 0.4;

/** What has to be right before the person's rest is taken; light and sharpness are not needed for it. */
const placing: readonly CheckName[] = [
  'face-present',
  'single-face',
  'inside-frame',
  'eye-distance',
  'not-too-near',
  'yaw',
  'pitch',
  'roll',
];

/** The liveness challenge of one enrolment: attempt after attempt, and that all of them show one person. */
export class LivenessSession {
  readonly #options: SessionOptions;
  readonly #signals: Signals = watchSignals();
  readonly #attempts: LivenessAttempt[] = [];
  #plan!: ChallengePlan;
  #challenge!: Challenge;
  #startedAt!: string;
  #person: Float32Array | undefined;
  #furthest = 0;
  #describedSteps = -1;
  #attemptsLeft = attemptsInARow;
  #failedAtMs: number | undefined;
  #isPassed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#begin();
  }

  get isPassed(): boolean {
    return this.#isPassed;
  }

  /** All attempts in a row have failed; only the operator can go on. */
  get hasFailed(): boolean {
    return this.#failedAtMs !== undefined && this.#attemptsLeft === 0;
  }

  /** Takes the next frame in. `checks` are those of the same frame. */
  async look(
    frame: ObservedFrame,
    face: FaceGeometry | undefined,
    checks: readonly CheckResult[],
  ): Promise<ChallengeView> {
    const { image, atMs } = frame;
    if (this.#isPassed) return { phase: 'over', passed: true };
    if (this.#failedAtMs !== undefined) return this.#afterFailure(this.#failedAtMs, atMs);
    this.#signals.look(image);
    const state = this.#challenge.look(await this.#sight(image, face, checks), atMs);
    if (face !== undefined) await this.#checkPerson(state, image, face);
    return this.#told(this.#challenge.failure === undefined ? state : failed(this.#challenge.failure), atMs);
  }

  /** Whether the photo shows the person of the challenge. A session that shows another one begins anew. */
  async confirm(image: RgbImage, face: FaceGeometry): Promise<boolean> {
    if (await this.#isSamePerson(image, face)) return true;
    this.#isPassed = false;
    this.#forgetPerson();
    this.#challenge.fail('person-changed');
    this.#keepAttempt('person-changed');
    this.#begin();
    return false;
  }

  /** The camera was closed in between. An attempt under way is lost and counts, or one could draw for easier steps. */
  reopen(): void {
    if (this.#isPassed || this.hasFailed) return;
    if (this.#failedAtMs === undefined && this.#challenge.rest !== undefined) {
      this.#keepAttempt('face-lost');
      this.#attemptsLeft--;
    }
    if (this.#attemptsLeft > 0) this.#begin();
    else this.#failedAtMs = 0;
  }

  /** Some more attempts at the operator's wish; false when there have been too many. */
  again(): boolean {
    if (this.#attempts.length >= mostAttempts) return false;
    this.#attemptsLeft = Math.min(attemptsInARow, mostAttempts - this.#attempts.length);
    this.#begin();
    return true;
  }

  /** What goes with the record; `undefined` before the first attempt has come to its end. */
  result(): LivenessChallenge | undefined {
    if (this.#attempts.length === 0) return undefined;
    return {
      rules: challengeRules,
      passed: this.#isPassed,
      attempts: [...this.#attempts],
      ...(this.#person && { sameFaceDistance: this.#furthest }),
      signals: this.#signals.summary(),
    };
  }

  #begin(): void {
    const { random, senses, now } = this.#options;
    this.#plan = drawPlan(random, senses.canMeasureLids);
    this.#challenge = createChallenge(this.#plan);
    this.#startedAt = now().toISOString();
    this.#describedSteps = -1;
    this.#failedAtMs = undefined;
  }

  async #sight(image: RgbImage, face: FaceGeometry | undefined, checks: readonly CheckResult[]): Promise<Sight> {
    if (face === undefined) return { kind: 'none' };
    if (isBlocked(checks, 'single-face')) return { kind: 'several' };
    const { senses } = this.#options;
    const lids = senses.canMeasureLids ? await senses.lids(image, face) : ([1, 1] as const);
    return { kind: 'face', signs: signsOf(face, lids), isPlaced: !placing.some((name) => isBlocked(checks, name)) };
  }

  /** Once when the rest is known, and once after each step. */
  async #checkPerson(state: ChallengeState, image: RgbImage, face: FaceGeometry): Promise<void> {
    const steps = this.#challenge.done.length;
    const isAtRest = state.phase === 'look-straight' || state.phase === 'passed';
    if (!isAtRest || steps === this.#describedSteps) return;
    this.#describedSteps = steps;
    if (!(await this.#isSamePerson(image, face))) this.#challenge.fail('person-changed');
    this.#signals.lookCloser(image, face, await this.#options.senses.scores(image, face));
  }

  async #isSamePerson(image: RgbImage, face: FaceGeometry): Promise<boolean> {
    const described = await this.#options.senses.describe(image, face);
    if (described === undefined) return true;
    this.#person ??= described;
    const apart = distance(this.#person, described);
    this.#furthest = Math.max(this.#furthest, apart);
    return apart <= samePersonLimit;
  }

  #forgetPerson(): void {
    this.#person = undefined;
    this.#furthest = 0;
  }

  #told(state: ChallengeState, atMs: number): ChallengeView {
    const of = this.#plan.steps.length;
    if (state.phase === 'failed') return this.#failWith(state.failure, atMs);
    if (state.phase !== 'passed') return state.phase === 'preparing' ? state : { ...state, of };
    this.#isPassed = true;
    this.#keepAttempt();
    return { phase: 'over', passed: true };
  }

  #failWith(failure: LivenessFailure, atMs: number): ChallengeView {
    this.#keepAttempt(failure);
    this.#failedAtMs = atMs;
    this.#attemptsLeft--;
    // Another person is not held to the face of the one before.
    if (failure === 'person-changed') this.#forgetPerson();
    return { phase: 'failed', failure, attemptsLeft: this.#attemptsLeft };
  }

  #afterFailure(failedAtMs: number, atMs: number): ChallengeView {
    const failure = this.#attempts.at(-1)?.failure ?? 'timed-out';
    if (this.#attemptsLeft === 0 || atMs - failedAtMs < failureShownMs)
      return { phase: 'failed', failure, attemptsLeft: this.#attemptsLeft };
    this.#begin();
    return { phase: 'preparing' };
  }

  #keepAttempt(failure?: LivenessFailure): void {
    const { rest, done } = this.#challenge;
    this.#attempts.push({
      startedAt: this.#startedAt,
      asked: [...this.#plan.steps],
      done: [...done],
      ...(rest && { rest }),
      ...(failure && { failure }),
    });
  }
}

const failed = (failure: LivenessFailure): ChallengeState => ({ phase: 'failed', failure });

const isBlocked = (checks: readonly CheckResult[], name: CheckName): boolean =>
  checks.some((check) => check.name === name && (check.status === 'block' || check.status === 'not-measured'));

function distance(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += ((one[index] ?? 0) - (other[index] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
