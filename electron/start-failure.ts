import { errorTable, StationError } from '../native-bridge/contract/errors.ts';

/** Why a shell could not start, for the person who started it: in both languages where it is an error of ours. */
export function startFailure(cause: unknown): string {
  if (!(cause instanceof StationError)) return cause instanceof Error ? cause.message : 'unknown error';
  const { zh, en } = errorTable[cause.code];
  return `${zh}\n${en}\n(${cause.message})`;
}
