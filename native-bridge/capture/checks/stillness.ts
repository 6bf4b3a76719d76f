import type { FaceGeometry } from '../../face/types.ts';
import type { CheckDefinition } from './judge.ts';

/** Movement is told per frame of a camera with this interval; slower analysis must not look like more movement. */
const REFERENCE_INTERVAL_MS = 1000 / 15;

/** Largest landmark shift of the last moments, as a share of the eye distance. */
export const stillness: CheckDefinition = {
  name: 'stillness',
  unit: 'ratio',
  immediate: true,
  measure: ({ history }) => (history.movement === undefined ? undefined : { value: history.movement }),
  prompt: () => 'hold-still',
};

/**
 * Median shift of the landmarks from one frame to the next over the eye distance, for one reference interval. The median
 * leaves a blink or a word out: only movement of the whole head counts.
 */
export function landmarkShift(before: FaceGeometry, after: FaceGeometry, elapsedMs: number): number {
  const shifts = Array.from({ length: after.landmarks.length / 2 }, (_, index) => {
    const [x, y] = [index * 2, index * 2 + 1];
    return Math.hypot(after.landmarks[x]! - before.landmarks[x]!, after.landmarks[y]! - before.landmarks[y]!);
  });
  const median = shifts.toSorted((a, b) => a - b)[Math.floor(shifts.length / 2)] ?? 0;
  return (median / after.eyeDistance) * Math.min(1, REFERENCE_INTERVAL_MS / Math.max(1, elapsedMs));
}
