import { useCallback, useEffect, useState } from 'react';
import type {
  TransferConflict,
  TransferJob,
  TransferPlace,
  TransferState,
} from '../../../native-bridge/contract/transfer-calls.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';

/** The export or import under way, or the last one; kept up by the station's events. */
export function useJob(): TransferJob | undefined {
  const client = useClient();
  const [job, setJob] = useState<TransferJob>();
  useEffect(() => {
    void client.call('transfer.state', {}).then(
      (state) => setJob((known) => known ?? state.job),
      () => undefined,
    );
    return client.on('transfer.changed', setJob);
  }, [client]);
  return job;
}

export interface Asked<T> {
  readonly value: T | undefined;
  readonly ask: () => void;
  readonly set: (value: T) => void;
}

/** The answer to a question that is put at once and can be put again; trouble is said in words. */
function useAsked<T>(question: () => Promise<T>): Asked<T> {
  const act = useAction();
  const [value, set] = useState<T>();
  const ask = useCallback(() => void act(async () => set(await question())), [act, question]);
  useEffect(() => ask(), [ask]);
  return { value, ask, set };
}

export function useTransferState(): Asked<TransferState> {
  const client = useClient();
  return useAsked(useCallback(() => client.call('transfer.state', {}), [client]));
}

export function usePlaces(): Asked<readonly TransferPlace[]> {
  const client = useClient();
  return useAsked<readonly TransferPlace[]>(
    useCallback(async () => (await client.call('transfer.places', {})).places, [client]),
  );
}

export function useConflicts(): Asked<readonly TransferConflict[]> {
  const client = useClient();
  return useAsked<readonly TransferConflict[]>(
    useCallback(async () => (await client.call('transfer.conflicts', {})).conflicts, [client]),
  );
}
