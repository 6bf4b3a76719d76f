import { useEffect } from 'react';
import { useClient, useStation } from '../client/station-context.tsx';

/** The station need not hear of every key; milliseconds, far below the shortest time until a desk locks. */
const quietMs = 15_000;

/** Tells the station that somebody is at work, so that the desk does not lock under their hands. */
export function useDeskActivity(): void {
  const client = useClient();
  const signedIn = useStation(({ account }) => account?.state === 'signed-in');
  useEffect(() => {
    if (!signedIn) return undefined;
    let toldAt = 0;
    const tell = () => {
      if (Date.now() - toldAt < quietMs) return;
      toldAt = Date.now();
      // A station that cannot be reached tells so elsewhere.
      client.call('account.active', {}).catch(() => undefined);
    };
    const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
    for (const sign of signs) window.addEventListener(sign, tell, { passive: true });
    return () => signs.forEach((sign) => window.removeEventListener(sign, tell));
  }, [client, signedIn]);
}
