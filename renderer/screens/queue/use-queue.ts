import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { RecordState, RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { asStationError, type ErrorCode } from '../../../native-bridge/contract/errors.ts';
import { useClient, useStation } from '../../client/station-context.tsx';
import { withRecord } from '../../client/station-state.ts';

/** Records asked for at a time. */
const pageSize = 50;

export type QueueCounts = Readonly<Partial<Record<RecordState, number>>>;

export interface Queue {
  readonly records: readonly RecordSummary[];
  readonly counts: QueueCounts;
  readonly loading: boolean;
  readonly more: boolean;
  readonly trouble?: ErrorCode;
  readonly reload: () => void;
  readonly loadMore: () => void;
}

interface Listed {
  readonly records: readonly RecordSummary[];
  readonly counts: QueueCounts;
  readonly more: boolean;
  readonly trouble?: ErrorCode;
}

const nothing: Listed = { records: [], counts: {}, more: false };

/** A changed record in a list of one state: it comes in, is renewed, or leaves. */
function afterChange(records: readonly RecordSummary[], changed: RecordSummary, state: RecordState | undefined) {
  if (state !== undefined && changed.state !== state) return records.filter(({ id }) => id !== changed.id);
  return withRecord(records, changed, Math.max(records.length + 1, pageSize));
}

/** The sealed records of a state (all without one), newest first; kept up by the station's events. */
export function useQueue(state: RecordState | undefined): Queue {
  const client = useClient();
  const connected = useStation((snapshot) => snapshot.connected);
  const [listed, setListed] = useState(nothing);
  const [loading, setLoading] = useState(true);
  const round = useRef(0);
  const ask = useCallback(
    async (before?: string) => {
      const mine = ++round.current;
      setLoading(true);
      try {
        const argument = { limit: pageSize, ...(state && { state }), ...(before !== undefined && { before }) };
        const { records, counts } = await client.call('queue.list', argument);
        if (mine !== round.current) return;
        setListed((shown) => ({
          records: before === undefined ? records : [...shown.records, ...records],
          counts,
          more: records.length === pageSize,
        }));
      } catch (cause) {
        if (mine === round.current) setListed((shown) => ({ ...shown, trouble: asStationError(cause).code }));
      } finally {
        if (mine === round.current) setLoading(false);
      }
    },
    [client, state],
  );
  useEffect(() => {
    if (connected) void ask();
  }, [connected, ask]);
  const changed = useEffectEvent((record: RecordSummary) => {
    setListed((shown) => ({ ...shown, records: afterChange(shown.records, record, state) }));
    void client.call('queue.list', { limit: 1 }).then(
      ({ counts }) => setListed((shown) => ({ ...shown, counts })),
      () => undefined,
    );
  });
  useEffect(() => client.on('queue.changed', ({ record }) => changed(record)), [client]);
  const erased = useEffectEvent(() => void ask());
  useEffect(() => client.on('record.erased', () => erased()), [client]);
  const last = listed.records.at(-1);
  return { ...listed, loading, reload: () => void ask(), loadMore: () => void (last && ask(last.sealedAt)) };
}
