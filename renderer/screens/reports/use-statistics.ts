import { useEffect, useState } from 'react';
import { asStationError, type ErrorCode } from '../../../native-bridge/contract/errors.ts';
import type { Statistics } from '../../../native-bridge/contract/statistics-calls.ts';
import { useClient, useStation } from '../../client/station-context.tsx';
import { chinaDayAgo } from '../../components/china-day.ts';

export interface Query {
  readonly days: number;
  readonly teamName?: string | undefined;
  readonly operator?: string | undefined;
}

export const argumentOf = ({ days, teamName, operator }: Query) => ({
  from: chinaDayAgo(days - 1),
  to: chinaDayAgo(0),
  ...(teamName !== undefined && { teamName }),
  ...(operator !== undefined && { operator }),
});

interface Told {
  /** Kept while others are being asked for, or cannot be had. */
  readonly statistics?: Statistics;
  readonly trouble?: ErrorCode;
}

/** Nothing until the station has told them. A record that comes or goes asks anew. */
export function useStatistics(query: Query): Told & { readonly again: () => void } {
  const client = useClient();
  const connected = useStation((snapshot) => snapshot.connected);
  const enrolled = useStation(({ status }) => status?.today.enrolled);
  const unsent = useStation(({ status }) => status?.unsent.count);
  const [told, setTold] = useState<Told>({});
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!connected) return undefined;
    let isCurrent = true;
    client.call('statistics.days', argumentOf(query)).then(
      (statistics) => isCurrent && setTold({ statistics }),
      (cause: unknown) => isCurrent && setTold((shown) => ({ ...shown, trouble: asStationError(cause).code })),
    );
    return () => {
      isCurrent = false;
    };
  }, [client, connected, query, enrolled, unsent, round]);
  return { ...told, again: () => setRound(round + 1) };
}
