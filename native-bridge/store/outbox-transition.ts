import type { ErrorReport } from '../contract/basic.ts';
import type { RecordState } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';

/** Where one sealed record stands on its way to the platform. */
export interface OutboxEntry {
  readonly state: RecordState;
  /** Tries of the present step: sending, or asking for the outcome once the platform has accepted. */
  readonly attempts: number;
  /** The platform's serial of the accepted request. */
  readonly serial?: string | undefined;
  /** The platform may or may not have acted on the last request: ask before sending again. */
  readonly inDoubt: boolean;
  /** The platform is known to have this worker; send an update rather than a new one. */
  readonly update: boolean;
  readonly nextAttemptAt?: string | undefined;
  readonly error?: ErrorReport | undefined;
  /** The platform's own words, numbers masked. */
  readonly platformText?: string | undefined;
}

export interface Retry {
  readonly error: ErrorReport;
  readonly at: Date;
  readonly inDoubt: boolean;
  readonly update: boolean;
}

function requireState(entry: OutboxEntry, allowed: boolean, to: string): void {
  if (!allowed) throw new StationError('internal', `outbox: ${entry.state} to ${to}`);
}

const onItsWay = (entry: OutboxEntry) => ['sealed', 'sending', 'accepted'].includes(entry.state);

/** A record that has just been sealed; its first try is due at once. */
export function newEntry(now: Date): OutboxEntry {
  return { state: 'sealed', attempts: 0, inDoubt: false, update: false, nextAttemptAt: now.toISOString() };
}

export function sending(entry: OutboxEntry): OutboxEntry {
  requireState(entry, entry.state === 'sealed' || (entry.state === 'sending' && entry.inDoubt), 'sending');
  return { ...entry, state: 'sending', attempts: entry.attempts + 1, inDoubt: false, nextAttemptAt: undefined };
}

/** `askAt`: when the outcome is asked for. */
export function accepted(entry: OutboxEntry, serial: string, askAt: Date): OutboxEntry {
  requireState(entry, entry.state === 'sending', 'accepted');
  const { update } = entry;
  return { state: 'accepted', attempts: 0, serial, inDoubt: false, update, nextAttemptAt: askAt.toISOString() };
}

/** Also from doubt, when asking showed that the platform has the worker. */
export function confirmed(entry: OutboxEntry): OutboxEntry {
  const allowed =
    entry.state === 'sending' || entry.state === 'accepted' || (entry.state === 'sealed' && entry.inDoubt);
  requireState(entry, allowed, 'confirmed');
  const { attempts, serial, update } = entry;
  return { state: 'confirmed', attempts, serial, inDoubt: false, update };
}

/**
 * Back to waiting. An accepted record stays accepted: it is the question for the outcome that is repeated. When the
 * outcome was that the platform has the worker already (`update`), the record is to be sent anew, as an update.
 */
export function retried(entry: OutboxEntry, retry: Retry): OutboxEntry {
  requireState(entry, onItsWay(entry), 'retry');
  const isAccepted = entry.state === 'accepted' && !retry.update;
  return {
    ...entry,
    state: isAccepted ? 'accepted' : 'sealed',
    serial: isAccepted ? entry.serial : undefined,
    // A try that was marked as sending is counted already.
    attempts: entry.state === 'sending' && !entry.inDoubt ? entry.attempts : entry.attempts + 1,
    inDoubt: retry.inDoubt && !isAccepted,
    update: entry.update || retry.update,
    nextAttemptAt: retry.at.toISOString(),
    error: retry.error,
    platformText: undefined,
  };
}

/**
 * To be sent once more although the platform may have acted on parts of the last request, as when it refused others in
 * it or failed on the way: it is asked first. A serial of that request is of no use any more.
 */
export function sentAgain(entry: OutboxEntry, { error, at }: Pick<Retry, 'error' | 'at'>): OutboxEntry {
  requireState(entry, onItsWay(entry), 'sent again');
  return {
    ...entry,
    state: 'sealed',
    serial: undefined,
    inDoubt: true,
    nextAttemptAt: at.toISOString(),
    error,
    platformText: undefined,
  };
}

export function needingAttention(entry: OutboxEntry, error: ErrorReport, platformText?: string): OutboxEntry {
  requireState(entry, onItsWay(entry), 'needs-attention');
  return { ...entry, state: 'needs-attention', nextAttemptAt: undefined, error, platformText };
}

/**
 * A person asks to go on now. What the platform accepted and did not refuse goes on with its serial, so that it is not
 * sent a second time; what is being sent this moment is left alone. A serial that is dropped leaves doubt: the platform
 * may have acted on parts of the earlier request, and is asked before anything is sent.
 */
export function retriedByOperator(entry: OutboxEntry, now: Date): OutboxEntry {
  requireState(entry, entry.state !== 'confirmed', 'retry');
  if (entry.state === 'sending') return entry.inDoubt ? { ...entry, nextAttemptAt: now.toISOString() } : entry;
  const isOver = entry.error?.code === 'platform.record-refused' || entry.error?.code === 'platform.failed-there';
  const keepsSerial = entry.serial !== undefined && !isOver;
  return {
    ...entry,
    state: keepsSerial ? 'accepted' : 'sealed',
    serial: keepsSerial ? entry.serial : undefined,
    inDoubt: entry.inDoubt || (entry.serial !== undefined && !keepsSerial),
    attempts: 0,
    nextAttemptAt: now.toISOString(),
  };
}

/** The program ended between marking and the platform's answer. */
export function interrupted(entry: OutboxEntry, now: Date): OutboxEntry {
  requireState(entry, entry.state === 'sending', 'in doubt');
  return { ...entry, inDoubt: true, nextAttemptAt: now.toISOString() };
}
