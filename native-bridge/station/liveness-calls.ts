import type { Handlers } from '../rpc/server.ts';
import type { RunningStation } from './running-station.ts';

type LivenessHandlers = Pick<Handlers, Extract<keyof Handlers, `liveness.${string}`>>;

/** The calls about the liveness challenge. */
export function livenessHandlers(station: RunningStation): LivenessHandlers {
  const { liveness } = station;
  return {
    'liveness.mode': async () => ({ mode: liveness.mode }),
    'liveness.set-mode': async ({ mode }) => {
      liveness.setMode(mode);
      return { mode: liveness.mode };
    },
    'liveness.again': async () => {
      liveness.again();
      return {};
    },
    'liveness.except': async ({ reason, supervisor }) => {
      // Whoever is signed in answers for it, whatever name was typed; training has typed names only.
      liveness.except({ reason, supervisor: station.session.account?.name ?? supervisor });
      return station.current();
    },
  };
}
