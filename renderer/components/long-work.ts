import { useEffect, useState } from 'react';

/** Work that is over sooner is not worth words that come and go, in milliseconds. */
const momentMs = 500;

/** Whether it has been running for longer than a moment. */
export function useIsLong(running: boolean): boolean {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!running) return undefined;
    const timer = setTimeout(() => setIsLong(true), momentMs);
    return () => {
      clearTimeout(timer);
      setIsLong(false);
    };
  }, [running]);
  return running && isLong;
}

/** Whole seconds since the caller was first shown. */
export function useElapsedSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const startedAt = performance.now();
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - startedAt) / 1000)), 250);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}
