import type { FaceGeometry } from '../face/types.ts';
import { landmarkShift } from './checks/stillness.ts';
import type { FrameHistory } from './checks/frame.ts';
import { median } from './smoothing.ts';

/** The best sharpness fades with this half-life, so that one odd frame cannot bar the rest of the session. */
const SHARPNESS_HALF_LIFE_MS = 10_000;
/** The usual eye opening is the median of this many frames, known from the least number on. */
const EYE_FRAMES = 60;
const LEAST_EYE_FRAMES = 8;

/** What has to be remembered from frame to frame about the worker in front of the camera. */
export interface SessionMemory {
  /** Takes the next frame's face in; the history then includes its movement. */
  moveTo(face: FaceGeometry, atMs: number): FrameHistory;
  remember(measured: { readonly sharpness?: number | undefined; readonly eyeOpening?: number | undefined }): void;
  /** Forgets the movement only: the worker is the same but was out of sight for a moment. */
  interrupt(): void;
  clear(): void;
}

interface Shift {
  readonly atMs: number;
  readonly shift: number;
}

export function sessionMemory(stillnessMs: number): SessionMemory {
  let last: { readonly face: FaceGeometry; readonly atMs: number } | undefined;
  let shifts: Shift[] = [];
  let best: { readonly value: number; readonly atMs: number } | undefined;
  let eyes: number[] = [];
  const bestNow = (atMs: number): number | undefined =>
    best && best.value * 0.5 ** ((atMs - best.atMs) / SHARPNESS_HALF_LIFE_MS);
  const interrupt = (): void => {
    last = undefined;
    shifts = [];
  };
  return {
    moveTo: (face, atMs) => {
      if (last !== undefined) shifts.push({ atMs, shift: landmarkShift(last.face, face, atMs - last.atMs) });
      shifts = shifts.filter((entry) => entry.atMs > atMs - stillnessMs);
      last = { face, atMs };
      return { movement: largestShift(shifts), bestSharpness: bestNow(atMs), usualEyeOpening: usual(eyes) };
    },
    remember: ({ sharpness, eyeOpening }) => {
      const atMs = last?.atMs ?? 0;
      if (sharpness !== undefined && sharpness > (bestNow(atMs) ?? 0)) best = { value: sharpness, atMs };
      if (eyeOpening !== undefined) eyes = [...eyes, eyeOpening].slice(-EYE_FRAMES);
    },
    interrupt,
    clear: () => {
      interrupt();
      best = undefined;
      eyes = [];
    },
  };
}

function largestShift(shifts: readonly Shift[]): number | undefined {
  return shifts.length === 0 ? undefined : Math.max(...shifts.map(({ shift }) => shift));
}

function usual(eyes: readonly number[]): number | undefined {
  return eyes.length < LEAST_EYE_FRAMES ? undefined : median(eyes);
}
