import { useEffect, useState } from 'react';
import { asStationError, type StationError } from '../../../native-bridge/contract/errors.ts';
import { play } from '../../sound/tones.ts';

/** Why the last try was refused; with too many wrong ones, the seconds that are still to be waited. */
export interface Refusal {
  readonly error: StationError | undefined;
  readonly waitSeconds: number;
  readonly busy: boolean;
  readonly attempt: (work: () => Promise<unknown>) => Promise<boolean>;
  readonly forget: () => void;
}

function useCountdown(until: number | undefined): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (until === undefined) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [until]);
  return until === undefined ? 0 : Math.max(0, Math.ceil((until - now) / 1000));
}

const waitOf = ({ code, detail }: StationError) => (code === 'account.wait' ? Number(detail) * 1000 : undefined);

export function useRefusal(): Refusal {
  const [error, setError] = useState<StationError>();
  const [until, setUntil] = useState<number>();
  const [busy, setBusy] = useState(false);
  const waitSeconds = useCountdown(until);
  const attempt = async (work: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await work();
      setError(undefined);
      return true;
    } catch (cause) {
      const refused = asStationError(cause);
      const wait = waitOf(refused);
      setError(refused);
      setUntil(wait === undefined ? undefined : Date.now() + wait);
      play('failure');
      return false;
    } finally {
      setBusy(false);
    }
  };
  const forget = () => {
    setError(undefined);
    setUntil(undefined);
  };
  return { error, waitSeconds, busy, attempt, forget };
}
