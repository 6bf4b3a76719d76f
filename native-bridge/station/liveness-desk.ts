import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { LivenessSession, type LivenessSenses } from '../capture/liveness/session.ts';
import type { ObservedFrame } from '../capture/watch.ts';
import type { CheckResult } from '../contract/capture.ts';
import { StationError } from '../contract/errors.ts';
import {
  type ChallengeView,
  type Liveness,
  type LivenessException,
  type LivenessMode,
  livenessModeSchema,
} from '../contract/liveness.ts';
import type { FaceGeometry, RgbImage } from '../face/types.ts';
import type { Store } from '../store/open-store.ts';
import type { EnrolmentDesk } from './enrolment-desk.ts';
import type { StationParts } from './station-parts.ts';

export interface LivenessDeskOptions {
  readonly store: Pick<Store, 'settings' | 'audit'>;
  readonly desk: EnrolmentDesk;
  /** Opened with the first challenge; stations that ask for none keep the memory. */
  readonly senses: () => Promise<LivenessSenses>;
  readonly projectCode: string | undefined;
  readonly operator: () => string;
  readonly now: () => Date;
}

const modesSchema = z.record(z.string(), livenessModeSchema);
const modesKey = 'livenessModes';

/** The liveness challenge of the enrolment in work, and how the project wants it. */
export class LivenessDesk {
  readonly #options: LivenessDeskOptions;
  #current: { readonly draftId: string; readonly mode: LivenessMode; session?: LivenessSession } | undefined;

  constructor(options: LivenessDeskOptions) {
    this.#options = options;
  }

  get mode(): LivenessMode {
    const { projectCode } = this.#options;
    return (projectCode === undefined ? undefined : this.#modes[projectCode]) ?? 'off';
  }

  setMode(mode: LivenessMode): void {
    const { store, projectCode, operator } = this.#options;
    if (projectCode === undefined) throw new StationError('platform.not-configured');
    const detail = { project: projectCode, from: this.mode, to: mode };
    store.settings.set(modesKey, { ...this.#modes, [projectCode]: mode });
    store.audit.append({ action: 'liveness.mode-set', subject: 'station', actor: operator(), detail });
  }

  /** The camera step of a draft begins, or begins again: attempts that were made for it still count. */
  begin(draftId: string): void {
    if (this.#current?.draftId === draftId) this.#current.session?.reopen();
    else this.#current = { draftId, mode: this.mode };
  }

  /** Whether the photo may be taken as far as liveness is concerned. */
  get mayShoot(): boolean {
    const { mode = 'off', session } = this.#current ?? {};
    if (mode === 'off' || session?.isPassed === true || this.#exception !== undefined) return true;
    return mode === 'recorded' && session?.hasFailed === true;
  }

  /** What the worker is asked for now; `undefined` where nothing is. */
  async look(
    frame: ObservedFrame,
    face: FaceGeometry | undefined,
    checks: readonly CheckResult[],
  ): Promise<ChallengeView | undefined> {
    if (this.#current === undefined || this.#current.mode === 'off') return undefined;
    if (this.#exception !== undefined) return { phase: 'over', passed: false };
    const session = await this.#session();
    const told = await session.look(frame, face, checks);
    return told.phase === 'failed' && this.mayShoot ? { phase: 'over', passed: false } : told;
  }

  /** Throws `liveness.person-changed` when the photo shows another person than the challenge that was passed. */
  async confirm(image: RgbImage, face: FaceGeometry): Promise<void> {
    const session = this.#current?.session;
    if (session?.isPassed === true && !(await session.confirm(image, face)))
      throw new StationError('liveness.person-changed');
  }

  /** What goes with the photo; `undefined` where nothing was asked for. */
  outcome(): Liveness | undefined {
    const { mode = 'off', session } = this.#current ?? {};
    if (mode === 'off') return undefined;
    const challenge = session?.result();
    const exception = this.#exception;
    return { mode, ...(challenge && { challenge }), ...(exception && { exception }) };
  }

  again(): void {
    if (this.#current?.session?.again() === false) throw new StationError('liveness.too-many-attempts');
  }

  /** Throws `liveness.not-required` where a record needs no exception. */
  except({ reason, supervisor }: Pick<LivenessException, 'reason' | 'supervisor'>): void {
    const { desk, operator, now, store } = this.#options;
    const draft = desk.demand();
    if (this.#current?.draftId !== draft.id || this.#current.mode !== 'required')
      throw new StationError('liveness.not-required');
    const exception = { reason, supervisor, decidedBy: operator(), decidedAt: now().toISOString() };
    desk.livenessKnown({ ...this.outcome(), mode: 'required', exception });
    store.audit.append({
      action: 'liveness.excepted',
      subject: draft.id,
      actor: operator(),
      detail: { reason, supervisor, attempts: this.#current.session?.result()?.attempts.length ?? 0 },
    });
  }

  get #modes(): Readonly<Record<string, LivenessMode>> {
    return this.#options.store.settings.get(modesKey, modesSchema) ?? {};
  }

  /** Stored with the draft, so that it holds after a restart as well. */
  get #exception(): LivenessException | undefined {
    const draft = this.#options.desk.view()?.draft;
    return draft?.id === this.#current?.draftId ? draft?.liveness?.exception : undefined;
  }

  async #session(): Promise<LivenessSession> {
    const current = this.#current;
    const senses = await this.#options.senses();
    if (current === undefined || current !== this.#current) throw new StationError('capture.not-open');
    current.session ??= new LivenessSession({ senses, random: randomInt, now: this.#options.now });
    return current.session;
  }
}

/** The desk of a station whose parts and enrolment are there. */
export function newLivenessDesk(parts: StationParts, desk: EnrolmentDesk, operator: () => string): LivenessDesk {
  const { store, connection, livenessSenses: senses } = parts;
  return new LivenessDesk({
    store,
    desk,
    senses,
    projectCode: connection?.projectCode,
    operator,
    now: () => new Date(),
  });
}
