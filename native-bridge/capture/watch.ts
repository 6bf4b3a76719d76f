import type { CheckName, CheckResult } from '../contract/capture.ts';
import type { FaceGeometry, RgbImage } from '../face/types.ts';
import { checkList } from './checks/check-list.ts';
import { checkFrame } from './checks/frame.ts';
import type { CheckFrame } from './checks/frame.ts';
import { isMet, judge } from './checks/judge.ts';
import type { CheckDefinition, Measurement } from './checks/judge.ts';
import { equalRun } from './picture-mark.ts';
import type { CaptureProfile, CheckRule } from './profile.ts';
import { sessionMemory } from './session-memory.ts';
import type { SessionMemory } from './session-memory.ts';
import { smoothedValue } from './smoothing.ts';
import type { SmoothedValue } from './smoothing.ts';

/** One camera frame with the faces found in it; `atMs` is any steady clock. The picture is not mirrored. */
export interface ObservedFrame {
  readonly sequence: number;
  readonly image: RgbImage;
  readonly faces: readonly FaceGeometry[];
  readonly atMs: number;
}

/** One check that is switched on, with what it carries from frame to frame. */
interface Watch {
  readonly check: CheckDefinition;
  readonly rule: CheckRule;
  readonly values: SmoothedValue;
  isMet: boolean;
}

export interface Verdict {
  readonly check: CheckDefinition;
  /** From the frame's own value and the limit itself. */
  readonly own: CheckResult;
  /** From the smoothed value and with hysteresis: what is shown and counted. */
  readonly shown: CheckResult;
  /** Whether `own` and `shown` let the shot pass. */
  readonly isOwnMet: boolean;
  readonly isShownMet: boolean;
}

export interface CheckWatch {
  /** `setsMarks` false: the frame is judged, but says nothing of what is usual for the person. */
  look(
    observed: ObservedFrame,
    setsMarks?: boolean,
  ): { readonly frame: CheckFrame; readonly verdicts: readonly Verdict[] };
  /** From the next frame on the limit itself counts for every check whose last own value was beyond it. */
  endTolerance(): void;
  clear(): void;
}

/** Runs every check of the profile on frame after frame, with smoothing and hysteresis. */
export function watchChecks(profile: CaptureProfile): CheckWatch {
  const { guiding } = profile;
  const watches = watchesOf(profile);
  const memory = sessionMemory(guiding.stillnessMs);
  const equal = equalRun();
  let last: readonly Verdict[] = [];
  const forgetFace = (): void => {
    memory.interrupt();
    watches.forEach(forget);
  };
  return {
    look: (observed, setsMarks = true) => {
      const frame = frameOf(observed, profile, memory, equal.add(observed.image));
      if (frame.face === undefined) forgetFace();
      last = watches.map((watch) => verdictOf(watch, frame, observed.atMs, guiding.hysteresis));
      if (setsMarks) rememberGood(last, memory);
      return { frame, verdicts: last };
    },
    endTolerance: () => {
      watches.forEach((watch, index) => (watch.isMet &&= last[index]?.isOwnMet ?? false));
    },
    clear: () => {
      forgetFace();
      memory.clear();
      equal.clear();
    },
  };
}

function watchesOf(profile: CaptureProfile): Watch[] {
  return checkList.flatMap((check) => {
    const rule = profile.checks[check.name];
    if (rule.kind === 'off' || check.isOfFile === true) return [];
    return [{ check, rule, values: smoothedValue(profile.guiding.smoothingMs), isMet: false }];
  });
}

function forget(watch: Watch): void {
  watch.values.clear();
  watch.isMet = false;
}

function frameOf(
  { image, faces, atMs }: ObservedFrame,
  profile: CaptureProfile,
  memory: SessionMemory,
  equalPictures: number,
): CheckFrame {
  const frame = checkFrame({ image, faces, profile, stage: 'live', history: { equalPictures } });
  if (frame.face === undefined) return frame;
  return { ...frame, history: { ...memory.moveTo(frame.face, atMs), equalPictures } };
}

function verdictOf(watch: Watch, frame: CheckFrame, atMs: number, hysteresis: number): Verdict {
  const { check, rule } = watch;
  const measurement = check.measure(frame, rule);
  const own = judge(check, measurement, rule);
  const shown = judge(check, smoothed(watch, measurement, atMs), rule, watch.isMet ? hysteresis : 0);
  watch.isMet = isMet(shown, rule);
  return { check, own, shown, isOwnMet: isMet(own, rule), isShownMet: watch.isMet };
}

function smoothed({ check, values }: Watch, measured: Measurement | undefined, atMs: number): Measurement | undefined {
  if (measured === undefined || check.immediate === true) return measured;
  return { ...measured, value: values.push(measured.value, atMs) };
}

/** Only a frame in which everything up to the light is right may set the person's own marks. */
function rememberGood(verdicts: readonly Verdict[], memory: SessionMemory): void {
  const end = verdicts.findIndex(({ check }) => check.name === 'stillness');
  const before = verdicts.slice(0, end < 0 ? undefined : end);
  if (before.some(({ own }) => own.status === 'block')) return;
  memory.remember({ sharpness: ownValue(verdicts, 'sharpness'), eyeOpening: ownValue(verdicts, 'eyes-open') });
}

function ownValue(verdicts: readonly Verdict[], name: CheckName): number | undefined {
  return verdicts.find(({ check }) => check.name === name)?.own.value;
}
