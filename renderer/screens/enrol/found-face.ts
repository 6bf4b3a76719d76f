import type { Draft } from '../../../native-bridge/contract/enrolment.ts';
import type { FoundFace } from '../../../native-bridge/contract/face-search.ts';
import { isRefused, wantsDecision } from './verdict.ts';

export interface OpenFinding {
  readonly face: FoundFace;
  /** Which of so many it is, from 1. */
  readonly place: number;
  readonly count: number;
}

/**
 * The like face under another number that the person has to decide about next: after card and face are known to belong
 * together, as nothing else can be sealed anyway.
 */
export function openFinding(draft: Draft): OpenFinding | undefined {
  const { comparison, faceSearch } = draft;
  if (comparison === undefined || wantsDecision(draft) || isRefused(draft)) return undefined;
  if (faceSearch?.kind !== 'searched') return undefined;
  const index = faceSearch.found.findIndex(({ decision }) => decision === undefined);
  const face = faceSearch.found[index];
  return face && { face, place: index + 1, count: faceSearch.found.length };
}
