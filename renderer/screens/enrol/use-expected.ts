import { useCallback, useEffect, useState } from 'react';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient, useStation } from '../../client/station-context.tsx';

export type Expected = Result<'expected.view'>;

const nothing: Expected = { mode: { on: false }, workers: [], came: 0 };

/** The chosen team's list of the expected; asked for anew whenever it, the team or the card in work changes. */
export function useExpected(): Expected {
  const client = useClient();
  const connected = useStation((snapshot) => snapshot.connected);
  const teamId = useStation(({ status }) => status?.team?.id);
  const card = useStation(({ enrolment }) => enrolment?.draft.card?.readAt);
  const [expected, setExpected] = useState(nothing);
  const ask = useCallback(() => void client.call('expected.view', {}).then(setExpected, () => undefined), [client]);
  useEffect(() => {
    if (connected) ask();
  }, [connected, teamId, card, ask]);
  useEffect(() => client.on('expected.changed', ask), [client, ask]);
  return expected;
}
