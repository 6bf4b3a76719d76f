import type { RecordSummary } from '../../native-bridge/contract/enrolment.ts';
import { StationError } from '../../native-bridge/contract/errors.ts';
import type { ListedReview, reviewCalls, ReviewReason } from '../../native-bridge/contract/review.ts';
import type { Argument, Result } from '../../native-bridge/contract/station.ts';

/* Records that wait for a second look, for looking at the screens; not part of the product. */

type Calls = typeof reviewCalls;
type Handlers = { readonly [N in keyof Calls]: (argument: Argument<N>) => Result<N> };

const wanting = (record: RecordSummary, reasons: ReviewReason[]): ListedReview => ({
  record,
  review: { reasons, sealedBy: '莫经办', state: 'open' },
});

export class FakeReviews {
  reviews: readonly ListedReview[] = [];

  fill(records: readonly RecordSummary[]): void {
    const reasons: ReviewReason[][] = [
      ['grey-comparison'],
      ['photo-exception', 'liveness-exception'],
      ['suspected-duplicate'],
      ['consent-withdrawn'],
    ];
    this.reviews = records.slice(0, reasons.length).map((record, index) => wanting(record, reasons[index] ?? []));
  }

  readonly handlers: Handlers = {
    'review.list': ({ state }) => {
      const open = this.reviews.filter(({ review }) => review.state === 'open').length;
      return { reviews: this.reviews.filter(({ review }) => review.state === state), open };
    },
    'review.evidence': ({ id }) => ({
      comparison: {
        kind: 'compared',
        band: 'review',
        distance: 0.47,
        frames: 5,
        engine: 'example-1',
        verifyMs: 41,
        falseAccepts: { atLeast: 0.001, atMost: 0.003 },
      },
      decision: {
        samePerson: true,
        reason: '本人，蓄了胡须',
        decidedBy: '莫经办',
        decidedAt: '2026-03-05T01:12:00.000Z',
      },
      photoException: { reason: '背景无法遮挡', failed: ['brightness'] },
      found: [{ recordId: id, distance: 0.38 }],
    }),
    'review.decide': ({ id, approved, name, note }) => {
      const found = this.reviews.find(({ record }) => record.id === id);
      if (found === undefined) throw new StationError('store.not-found');
      const state = approved ? 'approved' : 'sent-back';
      const decided = { decidedBy: name, decidedAt: new Date().toISOString(), ...(note !== undefined && { note }) };
      const now: ListedReview = { ...found, review: { ...found.review, state, ...decided } };
      this.reviews = this.reviews.map((each) => (each === found ? now : each));
      return now;
    },
  };
}
