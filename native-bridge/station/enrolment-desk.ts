import type { CardReading } from '../contract/card.ts';
import type { FinalPhoto } from '../contract/capture.ts';
import type {
  BlackListAnswer,
  Certificate,
  Comparison,
  Consent,
  Decision,
  Draft,
  EnrolmentView,
  RecordSummary,
  Team,
  WorkerFields,
} from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import type { FaceDecision, FaceSearch } from '../contract/face-search.ts';
import type { Liveness } from '../contract/liveness.ts';
import { withBlackList } from '../enrolment/black-list.ts';
import {
  type CardCompletion,
  demandSealable,
  inProject,
  missingOf,
  newDraft,
  restoredDraft,
  stageOf,
  withAttestation,
  withCard,
  withCertificate,
  withComparison,
  withCompletion,
  withConsent,
  withDecision,
  withFaceDecision,
  withFaceSearch,
  withFields,
  withLiveness,
  withoutCertificate,
  withoutPhoto,
  withPhoto,
  withTeam,
} from '../enrolment/draft.ts';
import { signingOf } from '../enrolment/signing.ts';
import { isTrainingDue } from '../enrolment/training-due.ts';
import type { EnrolmentFigures } from '../store/enrolment-figures.ts';
import type { EngineDescriptor } from '../store/face-descriptors.ts';

/** What the desk needs of the store. */
export interface DeskStore {
  readonly drafts: {
    current(): Draft | undefined;
    save(draft: Draft): void;
    discard(id: string, reason: string, actor: string): void;
  };
  readonly records: {
    seal(draft: Draft, actor: string, face?: EngineDescriptor): RecordSummary;
    findByNumber(projectCode: string, number: string): string | undefined;
    /** When data or training of this person were last brought up to date, if ever. */
    lastUpdateOf(projectCode: string, number: string): string | undefined;
  };
}

export interface DeskOptions {
  readonly store: DeskStore;
  readonly operator: () => string;
  readonly newId: () => string;
  readonly now: () => Date;
  /** Code of the connected project. */
  readonly projectCode: string | undefined;
  readonly team: () => Team | undefined;
  /** The photo's descriptor, where it is stored with the record. */
  readonly faceOf?: (draft: Draft) => EngineDescriptor | undefined;
  /** Throws the reason why no new enrolment may begin. One in work can be finished all the same. */
  readonly demandOpen: () => void;
  /** The draft with what the site's rules say of the holder's age now. */
  readonly aged: (draft: Draft) => Draft;
  readonly onChanged: (view: EnrolmentView | undefined) => void;
  /** The record, and the draft that became it. */
  readonly onSealed: (record: RecordSummary, draft: Draft) => void;
  /** What is known of the holder of a card before a person has typed anything. */
  readonly prefilled?: (draft: Draft) => WorkerFields;
  /** Counts what happens; absent where nobody asks for it. */
  readonly figures?: Pick<EnrolmentFigures, 'compared' | 'retaken' | 'discarded'>;
}

/**
 * The one enrolment in work. Every step is stored before the screens hear of it; what cannot be stored has not
 * happened. A draft found at start-up waits for the operator's word.
 */
export class EnrolmentDesk {
  readonly #options: DeskOptions;
  #draft: Draft | undefined;
  #restored: boolean;
  #attempts = 0;

  constructor(options: DeskOptions) {
    this.#options = options;
    const stored = options.store.drafts.current();
    this.#draft = stored && options.aged(inProject(restoredDraft(stored), options.projectCode));
    this.#restored = this.#draft !== undefined;
    this.#attempts = this.#draft?.photo?.attempt ?? 0;
  }

  view(): EnrolmentView | undefined {
    const draft = this.#draft;
    if (draft === undefined) return undefined;
    const { team, card } = draft;
    const already = team && card && this.#alreadyEnrolled(team.projectCode, card.fields);
    return {
      draft,
      stage: stageOf(draft),
      missing: [...missingOf(draft)],
      restored: this.#restored,
      ...(already !== undefined && { alreadyEnrolled: already }),
      ...this.#trainingDue(team, card),
    };
  }

  #trainingDue(team: Team | undefined, card: CardReading | undefined): Pick<EnrolmentView, 'trainingDueSince'> {
    const { store, now } = this.#options;
    const last = team && card && store.records.lastUpdateOf(team.projectCode, card.fields.number);
    return last !== undefined && isTrainingDue(last, now()) ? { trainingDueSince: last } : {};
  }

  /** A record of this person in the project, also one under the number of the holder's earlier card. */
  #alreadyEnrolled(projectCode: string, fields: CardReading['fields']): string | undefined {
    const { records } = this.#options.store;
    const former = fields.kind === 'foreigner-2023' ? fields.formerNumber : undefined;
    return records.findByNumber(projectCode, fields.number) ?? (former && records.findByNumber(projectCode, former));
  }

  /** The draft in work. Throws `enrolment.none`. */
  demand(): Draft {
    if (this.#draft === undefined) throw new StationError('enrolment.none');
    return this.#draft;
  }

  continueRestored(): void {
    this.#goOnWith(this.demand());
  }

  /** A card was read: it begins an enrolment, or joins the one in work. */
  cardRead(reading: CardReading): void {
    if (this.#draft === undefined) this.#options.demandOpen();
    const draft = withCard(this.#draft ?? newDraft(this.#options.newId(), this.#now(), this.#options.team()), reading);
    const known = this.#draft?.card === undefined ? this.#options.prefilled?.(draft) : undefined;
    this.#change(known === undefined ? draft : withFields(draft, { ...draft.fields, ...known }));
  }

  /** Portrait and newest address of the reading of that moment; void when another reading or person took its place. */
  cardCompleted(readAt: string, completion: CardCompletion): void {
    const draft = this.#draft && withCompletion(this.#draft, readAt, completion);
    if (draft !== undefined && draft !== this.#draft) this.#change(draft);
  }

  consent(consent: Omit<Consent, 'givenAt'>): void {
    const signing = signingOf(consent, this.#options.operator());
    this.#goOnWith(withConsent(this.demand(), { ...consent, signing, givenAt: this.#now() }));
  }

  /** Number of the picture that is taken next, from 1. */
  get nextAttempt(): number {
    return this.#attempts + 1;
  }

  photoTaken(photo: FinalPhoto, liveness?: Liveness): void {
    const draft = withPhoto(this.demand(), photo);
    this.#goOnWith(liveness === undefined ? draft : withLiveness(draft, liveness));
    this.#attempts = photo.attempt;
  }

  /** The outcome of comparing one draft's photo; void when another photo or draft has taken its place. */
  compared(draftId: string, attempt: number, comparison: Comparison): void {
    if (this.#draft?.id !== draftId || this.#draft.photo?.attempt !== attempt) return;
    this.#change(withComparison(this.#draft, comparison));
    this.#options.figures?.compared(this.#draft, this.#options.operator());
  }

  /** What the search for the face of one draft's photo gave; void when another photo or draft has taken its place. */
  faceSearched(draftId: string, attempt: number, search: FaceSearch): void {
    if (this.#draft?.id !== draftId || this.#draft.photo?.attempt !== attempt) return;
    this.#change(withFaceSearch(this.#draft, search));
  }

  /** What is known about the worker's being there in person. */
  livenessKnown(liveness: Liveness): void {
    this.#goOnWith(withLiveness(this.demand(), liveness));
  }

  retake(): void {
    const draft = this.demand();
    this.#goOnWith(withoutPhoto(draft));
    if (draft.photo !== undefined) this.#options.figures?.retaken(draft, this.#options.operator());
  }

  decide(decision: Pick<Decision, 'samePerson' | 'reason'>): void {
    const recorded = { ...decision, decidedBy: this.#options.operator(), decidedAt: this.#now() };
    this.#goOnWith(withDecision(this.demand(), recorded));
  }

  /** What the person at the desk says about a face that was found under another number. */
  decideFace(recordId: string, decision: Pick<FaceDecision, 'samePerson' | 'reason'>): void {
    const recorded = { ...decision, decidedBy: this.#options.operator(), decidedAt: this.#now() };
    this.#goOnWith(withFaceDecision(this.demand(), recordId, recorded));
  }

  /** A certificate for one draft; refused when another one has taken its place. */
  certificateGiven(draftId: string, certificate: Pick<Certificate, 'mediaType' | 'bytes'>): void {
    const draft = this.demand();
    if (draft.id !== draftId) throw new StationError('enrolment.none');
    const kept = { ...certificate, attachedBy: this.#options.operator(), attachedAt: this.#now() };
    this.#goOnWith(withCertificate(draft, kept));
  }

  certificateTakenAway(): void {
    this.#goOnWith(withoutCertificate(this.demand()));
  }

  /** What the platform's black list said about the holder of a number. */
  blackListAnswered(number: string, answer: BlackListAnswer): void {
    const draft = this.#draft && withBlackList(this.#draft, number, answer);
    if (draft !== undefined && draft !== this.#draft) this.#change(draft);
  }

  /** The site's rules about ages are others now. */
  rulesChanged(): void {
    if (this.#draft !== undefined) this.#change(this.#draft);
  }

  setFields(fields: WorkerFields): void {
    this.#goOnWith(withFields(this.demand(), fields));
  }

  teamChosen(team: Team): void {
    if (this.#draft !== undefined) this.#change(withTeam(this.#draft, team));
  }

  discard(reason: string): void {
    const draft = this.demand();
    this.#options.store.drafts.discard(draft.id, reason, this.#options.operator());
    this.#options.figures?.discarded(draft, this.#options.operator());
    this.#clear();
  }

  /** The draft was erased, its time being over; another one in work is left alone. */
  erased(id: string): void {
    if (this.#draft?.id === id) this.#clear();
  }

  /** Where no challenge was passed the seal is the operator's statement that the worker was there in person. */
  seal(): RecordSummary {
    const { store, operator, faceOf } = this.#options;
    demandSealable(this.demand());
    const draft = withAttestation(this.demand(), { attestedBy: operator(), attestedAt: this.#now() });
    const record = store.records.seal(draft, operator(), faceOf?.(draft));
    this.#clear();
    this.#options.onSealed(record, draft);
    return record;
  }

  /** A step that the operator took: a restored draft is being gone on with. */
  #goOnWith(draft: Draft): void {
    this.#restored = false;
    this.#change(draft);
  }

  #change(changed: Draft): void {
    const draft = this.#options.aged(changed);
    this.#options.store.drafts.save(draft);
    this.#draft = draft;
    this.#options.onChanged(this.view());
  }

  #clear(): void {
    this.#draft = undefined;
    this.#restored = false;
    this.#attempts = 0;
    this.#options.onChanged(undefined);
  }

  #now(): string {
    return this.#options.now().toISOString();
  }
}
