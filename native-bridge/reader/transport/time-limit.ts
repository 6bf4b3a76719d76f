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
