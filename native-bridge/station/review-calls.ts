import { hasRole } from '../contract/account.ts';
import { StationError } from '../contract/errors.ts';
import type { reviewCalls, ReviewEvidence } from '../contract/review.ts';
import type { Argument } from '../contract/station.ts';
import type { Handlers } from '../rpc/server.ts';
import { isSameName } from '../store/accounts.ts';
import type { RunningStation } from './running-station.ts';

function evidence({ parts }: RunningStation, id: string): ReviewEvidence {
  const { draft } = parts.store.records.load(id);
  const { comparison, decision, photo, liveness, faceSearch } = draft;
  return {
    comparison,
    ...(decision && { decision }),
    ...(photo.exception && { photoException: photo.exception }),
    ...(liveness && { liveness }),
    found: faceSearch?.kind === 'searched' ? faceSearch.found : [],
  };
}

/** Training without accounts has nobody who could sign. */
async function reviewerOf(station: RunningStation, { id, name, password }: Argument<'review.decide'>): Promise<string> {
  const { accounts, session, parts } = station;
  if (session.state.state === 'practice') return session.person;
  const reviewer = await accounts.verify({ name, password });
  if (!hasRole(reviewer.role, 'supervisor')) throw new StationError('account.role-too-low', 'supervisor');
  if (reviewer.mustChange) throw new StationError('account.new-password-required');
  const { sealedBy } = parts.store.reviews.get(id).review;
  if (isSameName(reviewer.name, sealedBy) && !accounts.rules.ownReview) throw new StationError('review.own');
  return reviewer.name;
}

/** The calls about records that want a second pair of eyes. */
export function reviewHandlers(station: RunningStation): Pick<Handlers, keyof typeof reviewCalls> {
  const { reviews } = station.parts.store;
  return {
    'review.list': async ({ state, limit }) => ({ reviews: reviews.list(state, limit), open: reviews.open() }),
    'review.evidence': async ({ id }) => evidence(station, id),
    'review.decide': async (given) => {
      const { id, approved, note } = given;
      if (!approved && (note ?? '').length < 2) throw new StationError('review.note-required');
      const reviewer = await reviewerOf(station, given);
      reviews.decide(id, { approved, note: note === '' ? undefined : note }, reviewer);
      station.publishReviews();
      station.publishRecord(station.parts.store.records.summary(id));
      return reviews.get(id);
    },
  };
}
