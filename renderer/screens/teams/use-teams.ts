import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { asStationError, type ErrorCode } from '../../../native-bridge/contract/errors.ts';
import type { ReportSummary } from '../../../native-bridge/contract/report.ts';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient, useStation } from '../../client/station-context.tsx';

export interface Asked<T> {
  readonly value: T | undefined;
  readonly trouble: ErrorCode | undefined;
  readonly reload: () => void;
}

/** Asks when the station can be reached, and anew on `reload`; the latest answer counts. */
function useAsked<T>(ask: () => Promise<T>): Asked<T> {
  const connected = useStation((snapshot) => snapshot.connected);
  const [value, setValue] = useState<T>();
  const [trouble, setTrouble] = useState<ErrorCode>();
  const round = useRef(0);
  const reload = useCallback(() => {
    const mine = ++round.current;
    const latest = (tell: () => void) => {
      if (mine === round.current) tell();
    };
    ask().then(
      (answer) =>
        latest(() => {
          setValue(answer);
          setTrouble(undefined);
        }),
      (cause: unknown) => latest(() => setTrouble(asStationError(cause).code)),
    );
  }, [ask]);
  useEffect(() => {
    if (connected) reload();
  }, [connected, reload]);
  return { value, trouble, reload };
}

export type TeamOverview = Result<'team.overview'>;

/** The project's teams and what its platform offers; kept up by the station's events. */
export function useTeams(): Asked<TeamOverview> {
  const client = useClient();
  const ask = useCallback(() => client.call('team.overview', {}), [client]);
  const asked = useAsked(ask);
  const changed = useEffectEvent(() => asked.reload());
  useEffect(() => client.on('teams.changed', () => changed()), [client]);
  return asked;
}

/** Reports shown at most. */
const mostReports = 200;

/** What was reported, newest first; with a record only of its worker. */
export function useReports(recordId?: string): Asked<readonly ReportSummary[]> {
  const client = useClient();
  const ask = useCallback(
    async () =>
      (await client.call('report.list', { limit: mostReports, ...(recordId !== undefined && { recordId }) })).reports,
    [client, recordId],
  );
  const asked = useAsked(ask);
  const changed = useEffectEvent(() => asked.reload());
  useEffect(() => client.on('reports.changed', () => changed()), [client]);
  return asked;
}

/** Workers whom the station gives at a time. */
const pageSize = 200;
/** More than one report takes. */
const mostMembers = 500;

/** Everybody of a team, the newest record of each. */
export function useMembers(teamName: string): Asked<readonly RecordSummary[]> {
  const client = useClient();
  const ask = useCallback(async () => {
    const members: RecordSummary[] = [];
    let after: number | undefined;
    do {
      const page = await client.call('worker.search', {
        teamName,
        limit: pageSize,
        ...(after !== undefined && { after }),
      });
      members.push(...page.workers);
      after = page.next;
    } while (after !== undefined && members.length < mostMembers);
    return members;
  }, [client, teamName]);
  const asked = useAsked(ask);
  const changed = useEffectEvent((record: RecordSummary) => {
    if (record.teamName === teamName) asked.reload();
  });
  useEffect(() => client.on('queue.changed', ({ record }) => changed(record)), [client]);
  return asked;
}
