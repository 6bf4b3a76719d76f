import type { LivenessRest } from '../../contract/liveness.ts';
import type { FaceGeometry } from '../../face/types.ts';
import { mouthOpening } from '../face-measures.ts';
import { median } from '../smoothing.ts';

/** What the steps of a challenge are measured by, in one frame. */
export type FaceSigns = LivenessRest;

/** `lids` are the openings of both eyes; their mean counts, as half a blink is none. */
export function signsOf(face: FaceGeometry, lids: readonly [number, number]): FaceSigns {
  const { yaw, pitch } = face.pose;
  return { yaw, pitch, eyeOpening: (lids[0] + lids[1]) / 2, mouthOpening: mouthOpening(face) };
}

/** The person's own marks at rest: medians, so that a blink among the frames does not count. */
export function restOf(frames: readonly FaceSigns[]): LivenessRest {
  const medianOf = (name: keyof FaceSigns) => median(frames.map((signs) => signs[name]));
  return {
    yaw: medianOf('yaw'),
    pitch: medianOf('pitch'),
    eyeOpening: medianOf('eyeOpening'),
    mouthOpening: medianOf('mouthOpening'),
  };
}
