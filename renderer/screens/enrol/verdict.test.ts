import { describe, expect, it } from 'vitest';
import type { Comparison, Decision, Draft } from '../../../native-bridge/contract/enrolment.ts';
import { isRefused, verdictOf, wantsDecision } from './verdict.ts';

const photo: NonNullable<Draft['photo']> = {
  jpeg: new Uint8Array(),
  width: 358,
  height: 441,
  profile: 'example',
  profileVersion: '1',
  checks: [],
  attempt: 1,
  takenBy: 'automatic',
};
const compared = (band: 'match' | 'review' | 'no-match'): Comparison => ({
  kind: 'compared',
  band,
  distance: 0.4,
  frames: 5,
  engine: 'example',
  verifyMs: 12,
});
const cannot: Comparison = { kind: 'cannot-compare', error: { code: 'face.no-face-on-card' }, verifyMs: 1 };
const decision = (samePerson: boolean): Decision => ({
  samePerson,
  reason: 'same features',
  decidedBy: 'operator',
  decidedAt: '2026-03-05T08:00:00Z',
});
const draft = (part: Partial<Draft>): Draft => ({
  id: '6f1c1c6e-6f0e-4c8e-9d57-0d0f3a3b1c11',
  startedAt: '2026-03-05T08:00:00Z',
  fields: {},
  ...part,
});

describe('verdictOf', () => {
  it.each([
    [draft({}), 'waiting'],
    [draft({ photo }), 'working'],
    [draft({ photo, comparison: compared('match') }), 'match'],
    [draft({ photo, comparison: compared('no-match') }), 'no-match'],
    [draft({ photo, comparison: cannot }), 'cannot-compare'],
  ])('case %#', (given, verdict) => expect(verdictOf(given)).toBe(verdict));
});

describe('wantsDecision', () => {
  it.each([
    [draft({ photo, comparison: compared('review') }), true],
    [draft({ photo, comparison: cannot }), true],
    [draft({ photo, comparison: cannot, decision: decision(true) }), false],
    [draft({ photo, comparison: compared('match') }), false],
    [draft({ photo, comparison: compared('no-match') }), false],
  ])('case %#', (given, wanted) => expect(wantsDecision(given)).toBe(wanted));
});

describe('isRefused', () => {
  it.each([
    [draft({ photo, comparison: compared('no-match') }), true],
    [draft({ photo, comparison: compared('review'), decision: decision(false) }), true],
    [draft({ photo, comparison: compared('review'), decision: decision(true) }), false],
    [draft({ photo, comparison: compared('match') }), false],
  ])('case %#', (given, refused) => expect(isRefused(given)).toBe(refused));
});
