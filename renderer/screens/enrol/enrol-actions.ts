import { createContext, useCallback, useContext } from 'react';
import { useClient, useStationState } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';

export interface EnrolActions {
  /** Asks for the reason and discards the enrolment in work. */
  readonly askDiscard: () => void;
}

export const EnrolActionsContext = createContext<EnrolActions>({ askDiscard: () => undefined });

export const useEnrolActions = (): EnrolActions => useContext(EnrolActionsContext);

type SimpleCall = 'enrolment.retake' | 'enrolment.continue' | 'capture.shoot';

/** Makes a call whose result is the enrolment as it is afterwards, and takes that over. */
export function useEnrolmentCall(): (name: SimpleCall) => Promise<boolean> {
  const client = useClient();
  const station = useStationState();
  const act = useAction();
  return useCallback(
    (name) => act(async () => station.setEnrolment((await client.call(name, {})).enrolment)),
    [act, client, station],
  );
}
