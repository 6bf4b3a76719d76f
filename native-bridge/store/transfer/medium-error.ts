import { StationError } from '../../contract/errors.ts';
import type { ErrorCode } from '../../contract/errors.ts';

const codes: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'transfer.medium-full',
  EDQUOT: 'transfer.medium-full',
  // A FAT file system holds no file of 4 GiB.
  EFBIG: 'transfer.medium-full',
  EROFS: 'transfer.medium-read-only',
  EACCES: 'transfer.medium-read-only',
  EPERM: 'transfer.medium-read-only',
};

/** A failure of the file system that a package is on; what is not known otherwise counts as a medium pulled out. */
export function asMediumError(cause: unknown): StationError {
  if (cause instanceof StationError) return cause;
  if (!(cause instanceof Error && 'code' in cause)) return new StationError('internal', undefined, { cause });
  const { code } = cause as Error & { readonly code?: string };
  return new StationError(codes[code ?? ''] ?? 'transfer.medium-gone', code, { cause });
}

/** Runs work on a medium and turns what it throws into a `StationError`. */
export async function onMedium<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw asMediumError(cause);
  }
}
