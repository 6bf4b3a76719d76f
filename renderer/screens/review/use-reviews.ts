import { useCallback, useEffect, useState } from 'react';
import type { ListedReview, ReviewState } from '../../../native-bridge/contract/review.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';

/** More than anybody reviews in one go. */
const most = 200;

/** The records in one state of review; asked for again whenever one changes. */
export function useReviews(state: ReviewState): readonly ListedReview[] | undefined {
  const client = useClient();
  const act = useAction();
  const [found, setFound] = useState<{ readonly state: ReviewState; readonly reviews: readonly ListedReview[] }>();
  const load = useCallback(
    () =>
      act(async () => {
        const { reviews } = await client.call('review.list', { state, limit: most });
        setFound({ state, reviews });
      }),
    [act, client, state],
  );
  useEffect(() => {
    void load();
    const leaves = [
      client.on('reviews.changed', () => void load()),
      client.on('queue.changed', () => void load()),
      client.on('record.erased', () => void load()),
    ];
    return () => leaves.forEach((leave) => leave());
  }, [client, load]);
  return found?.state === state ? found.reviews : undefined;
}
