import type { Guidance, PromptCode } from '../contract/capture.ts';
import type { CheckFrame } from './checks/frame.ts';
import { holding } from './holding.ts';
import type { CaptureProfile } from './profile.ts';
import { promptChoice } from './prompt-choice.ts';
import { frameQuality } from './quality.ts';
import { watchChecks } from './watch.ts';
import type { ObservedFrame, Verdict } from './watch.ts';

export type { ObservedFrame } from './watch.ts';

/** What to show for the frame, and how good it would be as the photo (0..1, from its own values, not smoothed). */
export type Observation = Omit<Guidance, 'best'> & { readonly quality: number };

export interface Guide {
  /**
   * `mayShoot` false: everything is told as ever, but the holding time does not run, and the frames are no measure for
   * later ones. An open mouth looks sharper than any resting face, which would then seem blurred.
   */
  observe(frame: ObservedFrame, mayShoot?: boolean): Observation;
  /** Back to the start: next worker, or the picture is taken again. */
  reset(): void;
}

/**
 * Watches a session of frames against `profile`: one prompt at a time in the order of the check list, values smoothed,
 * limits with hysteresis, and a shot when every blocking check has held for the holding time. The shot falls on a frame
 * whose own values all pass, once; then the guide says `done` until it is reset.
 */
export function createGuide(profile: CaptureProfile): Guide {
  const checks = watchChecks(profile);
  const ring = holding(profile.guiding.holdingMs);
  const prompts = promptChoice(profile.guiding.smoothingMs);
  let isDone = false;
  return {
    observe: (observed, mayShoot = true) => {
      const { frame, verdicts } = checks.look(observed, mayShoot);
      const progress = isDone ? 1 : ring.update(mayShoot && verdicts.every(isShownMet), observed.atMs);
      const shot = !isDone && progress >= 1 && verdicts.every(isOwnMet);
      isDone ||= shot;
      // A full ring without a shot: a value rests just beyond its limit, and the worker must be told in the end.
      if (progress >= 1 && !isDone) checks.endTolerance();
      const prompt = prompts.next(isDone ? 'done' : wantedPrompt(verdicts, frame), observed.atMs);
      const quality = frameQuality(
        verdicts.map(({ own }) => own),
        profile,
      );
      return { sequence: observed.sequence, prompt, progress, shot, quality, ...countsOf(verdicts), ...boxOf(frame) };
    },
    reset: () => {
      isDone = false;
      checks.clear();
      ring.clear();
      prompts.clear();
    },
  };
}

const isShownMet = (verdict: Verdict): boolean => verdict.isShownMet;
const isOwnMet = (verdict: Verdict): boolean => verdict.isOwnMet;

function wantedPrompt(verdicts: readonly Verdict[], frame: CheckFrame): PromptCode {
  const first = verdicts.find(({ shown }) => shown.status === 'block');
  return first === undefined ? 'keep-so' : first.check.prompt(first.shown, frame);
}

function countsOf(verdicts: readonly Verdict[]): Pick<Observation, 'checks' | 'passed' | 'blocking'> {
  const checks = verdicts.map(({ shown }) => shown);
  return {
    checks,
    passed: checks.filter(({ status }) => status === 'pass').length,
    blocking: checks.filter(({ status }) => status === 'block').length,
  };
}

function boxOf({ face, image }: CheckFrame): Pick<Observation, 'faceBox'> {
  if (face === undefined) return {};
  const { x, y, width, height } = face.box;
  return {
    faceBox: { x: x / image.width, y: y / image.height, width: width / image.width, height: height / image.height },
  };
}
