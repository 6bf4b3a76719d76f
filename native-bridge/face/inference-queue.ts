/**
 * One queue for the whole process: two inferences at a time would only fight for the same cores, and
 * a burst of frames must not pile up inside the runtime.
 */
let last: Promise<unknown> = Promise.resolve();

/** Runs a job after all jobs enqueued before; a job that fails does not stop those behind it. */
export function enqueueInference<Result>(job: () => Promise<Result>): Promise<Result> {
  const result = last.then(job);
  last = result.catch(() => undefined);
  return result;
}
