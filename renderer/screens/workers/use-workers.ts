import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { RecordState, RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { asStationError, type ErrorCode } from '../../../native-bridge/contract/errors.ts';
import { useClient, useStation } from '../../client/station-context.tsx';

/** Workers asked for at a time. */
const pageSize = 50;

/** After the last key until the station is asked, in milliseconds: a name is typed in one go. */
const typingPauseMs = 120;

export interface WorkerFilter {
  readonly text: string;
  readonly teamName: string | undefined;
  readonly state: RecordState | undefined;
}

interface Found {
  readonly workers: readonly RecordSummary[];
  readonly count: number;
  readonly next?: number;
  readonly known: boolean;
  readonly trouble?: ErrorCode;
}

const nothing: Found = { workers: [], count: 0, known: false };

/** A search as the station takes it. */
export const searchOf = ({ text, teamName, state }: WorkerFilter, after?: number, limit = pageSize) => ({
  limit,
  ...(text.trim() !== '' && { text }),
  ...(teamName !== undefined && { teamName }),
  ...(state !== undefined && { state }),
  ...(after !== undefined && { after }),
});

export interface Workers extends Found {
  readonly reload: () => void;
  readonly loadMore: () => void;
}

/** The workers that fit a filter; asked for anew shortly after the filter or a record changes. */
export function useWorkers(filter: WorkerFilter): Workers {
  const client = useClient();
  const connected = useStation((snapshot) => snapshot.connected);
  const [found, setFound] = useState(nothing);
  const round = useRef(0);
  const { text, teamName, state } = filter;
  const ask = useCallback(
    async (after?: number) => {
      const mine = ++round.current;
      try {
        const page = await client.call('worker.search', searchOf({ text, teamName, state }, after));
        if (mine !== round.current) return;
        setFound((shown) => ({
          workers: after === undefined ? page.workers : [...shown.workers, ...page.workers],
          count: page.count ?? shown.count,
          known: true,
          ...(page.next !== undefined && { next: page.next }),
        }));
      } catch (cause) {
        if (mine === round.current) setFound((shown) => ({ ...shown, trouble: asStationError(cause).code }));
      }
    },
    [client, text, teamName, state],
  );
  useEffect(() => {
    if (!connected) return undefined;
    const timer = setTimeout(() => void ask(), typingPauseMs);
    return () => clearTimeout(timer);
  }, [connected, ask]);
  const changed = useEffectEvent((record: RecordSummary) => {
    setFound((shown) => ({
      ...shown,
      workers: shown.workers.map((worker) => (worker.id === record.id ? record : worker)),
    }));
  });
  useEffect(() => client.on('queue.changed', ({ record }) => changed(record)), [client]);
  return { ...found, reload: () => void ask(), loadMore: () => void (found.next !== undefined && ask(found.next)) };
}

/** Names of the teams to filter by. */
export function useTeamNames(): readonly string[] {
  const client = useClient();
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void client.call('worker.teams', {}).then(
      ({ teamNames }) => isCurrent && setNames(teamNames),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [client]);
  return names;
}
