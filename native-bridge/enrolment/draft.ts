import type { CardReading, Portrait } from '../contract/card.ts';
import type { FinalPhoto } from '../contract/capture.ts';
import {
  type Certificate,
  type Comparison,
  type Consent,
  type Decision,
  type Draft,
  type Missing,
  requiredFieldNames,
  type Stage,
  type Team,
  type WorkerFields,
} from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import type { FaceDecision, FaceSearch } from '../contract/face-search.ts';
import { attestationVersion, type Liveness } from '../contract/liveness.ts';
import { isListedAndBlocked } from './black-list.ts';

/*
 * One enrolment as data and the steps that change it. Every step is a pure function from draft to draft; a step that
 * comes too early is refused with the code of what has to come first, so the screen need not know the order.
 */

export function newDraft(id: string, startedAt: string, team: Team | undefined): Draft {
  return { id, startedAt, ...(team && { team }), fields: prefilled(team) };
}

function prefilled(team: Team | undefined): WorkerFields {
  return team?.workType === undefined ? {} : { workType: team.workType };
}

/** The card of the person who is being enrolled; laying the same card again refreshes what it says. */
export function withCard(draft: Draft, card: CardReading): Draft {
  const present = draft.card?.fields.number;
  if (present !== undefined && present !== card.fields.number) throw new StationError('enrolment.other-card');
  // A second interface of the same reader may read the same card and knows less of where the data came from.
  if (present !== undefined && draft.card?.samNumber !== undefined && card.samNumber === undefined) return draft;
  const known = draft.card?.portrait;
  // The portrait that the photo was compared with stays, so that the comparison remains true.
  if (draft.photo !== undefined && known?.state === 'decoded') return draft;
  if (draft.photo !== undefined) return { ...withoutComparison(draft), card };
  const isWorse = known?.state === 'decoded' && card.portrait.state !== 'decoded';
  return { ...draft, card: isWorse ? { ...card, portrait: known } : card };
}

/** What follows the text of a card, each by itself: its portrait and, on few cards, a newer address. */
export interface CardCompletion {
  readonly portrait?: Portrait;
  readonly newestAddress?: string;
}

/** The draft with what followed the reading of `readAt`; unchanged when another reading has taken its place. */
export function withCompletion(draft: Draft, readAt: string, completion: CardCompletion): Draft {
  const { card, photo } = draft;
  if (card?.readAt !== readAt) return draft;
  const { portrait = card.portrait, newestAddress } = completion;
  const isWanted = card.portrait.state === 'pending' || (photo === undefined && portrait.state === 'decoded');
  const address = newestAddress === undefined ? {} : { newestAddress };
  return { ...draft, card: { ...card, ...address, portrait: isWanted ? portrait : card.portrait } };
}

/** A draft as it is found at start-up: what was still being decoded is lost. */
export function restoredDraft(draft: Draft): Draft {
  const { card } = draft;
  if (card?.portrait.state !== 'pending') return draft;
  return { ...draft, card: { ...card, portrait: { state: 'missing', code: 'portrait.failed' } } };
}

/** The draft in a project: a team of another project is not its own. */
export function inProject(draft: Draft, projectCode: string | undefined): Draft {
  if (draft.team === undefined || draft.team.projectCode === projectCode) return draft;
  const { team: _team, ...rest } = draft;
  return rest;
}

export function withTeam(draft: Draft, team: Team): Draft {
  return { ...draft, team, fields: { ...prefilled(team), ...draft.fields } };
}

/** Which member of a draft a blocking age stands for, and the code with which it is refused. */
const ageRefusals = {
  'under-minimum': { code: 'enrolment.under-age', missing: 'age' },
  'needs-certificate': { code: 'enrolment.certificate-required', missing: 'certificate' },
  rule: { code: 'enrolment.age-rule', missing: 'age' },
} as const;

type AgeRefusal = (typeof ageRefusals)[keyof typeof ageRefusals];

/** Why the holder's age does not allow the registration as it stands; the finding is kept up to date by the desk. */
function ageRefusal(card: CardReading | undefined): AgeRefusal | undefined {
  const finding = card?.findings.find(({ code, level }) => code === 'age' && level === 'block');
  if (finding === undefined) return undefined;
  const { reason = 'under-minimum' } = finding;
  return reason in ageRefusals ? ageRefusals[reason as keyof typeof ageRefusals] : ageRefusals.rule;
}

export function withConsent(draft: Draft, consent: Consent): Draft {
  if (draft.card === undefined) throw new StationError('enrolment.card-required');
  const refusal = ageRefusal(draft.card);
  // A certificate is about health, so the consent comes before it.
  if (refusal !== undefined && refusal.missing !== 'certificate') throw new StationError(refusal.code);
  return { ...draft, consent };
}

/** Whether the camera may run for this draft. Throws with the step that is missing. */
export function demandCameraAllowed(draft: Draft): void {
  if (draft.card === undefined) throw new StationError('enrolment.card-required');
  if (draft.consent === undefined) throw new StationError('enrolment.consent-required');
}

/** A new photo makes every earlier comparison and decision void. */
export function withPhoto(draft: Draft, photo: FinalPhoto): Draft {
  demandCameraAllowed(draft);
  return { ...withoutPhoto(draft), photo };
}

export function withoutPhoto(draft: Draft): Draft {
  const { photo: _photo, ...rest } = withoutComparison(draft);
  return rest;
}

function withoutComparison(draft: Draft): Draft {
  const { comparison: _comparison, decision: _decision, faceSearch: _faceSearch, ...rest } = draft;
  return rest;
}

export function withComparison(draft: Draft, comparison: Comparison): Draft {
  if (draft.photo === undefined) throw new StationError('enrolment.photo-required');
  const { decision: _decision, ...rest } = draft;
  return { ...rest, comparison };
}

/** Whether a person has to decide: in the grey band and where no comparison was possible, the machine never does. */
export function wantsDecision(comparison: Comparison | undefined): boolean {
  return comparison?.kind === 'cannot-compare' || comparison?.band === 'review';
}

export function withDecision(draft: Draft, decision: Decision): Draft {
  if (!wantsDecision(draft.comparison)) throw new StationError('enrolment.decision-not-wanted');
  return { ...draft, decision };
}

/** What the search for the photo's face under other numbers gave; decisions about an earlier search are void. */
export function withFaceSearch(draft: Draft, faceSearch: FaceSearch): Draft {
  if (draft.photo === undefined) throw new StationError('enrolment.photo-required');
  return { ...draft, faceSearch };
}

/** A person's decision about one of the faces that were found. */
export function withFaceDecision(draft: Draft, recordId: string, decision: FaceDecision): Draft {
  const { faceSearch } = draft;
  if (faceSearch?.kind !== 'searched' || !faceSearch.found.some((face) => face.recordId === recordId))
    throw new StationError('enrolment.decision-not-wanted');
  const found = faceSearch.found.map((face) => (face.recordId === recordId ? { ...face, decision } : face));
  return { ...draft, faceSearch: { ...faceSearch, found } };
}

/** Whether a face under another number still waits for a person's decision. */
export function wantsFaceDecision({ faceSearch }: Pick<Draft, 'faceSearch'>): boolean {
  return faceSearch?.kind === 'searched' && faceSearch.found.some((face) => face.decision === undefined);
}

/** What the challenge of the photo's session gave, or the exception from it. */
export function withLiveness(draft: Draft, liveness: Liveness): Draft {
  demandCameraAllowed(draft);
  return { ...draft, liveness };
}

/** Whether the project requires a challenge that was neither passed nor excepted. */
export function wantsLiveness({ liveness }: Pick<Draft, 'liveness'>): boolean {
  if (liveness?.mode !== 'required') return false;
  return liveness.challenge?.passed !== true && liveness.exception === undefined;
}

/** Without a challenge that was passed the operator states that the worker was there in person. */
export function withAttestation(
  draft: Draft,
  attestation: Omit<NonNullable<Liveness['attestation']>, 'version'>,
): Draft {
  const liveness = draft.liveness ?? { mode: 'off' };
  if (liveness.challenge?.passed === true) return draft;
  return { ...draft, liveness: { ...liveness, attestation: { version: attestationVersion, ...attestation } } };
}

/** A certificate is personal data as well, so it comes after the consent. */
export function withCertificate(draft: Draft, certificate: Certificate): Draft {
  if (draft.consent === undefined) throw new StationError('enrolment.consent-required');
  return { ...draft, certificate };
}

export function withoutCertificate(draft: Draft): Draft {
  const { certificate: _certificate, ...rest } = draft;
  return rest;
}

/** The fields as they stand on the screen: all of them, so that one that was emptied is gone. */
export function withFields(draft: Draft, fields: WorkerFields): Draft {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { ...draft, fields: Object.fromEntries(given) };
}

/** Card and face belong together, by the machine's clear answer or by a person's recorded one. */
function consistent({ comparison, decision }: Draft): boolean {
  return wantsDecision(comparison)
    ? decision?.samePerson === true
    : comparison?.kind === 'compared' && comparison.band === 'match';
}

/** What still stands between the draft and its sealing, in the order of the screen. */
export function missingOf(draft: Draft): readonly Missing[] {
  const steps: readonly (readonly [Missing, boolean])[] = [
    ['card', draft.card === undefined],
    ['consent', draft.consent === undefined],
    ['photo', draft.photo === undefined],
    ['decision', wantsDecision(draft.comparison) && draft.decision === undefined],
    ['comparison', !consistent(draft) && !(wantsDecision(draft.comparison) && draft.decision === undefined)],
    ['found-face', wantsFaceDecision(draft)],
    ['liveness', wantsLiveness(draft)],
    ['team', draft.team === undefined],
    ...requiredFieldNames.map((name) => [name, draft.fields[name] === undefined] as const),
    ['age', ageRefusal(draft.card)?.missing === 'age'],
    ['certificate', ageRefusal(draft.card)?.missing === 'certificate'],
    ['black-list', isListedAndBlocked(draft)],
  ];
  return steps.filter(([, missing]) => missing).map(([name]) => name);
}

export function stageOf(draft: Draft): Stage {
  const missing = missingOf(draft);
  const first = missing[0];
  if (first === undefined) return 'ready';
  if (first === 'card' || first === 'consent' || first === 'photo') return first;
  if (first === 'liveness') return 'photo';
  return first === 'comparison' || first === 'decision' || first === 'found-face' ? 'comparison' : 'fields';
}

/** Throws with the most telling reason while the draft must not be sealed. */
export function demandSealable(draft: Draft): void {
  const refusal = ageRefusal(draft.card);
  if (refusal !== undefined) throw new StationError(refusal.code);
  if (isListedAndBlocked(draft)) throw new StationError('enrolment.black-listed');
  const missing = missingOf(draft);
  const codes = {
    card: 'enrolment.card-required',
    consent: 'enrolment.consent-required',
    photo: 'enrolment.photo-required',
    comparison: 'enrolment.not-consistent',
    decision: 'enrolment.decision-required',
    'found-face': 'enrolment.decision-required',
    liveness: 'liveness.required',
    team: 'enrolment.team-required',
  } as const;
  const first = missing[0];
  if (first === undefined) return;
  throw new StationError(
    first in codes ? codes[first as keyof typeof codes] : 'enrolment.incomplete',
    missing.join(' '),
  );
}
