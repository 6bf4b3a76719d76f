import type { Guidance } from '../../native-bridge/contract/capture.ts';
import type { Draft } from '../../native-bridge/contract/enrolment.ts';
import type { ChallengeView, Liveness, LivenessMode } from '../../native-bridge/contract/liveness.ts';
import type { Argument, Result } from '../../native-bridge/contract/station.ts';

/** What the scripted liveness challenge needs of the scripted station. */
interface Surroundings {
  edit(change: (draft: Draft) => Draft): Result<'enrolment.current'>;
}

const step = { phase: 'step', place: 0, of: 2, seen: false, timeLeft: 0.7 } as const;

export const exampleChallenges: Readonly<Record<string, ChallengeView>> = {
  blink: { ...step, step: 'blink' },
  left: { ...step, step: 'turn-left', place: 1, timeLeft: 0.4 },
  right: { ...step, step: 'turn-right' },
  mouth: { ...step, step: 'open-mouth' },
  nod: { ...step, step: 'nod', place: 1 },
  back: { ...step, step: 'turn-left', seen: true },
  straight: { phase: 'look-straight', place: 1, of: 2 },
  preparing: { phase: 'preparing' },
  again: { phase: 'failed', failure: 'other-action', attemptsLeft: 2 },
  failed: { phase: 'failed', failure: 'timed-out', attemptsLeft: 0 },
};

const signals = { frames: 68, identicalFrames: 1, pattern: 3.1, antispoof: 0.71, liveness: 0.98, hints: [] };
const attempt = {
  startedAt: '2026-11-23T01:00:20.000Z',
  asked: ['blink', 'turn-left'],
  done: [],
} satisfies NonNullable<Liveness['challenge']>['attempts'][number];

export const exampleOutcomes: Readonly<Record<'passed' | 'excepted', Liveness>> = {
  passed: {
    mode: 'required',
    challenge: { rules: 'challenge-1', passed: true, attempts: [attempt], sameFaceDistance: 0.18, signals },
  },
  excepted: {
    mode: 'required',
    challenge: {
      rules: 'challenge-1',
      passed: false,
      attempts: [{ ...attempt, failure: 'timed-out' }],
      signals: { ...signals, identicalFrames: 40, hints: ['identical-frames'] },
    },
    exception: {
      reason: '面部受伤，无法完成动作',
      supervisor: '覃主管',
      decidedBy: '韦操作',
      decidedAt: '2026-11-23T01:01:00.000Z',
    },
  },
};

/** The part of the scripted station that asks for movements. */
export class FakeLiveness {
  mode: LivenessMode = 'off';
  view: ChallengeView | undefined;
  /** What the next photo will be stored with. */
  outcome: Liveness | undefined;

  guidance(): Pick<Guidance, 'challenge'> {
    return this.view === undefined ? {} : { challenge: this.view };
  }

  found(): Pick<Draft, 'liveness'> {
    return this.outcome === undefined ? {} : { liveness: this.outcome };
  }

  handlers(station: Surroundings) {
    return {
      'liveness.mode': () => ({ mode: this.mode }),
      'liveness.set-mode': ({ mode }: Argument<'liveness.set-mode'>) => {
        this.mode = mode;
        return { mode };
      },
      'liveness.again': () => {
        this.view = exampleChallenges['blink'];
        return {};
      },
      'liveness.except': (given: Argument<'liveness.except'>) => {
        this.view = { phase: 'over', passed: false };
        const exception = { ...given, decidedBy: '韦操作', decidedAt: new Date().toISOString() };
        return station.edit((draft) => ({ ...draft, liveness: { mode: 'required', exception } }));
      },
    };
  }
}
