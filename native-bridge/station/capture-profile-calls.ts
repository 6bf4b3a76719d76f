import type { Handlers } from '../rpc/server.ts';
import type { RunningStation } from './running-station.ts';

export type CaptureProfileHandlers = Pick<Handlers, 'settings.capture-profiles' | 'settings.choose-capture-profile'>;

/** The calls about the picture standard of the project. */
export function captureProfileHandlers(station: RunningStation): CaptureProfileHandlers {
  const { profiles } = station.parts;
  return {
    'settings.capture-profiles': async () => profiles.describe(),
    'settings.choose-capture-profile': async ({ name }) => {
      profiles.choose(name);
      station.publishStatus();
      return profiles.describe();
    },
  };
}
