import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import { leastRoles } from '../../native-bridge/contract/access.ts';
import { hasRole, type Role } from '../../native-bridge/contract/account.ts';
import type { StationClient } from '../../native-bridge/contract/client.ts';
import type { PeopleCodes } from '../../native-bridge/contract/people-codes.ts';
import type { CallName } from '../../native-bridge/contract/station.ts';
import type { StationSnapshot, StationState } from './station-state.ts';

const StationContext = createContext<StationState | undefined>(undefined);

export function StationProvider({
  station,
  children,
}: {
  readonly station: StationState;
  readonly children: ReactNode;
}) {
  return <StationContext value={station}>{children}</StationContext>;
}

/** The state holder itself, for calls and for taking over results. */
export function useStationState(): StationState {
  const station = useContext(StationContext);
  if (station === undefined) throw new Error('no StationProvider above this component');
  return station;
}

/** One part of the station's state; the component renders again when that part changes. */
export function useStation<T>(select: (snapshot: StationSnapshot) => T): T {
  const station = useStationState();
  return useSyncExternalStore(station.subscribe, () => select(station.snapshot()));
}

/** Whether whoever is at the desk has at least this role; training without accounts has every one. */
export const useHasRole = (least: Role): boolean =>
  useStation(({ account }) => {
    if (account?.state === 'signed-in') return hasRole(account.account.role, least);
    return account?.state === 'practice';
  });

/** Whether the station would answer this call now; it decides, this only spares people a refusal. */
export function useMay(call: CallName): boolean {
  const least = leastRoles[call];
  return useHasRole(least === 'anyone' ? 'operator' : least);
}

export function useClient(): StationClient {
  return useStationState().client;
}

/** The tables of the connected platform that a worker's fields are chosen from and named by. */
export const usePeopleCodes = (): PeopleCodes => useStation(({ codes }) => codes);
