import { useEffect, useState } from 'react';
import { asStationError, type ErrorCode } from '../../native-bridge/contract/errors.ts';
import type { PrintedWorker } from '../../native-bridge/contract/print-calls.ts';
import { useClient } from '../client/station-context.tsx';

export type PrintOrder =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly code: ErrorCode }
  | { readonly state: 'ready'; readonly workers: readonly PrintedWorker[] };

const loading: PrintOrder = { state: 'loading' };

/** What papers tell of these workers; asked for again with every `round`. */
export function usePrintOrder(ids: readonly string[], round: number): PrintOrder {
  const client = useClient();
  const [order, setOrder] = useState<{ readonly round: number; readonly value: PrintOrder }>();
  useEffect(() => {
    let isCurrent = true;
    const told = (value: PrintOrder) => isCurrent && setOrder({ round, value });
    client.call('worker.sheet-data', { ids: [...ids] }).then(
      ({ workers }) => told({ state: 'ready', workers }),
      (cause: unknown) => told({ state: 'failed', code: asStationError(cause).code }),
    );
    return () => {
      isCurrent = false;
    };
  }, [client, ids, round]);
  return order?.round === round ? order.value : loading;
}
