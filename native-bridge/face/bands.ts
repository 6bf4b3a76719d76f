import { pipelineFingerprint } from './pipeline-fingerprint.ts';

export type Band = 'match' | 'review' | 'no-match';

/** Limits of distance, valid for one pipeline only. */
export interface BandLimits {
  /** The pipeline that the limits were measured with. */
  readonly fingerprint: string;
  /** Up to here the pictures show the same person. */
  readonly match: number;
  /** Beyond this they show different people; between both limits a person decides. */
  readonly review: number;
}

export const measuredLimits: BandLimits = {
  fingerprint: pipelineFingerprint,
  match: 0.42,
  review: 0.6,
};

export function bandOf(distance: number, limits: BandLimits): Band {
  if (distance <= limits.match) return 'match';
  return distance <= limits.review ? 'review' : 'no-match';
}
