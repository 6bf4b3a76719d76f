import { describe, expect, it } from 'vitest';
import type { Draft } from '../contract/enrolment.ts';
import type { ErrorCode } from '../contract/errors.ts';
import {
  demandSealable,
  missingOf,
  stageOf,
  withCard,
  withComparison,
  withConsent,
  withDecision,
  withFields,
  withoutPhoto,
  withPhoto,
} from './draft.ts';
import { completeDraft, emptyDraft, testCard, testComparison, testConsent, testPhoto } from './test-draft.ts';

const decision = (samePerson: boolean) => ({
  samePerson,
  reason: '两张照片五官一致',
  decidedBy: 'operator',
  decidedAt: '2026-11-23T01:01:00.000Z',
});

const refusing = (code: ErrorCode) => expect.objectContaining({ code }) as Error;

describe('one enrolment, step by step', () => {
  it('asks for the steps in the order of the desk', () => {
    const carded = withCard(emptyDraft(), testCard());
    const consented = withConsent(carded, testConsent);
    const photographed = withPhoto(consented, testPhoto);
    const compared = withComparison(photographed, testComparison('match'));
    const filled = withFields(compared, completeDraft().fields);
    const stages = [emptyDraft(), carded, consented, photographed, compared, filled].map(stageOf);
    expect(stages).toEqual(['card', 'consent', 'photo', 'comparison', 'fields', 'ready']);
    expect(() => demandSealable(filled)).not.toThrow();
  });

  it('refuses consent before the card and the photo before consent', () => {
    expect(() => withConsent(emptyDraft(), testConsent)).toThrow(refusing('enrolment.card-required'));
    expect(() => withPhoto(withCard(emptyDraft(), testCard()), testPhoto)).toThrow(
      refusing('enrolment.consent-required'),
    );
    expect(() => withComparison(emptyDraft(), testComparison('match'))).toThrow(refusing('enrolment.photo-required'));
  });

  it('refuses the consent of a person under the minimum age, and the seal', () => {
    const findings = [{ code: 'age', level: 'block', reason: 'under-minimum' }] as const;
    const card = { ...testCard(), findings: [...findings] };
    expect(() => withConsent(withCard(emptyDraft(), card), testConsent)).toThrow(refusing('enrolment.under-age'));
    expect(() => demandSealable({ ...completeDraft(), card })).toThrow(refusing('enrolment.under-age'));
  });

  it("refuses another person's card and takes the same card again", () => {
    const draft = withCard(emptyDraft(), testCard());
    expect(() => withCard(draft, testCard({ number: '459999198604090028' }))).toThrow(refusing('enrolment.other-card'));
    expect(withCard(draft, { ...testCard(), readMs: 1 }).card?.readMs).toBe(1);
  });

  it('keeps the card that a comparison was made with', () => {
    expect(withCard(completeDraft(), { ...testCard(), readMs: 1 }).card?.readMs).toBe(800);
  });

  it('voids comparison and decision when a new photo is taken', () => {
    const decided: Draft = { ...completeDraft(), comparison: testComparison('review'), decision: decision(true) };
    for (const draft of [withPhoto(decided, testPhoto), withoutPhoto(decided)]) {
      expect(draft.comparison).toBeUndefined();
      expect(draft.decision).toBeUndefined();
    }
  });
});

describe('who decides', () => {
  const review: Draft = { ...completeDraft(), comparison: testComparison('review') };

  it('leaves the grey band to a person', () => {
    expect(missingOf(review)).toEqual(['decision']);
    expect(() => demandSealable(review)).toThrow(refusing('enrolment.decision-required'));
    expect(() => demandSealable(withDecision(review, decision(true)))).not.toThrow();
  });

  it('does not seal when that person says it is somebody else', () => {
    expect(() => demandSealable(withDecision(review, decision(false)))).toThrow(refusing('enrolment.not-consistent'));
  });

  it('leaves it to a person when no comparison was possible', () => {
    const draft: Draft = {
      ...completeDraft(),
      comparison: { kind: 'cannot-compare', error: { code: 'portrait.no-decoder' }, verifyMs: 0 },
    };
    expect(missingOf(draft)).toEqual(['decision']);
    expect(stageOf(withDecision(draft, decision(true)))).toBe('ready');
  });

  it('lets nobody overrule a clear answer', () => {
    for (const band of ['match', 'no-match'] as const) {
      const draft = { ...completeDraft(), comparison: testComparison(band) };
      expect(() => withDecision(draft, decision(true))).toThrow(refusing('enrolment.decision-not-wanted'));
    }
    const other = { ...completeDraft(), comparison: testComparison('no-match') };
    expect(() => demandSealable(other)).toThrow(refusing('enrolment.not-consistent'));
  });
});

describe('fields', () => {
  it('names what is still missing', () => {
    const { cellPhone: _cellPhone, ...fields } = completeDraft().fields;
    const draft = withFields(completeDraft(), fields);
    expect(missingOf(draft)).toEqual(['cellPhone']);
    expect(() => demandSealable(draft)).toThrow(refusing('enrolment.incomplete'));
  });

  it('is not sealed without a team', () => {
    const { team: _team, ...draft } = completeDraft();
    expect(() => demandSealable(draft)).toThrow(refusing('enrolment.team-required'));
  });
});
