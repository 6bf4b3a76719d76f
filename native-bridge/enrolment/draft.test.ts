import { describe, expect, it } from 'vitest';
import type { Draft } from '../contract/enrolment.ts';
import type { ErrorCode } from '../contract/errors.ts';
import {
  demandSealable,
  missingOf,
  restoredDraft,
  stageOf,
  withCard,
  withComparison,
  withCompletion,
  withConsent,
  withDecision,
  withFaceDecision,
  withFaceSearch,
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

describe('what follows the text of a card', () => {
  const pending = { ...testCard(), portrait: { state: 'pending' } } as const;
  const decoded = { state: 'decoded', png: Uint8Array.of(1), width: 102, height: 126, simulated: false } as const;
  const readAt = pending.readAt;

  it('joins the reading it belongs to, each part by itself', () => {
    const carded = withCard(emptyDraft(), pending);
    const addressed = withCompletion(carded, readAt, { newestAddress: '新迁路9号' });
    expect(addressed.card).toMatchObject({ newestAddress: '新迁路9号', portrait: { state: 'pending' } });
    const whole = withCompletion(addressed, readAt, { portrait: decoded });
    expect(whole.card).toMatchObject({ newestAddress: '新迁路9号', portrait: { state: 'decoded' } });
  });

  it('is void when another reading has taken its place', () => {
    const carded = withCard(emptyDraft(), pending);
    expect(withCompletion(carded, '2026-11-23T09:09:09.000Z', { portrait: decoded })).toBe(carded);
    expect(withCompletion(emptyDraft(), readAt, { portrait: decoded })).toEqual(emptyDraft());
  });

  it('comes even after the photo, but never takes the place of a portrait that the photo was compared with', () => {
    const photographed = withPhoto(withConsent(withCard(emptyDraft(), pending), testConsent), testPhoto);
    expect(withCompletion(photographed, readAt, { portrait: decoded }).card?.portrait.state).toBe('decoded');
    const compared = withCompletion(photographed, readAt, { portrait: decoded });
    const other = { ...decoded, png: Uint8Array.of(2) };
    expect(withCompletion(compared, readAt, { portrait: other }).card?.portrait).toEqual(decoded);
  });

  it('that was lost with the program is missing, and comes when the card is laid again, to be compared anew', () => {
    const photographed = withPhoto(withConsent(withCard(emptyDraft(), pending), testConsent), testPhoto);
    const restored = restoredDraft(photographed);
    expect(restored.card?.portrait).toEqual({ state: 'missing', code: 'portrait.failed' });
    const cannot = { kind: 'cannot-compare', error: { code: 'portrait.failed' }, verifyMs: 1 } as const;
    const again = withCard(withComparison(restored, cannot), pending);
    expect(again.card?.portrait.state).toBe('pending');
    expect(again.photo).toEqual(testPhoto);
    expect(again.comparison).toBeUndefined();
  });
});

describe('the same card on a second interface of the reader', () => {
  it('does not take the place of the reading that says which module read it', () => {
    const carded = withCard(emptyDraft(), { ...testCard(), samNumber: 'module', statusPath: [0x9f, 0x90, 0x90] });
    const { samNumber: _samNumber, ...pages } = testCard();
    expect(withCard(carded, { ...pages, transport: 'pcsc', readAt: '2026-11-23T01:00:09.000Z' })).toBe(carded);
  });
});

describe('a like face under another number', () => {
  const recordId = '0190a6b0-0000-7000-8000-0000000000b1';
  const search = { kind: 'searched', engine: 'test', limit: 0.31, searched: 9, leftOut: 0, searchMs: 1 } as const;
  const found = (): Draft => withFaceSearch(completeDraft(), { ...search, found: [{ recordId, distance: 0.2 }] });

  it('is missing until a person has decided, whichever way', () => {
    expect(missingOf(found())).toEqual(['found-face']);
    expect(stageOf(found())).toBe('comparison');
    expect(() => demandSealable(found())).toThrow(refusing('enrolment.decision-required'));
    for (const samePerson of [true, false])
      expect(missingOf(withFaceDecision(found(), recordId, decision(samePerson)))).toEqual([]);
  });

  it('cannot be decided about when it was not found', () => {
    expect(() => withFaceDecision(found(), completeDraft().id, decision(true))).toThrow(
      refusing('enrolment.decision-not-wanted'),
    );
    expect(() => withFaceDecision(completeDraft(), recordId, decision(true))).toThrow(
      refusing('enrolment.decision-not-wanted'),
    );
  });

  it('and what was decided about it are void with a new photo, and stay when the comparison comes later', () => {
    const decided = withFaceDecision(found(), recordId, decision(true));
    expect(withPhoto(decided, { ...testPhoto, attempt: 2 }).faceSearch).toBeUndefined();
    expect(withComparison(decided, testComparison('match')).faceSearch).toEqual(decided.faceSearch);
  });

  it('wants no decision where nothing was found or searched', () => {
    expect(missingOf(withFaceSearch(completeDraft(), { ...search, found: [] }))).toEqual([]);
    const error = { code: 'face.too-slow' } as const;
    expect(missingOf(withFaceSearch(completeDraft(), { kind: 'cannot-search', error }))).toEqual([]);
  });
});
