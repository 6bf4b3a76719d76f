import { StationError } from '../../contract/errors.ts';

/** A line that is not closed by then is left to the operating system, so that no stop waits for a wedged driver. */
export const closeLimitMs = 1000;

/** Waits until `work` has ended in any way, but no longer than `limitMs`; true when it ended in time. Never rejects. */
export function endedWithin(work: Promise<unknown>, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), limitMs);
    const ended = () => {
      clearTimeout(timer);
      resolve(true);
    };
    work.then(ended, ended);
  });
}

/** Opening a device takes milliseconds; a driver that needs longer than this hangs. */
const openLimitMs = 2000;

/** Devices whose opening has not ended: each holds a thread, so none is begun a second time. */
const opening = new Set<string>();

/**
 * Opens a device within 2 s, else rejects with `reader.no-answer`; what opens later is given back. `key` names the
 * device, so that one that hangs is not opened again meanwhile.
 */
export async function openedInTime<T>(
  key: string,
  open: () => Promise<T>,
  giveBack: (late: T) => Promise<void>,
): Promise<T> {
  if (opening.has(key)) throw new StationError('reader.no-answer');
  opening.add(key);
  const opened = open().finally(() => opening.delete(key));
  if (await endedWithin(opened, openLimitMs)) return opened;
  opened.then(giveBack).catch(() => undefined);
  throw new StationError('reader.no-answer');
}
