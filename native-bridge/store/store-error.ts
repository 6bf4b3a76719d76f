import { StationError } from '../contract/errors.ts';
import type { ErrorCode } from '../contract/errors.ts';

/** SQLite result codes by their beginning (extended codes follow it), the first that fits counts. */
const sqliteCodes: readonly (readonly [string, ErrorCode])[] = [
  ['SQLITE_FULL', 'store.full'],
  ['SQLITE_READONLY', 'store.read-only'],
  ['SQLITE_CORRUPT', 'store.corrupt'],
  ['SQLITE_NOTADB', 'store.corrupt'],
  ['SQLITE_IOERR_SHORT_READ', 'store.corrupt'],
  ['SQLITE_IOERR_DATA', 'store.corrupt'],
  ['SQLITE_IOERR_CORRUPTFS', 'store.corrupt'],
  ['SQLITE_IOERR', 'store.unavailable'],
  ['SQLITE_CANTOPEN', 'store.unavailable'],
  ['SQLITE_BUSY', 'store.unavailable'],
  ['SQLITE_LOCKED', 'store.unavailable'],
  ['SQLITE_PERM', 'store.unavailable'],
  ['SQLITE_PROTOCOL', 'store.unavailable'],
];

const systemCodes: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'store.full',
  EDQUOT: 'store.full',
  EROFS: 'store.read-only',
  EACCES: 'store.unavailable',
  EPERM: 'store.unavailable',
  ENOENT: 'store.unavailable',
  ENOTDIR: 'store.unavailable',
  EISDIR: 'store.unavailable',
  EIO: 'store.unavailable',
  EEXIST: 'store.unavailable',
};

function codeOf(cause: Error & { readonly code?: string }): ErrorCode {
  const code = cause.code ?? '';
  return sqliteCodes.find(([start]) => code.startsWith(start))?.[1] ?? systemCodes[code] ?? 'internal';
}

/** Any failure of the database or the file system as an error of the closed set; its detail is only the system's code. */
export function asStoreError(cause: unknown): StationError {
  if (cause instanceof StationError) return cause;
  // Both SQLite's and the system's errors carry a code; the driver itself is not needed here, nor where keys are read.
  if (!(cause instanceof Error && 'code' in cause)) return new StationError('internal', undefined, { cause });
  const failure = cause as Error & { readonly code?: string };
  return new StationError(codeOf(failure), failure.code, { cause });
}

/** Runs `work` and turns what it throws into a `StationError`; `onDriverError` hears of one that was none before. */
export function guarded<T>(work: () => T, onDriverError?: (error: StationError) => void): T {
  try {
    return work();
  } catch (cause) {
    const error = asStoreError(cause);
    if (error !== cause) onDriverError?.(error);
    throw error;
  }
}
