import type { ErrorReport } from '../contract/basic.ts';
import { type ErrorCode, errorTable, type StationError } from '../contract/errors.ts';

/**
 * Whom a trouble concerns, which says what has to wait:
 * - `store`     the data file; nothing can be marked, so nothing is sent;
 * - `platform`  everybody: the way there, the platform as a whole, or the account;
 * - `try`       this request; the next try may well succeed;
 * - `record`    the record itself; a person has to look at it.
 */
export type TroubleScope = 'store' | 'platform' | 'try' | 'record';

const storeWide: ReadonlySet<ErrorCode> = new Set(['store.full', 'store.read-only', 'store.unavailable']);

/** Passing troubles that every request meets. */
const everywhere: ReadonlySet<ErrorCode> = new Set([
  'platform.unreachable',
  'platform.busy',
  'platform.captive-portal',
]);

/** The platform's own clear words that it did nothing. After any other trouble of a request it may have acted. */
const surelyUndone: ReadonlySet<ErrorCode> = new Set([
  'platform.busy',
  'platform.sign-refused',
  'platform.clock-wrong',
  'platform.no-permission',
  'platform.address-not-allowed',
  'platform.not-configured',
  'platform.wrong-certificate',
  'platform.record-refused',
]);

export function scopeOf(code: ErrorCode): TroubleScope {
  if (storeWide.has(code)) return 'store';
  if (everywhere.has(code)) return 'platform';
  if (code === 'platform.record-refused') return 'record';
  // What a person must put right about connection or account stops every record alike.
  if (code.startsWith('platform.') && errorTable[code].class === 'ask-operator') return 'platform';
  return errorTable[code].class === 'retry' || code === 'internal' ? 'try' : 'record';
}

export const mayHaveActed = (code: ErrorCode): boolean => !surelyUndone.has(code);

export const reportOf = ({ code, detail }: StationError): ErrorReport => ({
  code,
  ...(detail !== undefined && { detail }),
});

/** The wait after `attempt` tries: the last one repeats for ever, for a record is never given up. */
export const waitAfter = (waits: readonly number[], attempt: number): number =>
  waits[Math.min(attempt, waits.length - 1)] ?? 0;
