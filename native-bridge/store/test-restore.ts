import { completeRestore, prepareRestore, type RestoreOrder } from './restore.ts';

/* For tests: both halves of a restore, as the file job does them when nobody cancels it. */

export function restore(order: RestoreOrder): { readonly salvaged: number } {
  const prepared = prepareRestore(order);
  completeRestore(order);
  return prepared;
}
