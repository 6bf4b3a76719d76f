import { type Draft, type Missing, requiredFieldNames, type Stage } from '../../native-bridge/contract/enrolment.ts';
import { waitsForFaceDecision } from './fake-face.ts';

/** What a script's enrolment still wants; the station's own rule is in its enrolment part. */
export function missingOf(draft: Draft): Missing[] {
  const { comparison, decision } = draft;
  const asked = comparison?.kind === 'cannot-compare' || comparison?.band === 'review';
  const matched = comparison?.kind === 'compared' && comparison.band === 'match';
  const age = draft.card?.findings.find(({ code, level }) => code === 'age' && level === 'block');
  const refusal = age && (age.reason ?? 'under-minimum');
  const steps: readonly (readonly [Missing, boolean])[] = [
    ['card', draft.card === undefined],
    ['consent', draft.consent === undefined],
    ['photo', draft.photo === undefined],
    ['decision', asked && decision === undefined],
    ['comparison', !matched && !(asked && decision?.samePerson !== false)],
    ['found-face', waitsForFaceDecision(draft)],
    ...requiredFieldNames.map((name) => [name, draft.fields[name] === undefined] as const),
    ['age', refusal !== undefined && refusal !== 'needs-certificate'],
    ['certificate', refusal === 'needs-certificate'],
    ['black-list', draft.blackList?.state === 'listed' && draft.blackList.blocks],
  ];
  return steps.filter(([, missing]) => missing).map(([name]) => name);
}

export function stageOf([first]: readonly Missing[]): Stage {
  if (first === undefined) return 'ready';
  if (first === 'card' || first === 'consent' || first === 'photo') return first;
  return first === 'comparison' || first === 'decision' || first === 'found-face' ? 'comparison' : 'fields';
}
