import type { Draft } from '../../../native-bridge/contract/enrolment.ts';

/** What the compare pane has to say. `working`: the photo is taken, its comparison is not there yet. */
export type Verdict = 'waiting' | 'working' | 'match' | 'review' | 'no-match' | 'cannot-compare';

export function verdictOf({ photo, comparison }: Draft): Verdict {
  if (photo === undefined) return 'waiting';
  if (comparison === undefined) return 'working';
  return comparison.kind === 'compared' ? comparison.band : 'cannot-compare';
}

/** Whether a person has to say if it is the same one, and has not said it yet. */
export function wantsDecision(draft: Draft): boolean {
  const verdict = verdictOf(draft);
  return (verdict === 'review' || verdict === 'cannot-compare') && draft.decision === undefined;
}

/** Whether machine or person found that card and person do not belong together. */
export function isRefused(draft: Draft): boolean {
  return verdictOf(draft) === 'no-match' || draft.decision?.samePerson === false;
}
