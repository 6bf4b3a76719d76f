import type { ErrorCode } from '../contract/errors.ts';
import type { ListedReader, Transport } from '../contract/reader.ts';
import type { OpenReader, ReaderPort } from './reader-module.ts';

/** What is known of one port. Times are milliseconds of `performance.now()`. */
export interface Place {
  readonly port: ReaderPort;
  /** The operator named it, so it is tried without a pause and its trouble is always shown. */
  readonly isChosen: boolean;
  /** False while the port is gone; only a lost reader keeps such a place. */
  readonly isPresent: boolean;
  /** Its reader is served on another port already. */
  readonly isSpare: boolean;
  /** When the port appeared; undefined for those that were there when the search began. */
  readonly appearedAt?: number;
  readonly waitMs: number;
  readonly dueAt: number;
  /** Why the last attempt found no reader. */
  readonly code?: ErrorCode;
  /** The reader that was in service here and was lost. */
  readonly lost?: Omit<OpenReader, 'module'>;
  readonly lostAt?: number;
}

/** A module needs about 1.5 s from power on to its first answer, so a port that appeared is not waited with for this long. */
const settlingMs = 4000;

/** A reader that was lost is expected back on its port for this long; later its port is searched now and then. */
const expectedMs = 60_000;

/** Wait where something is there that cannot be used now: another program may let go of it. */
const tellingWaitMs = 5000;

/** Waits between two searches of a silent port: other devices are to be left alone, and get a frame once in a while. */
const firstWaitMs = 60_000;
const longestWaitMs = 600_000;

/** Troubles that say only that a port has no reader. */
const nothingThere: ReadonlySet<ErrorCode> = new Set([
  'reader.not-found',
  'reader.no-answer',
  'reader.silent-port',
  'reader.unplugged',
  'reader.link-fault',
]);

export const isTelling = (code: ErrorCode | undefined): code is ErrorCode =>
  code !== undefined && !nothingThere.has(code);

/** How long a place without a reader is left alone before the next attempt. */
function waitAfter(place: Place, code: ErrorCode, now: number): number {
  const { isChosen, lost, port, appearedAt, lostAt, waitMs } = place;
  if (isChosen) return 0;
  if (isTelling(code)) return tellingWaitMs;
  const isExpected = port.isKnownReader || (lost !== undefined && now - (lostAt ?? 0) < expectedMs);
  if (isExpected || (appearedAt !== undefined && now - appearedAt < settlingMs)) return 0;
  return lost === undefined ? Math.min(Math.max(waitMs * 2, firstWaitMs), longestWaitMs) : tellingWaitMs;
}

/** The same place after an attempt that failed. */
export function afterFailure(place: Place, code: ErrorCode, now: number): Place {
  const waitMs = waitAfter(place, code, now);
  return { ...place, waitMs, dueAt: now + waitMs, code };
}

/** A port that was there when the search began, or appeared or came back at `appearedAt`. */
export function newPlace(
  port: ReaderPort,
  isChosen: boolean,
  now: number,
  appearedAt: number | undefined,
  known?: Place,
): Place {
  const { lost, lostAt, code } = known ?? {};
  return {
    port,
    isChosen,
    isPresent: true,
    isSpare: false,
    waitMs: 0,
    dueAt: now,
    ...(appearedAt !== undefined && { appearedAt }),
    ...(code && { code }),
    ...(lost && { lost }),
    ...(lostAt !== undefined && { lostAt }),
  };
}

function transportAndAddress(key: string): { transport: Transport; address: string } {
  const colon = key.indexOf(':');
  return { transport: key.slice(0, colon) as Transport, address: key.slice(colon + 1) };
}

/** How a place without a reader in service is listed; undefined where there is nothing to say about it. */
export function listedPlace(place: Place): ListedReader | undefined {
  const { lost, code, port, isChosen } = place;
  if (lost !== undefined) {
    const { transport, address, samNumber, model } = lost;
    const about = { transport, address, samNumber, ...(model !== undefined && { model }) };
    return { id: samNumber, state: 'trouble', code: code ?? 'reader.unplugged', ...about };
  }
  if (!isChosen && !isTelling(code)) return undefined;
  const about = { id: port.key, ...transportAndAddress(port.key) };
  return code === undefined ? { ...about, state: 'searching' } : { ...about, state: 'trouble', code };
}

const order: readonly ListedReader['state'][] = ['reading', 'lift-card', 'ready', 'trouble', 'searching'];

/** Troubles that matter more the less they could be another program's or device's affair. */
const weightOf = ({ code }: ListedReader) => (isTelling(code) ? (code.startsWith('reader.port-') ? 1 : 0) : 2);

/** The reader that matters most to the operator: one that reads, else one that is ready, else the most telling trouble. */
export function foremostReader(readers: readonly ListedReader[]): ListedReader | undefined {
  const rank = (reader: ListedReader) => order.indexOf(reader.state) * 10 + weightOf(reader);
  return readers.toSorted((a, b) => rank(a) - rank(b))[0];
}
