import type { Box, Point } from './types.ts';

/** What the detector says about one face, in pixels of the picture. */
export interface Detection {
  readonly box: Box;
  /** Confidence, 0..1. */
  readonly score: number;
  /** The eye on the picture's left, the one on its right, nose tip, mouth centre, and the left and right ear. */
  readonly keypoints: readonly Point[];
}

/** Boxes that cover each other by more than this share of their union show the same face. */
const sameFaceOverlap = 0.3;

/**
 * Joins the detections of the same face into their mean, weighted by score: steadier from frame to frame than
 * keeping only the best one. The result is ordered by score.
 */
export function mergeDetections(detections: readonly Detection[]): Detection[] {
  let rest = detections.toSorted((left, right) => right.score - left.score);
  const merged: Detection[] = [];
  for (let best = rest[0]; best; best = rest[0]) {
    const leader = best;
    const group = rest.filter((other) => other === leader || overlap(leader.box, other.box) > sameFaceOverlap);
    merged.push(weightedMean(group));
    rest = rest.filter((other) => !group.includes(other));
  }
  return merged;
}

/** Intersection over union, 0..1. */
export function overlap(left: Box, right: Box): number {
  const shared = intersection(left, right);
  return shared / (left.width * left.height + right.width * right.height - shared);
}

/** How much of the smaller box lies inside the other, 0..1. */
export function containment(left: Box, right: Box): number {
  return intersection(left, right) / Math.min(left.width * left.height, right.width * right.height);
}

function intersection(left: Box, right: Box): number {
  const width = Math.min(left.x + left.width, right.x + right.width) - Math.max(left.x, right.x);
  const height = Math.min(left.y + left.height, right.y + right.height) - Math.max(left.y, right.y);
  return Math.max(0, width) * Math.max(0, height);
}

function weightedMean(group: readonly Detection[]): Detection {
  const total = group.reduce((sum, { score }) => sum + score, 0);
  const mean = (pick: (detection: Detection) => number): number =>
    group.reduce((sum, detection) => sum + detection.score * pick(detection), 0) / total;
  const box = {
    x: mean(({ box }) => box.x),
    y: mean(({ box }) => box.y),
    width: mean(({ box }) => box.width),
    height: mean(({ box }) => box.height),
  };
  const keypoints = (group[0]?.keypoints ?? []).map((_, index) => ({
    x: mean((detection) => detection.keypoints[index]?.x ?? 0),
    y: mean((detection) => detection.keypoints[index]?.y ?? 0),
  }));
  return { box, score: group[0]?.score ?? 0, keypoints };
}
