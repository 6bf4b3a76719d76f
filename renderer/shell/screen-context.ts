import { createContext, useContext } from 'react';
import type { Screen } from './navigation.tsx';

export interface ScreenActions {
  /** Goes to a screen; to the queue with one record opened if an id is given. */
  readonly show: (screen: Screen, recordId?: string) => void;
  readonly openTeam: () => void;
  readonly openHelp: () => void;
}

const nowhere = () => undefined;

export const ScreenContext = createContext<ScreenActions>({ show: nowhere, openTeam: nowhere, openHelp: nowhere });

export const useScreenActions = (): ScreenActions => useContext(ScreenContext);
