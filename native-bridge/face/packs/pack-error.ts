/**
 * Why a pack cannot be used: its manifest is missing or wrong; one of its files is missing, too large or not a plain file
 * inside the pack; the model is not the one that the manifest names; the runtime refuses it; it takes or gives something
 * else than the manifest says; it computes something else than it should; its limits were not measured with it.
 */
export type PackProblem = 'manifest' | 'file' | 'hash' | 'cannot-load' | 'shape' | 'self-test' | 'not-measured';

/** `message` is technical, for whoever makes the pack. */
export class PackError extends Error {
  readonly problem: PackProblem;

  constructor(problem: PackProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}
