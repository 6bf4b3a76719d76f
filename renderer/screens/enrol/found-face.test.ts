import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../native-bridge/contract/enrolment.ts';
import type { FoundFace } from '../../../native-bridge/contract/face-search.ts';
import { openFinding } from './found-face.ts';

const recordId = '0190a6b0-0000-7000-8000-0000000000b1';
const decision = { samePerson: false, reason: '长相相似', decidedBy: 'x', decidedAt: '2026-11-23T01:00:00Z' };
const waiting: FoundFace = { recordId, distance: 0.21 };
const decided: FoundFace = { recordId, distance: 0.2, decision };

const compared = (band: 'match' | 'review' | 'no-match'): Draft => ({
  id: recordId,
  startedAt: '2026-11-23T01:00:00Z',
  photo: {
    jpeg: new Uint8Array(),
    width: 358,
    height: 441,
    profile: 'test',
    profileVersion: '1',
    checks: [],
    attempt: 1,
    takenBy: 'automatic',
  },
  comparison: { kind: 'compared', band, distance: 0.3, frames: 5, engine: 'test', verifyMs: 10 },
  fields: {},
});

const draft = (found: FoundFace[], band: 'match' | 'review' | 'no-match' = 'match'): Draft => ({
  ...compared(band),
  faceSearch: { kind: 'searched', engine: 'test', limit: 0.31, searched: 3, leftOut: 0, searchMs: 1, found },
});

describe('the like face that waits for a decision', () => {
  it('is the first without one', () => {
    expect(openFinding(draft([decided, waiting]))).toEqual({ face: waiting, place: 2, count: 2 });
  });

  it('is none when all are decided, or nothing was searched', () => {
    expect(openFinding(draft([decided]))).toBeUndefined();
    expect(openFinding(compared('match'))).toBeUndefined();
  });

  it('comes after the question whether card and person belong together', () => {
    expect(openFinding(draft([waiting], 'review'))).toBeUndefined();
    expect(openFinding({ ...draft([waiting], 'review'), decision: { ...decision, samePerson: true } })).toBeDefined();
    expect(openFinding(draft([waiting], 'no-match'))).toBeUndefined();
  });
});
