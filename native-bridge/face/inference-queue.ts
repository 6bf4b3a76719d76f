/** A job that waited too long behind others and was not run. */
export class InferenceOverdueError extends Error {
  readonly code = 'face-inference-overdue';
}

/** A run takes milliseconds, and every caller has one job in line; who waits this long waits for something that hangs. */
const longestWaitMs = 10_000;

/**
 * One queue for the whole process: two inferences at a time would only fight for the same cores, and
 * a burst of frames must not pile up inside the runtime.
 */
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a job after all jobs enqueued before; a job that fails does not stop those behind it. Rejects with
 * `InferenceOverdueError` after `waitMs` without a turn; the job is then never run.
 */
export function enqueueInference<Result>(job: () => Promise<Result>, waitMs = longestWaitMs): Promise<Result> {
  const { promise: result, resolve, reject } = Promise.withResolvers<Result>();
  let isOverdue = false;
  const timer = setTimeout(() => {
    isOverdue = true;
    reject(new InferenceOverdueError('waited too long for its turn'));
  }, waitMs);
  const turn = last.then(async () => {
    clearTimeout(timer);
    if (!isOverdue) await job().then(resolve, reject);
  });
  last = turn.catch(() => undefined);
  return result;
}
