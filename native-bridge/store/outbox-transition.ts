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

/** A person, or a newer record, has ended this one's way while the sender was busy with it. */
const isTakenOut = ({ state }: OutboxEntry) => state === 'withdrawn' || state === 'superseded';

const onItsWay = (entry: OutboxEntry) => ['sealed', 'sending', 'accepted'].includes(entry.state);

/** A record that has just been sealed; its first try is due at once. */
export function newEntry(now: Date): OutboxEntry {
  return { state: 'sealed', attempts: 0, inDoubt: false, update: false, nextAttemptAt: now.toISOString() };
}

/** Throws `record.ended` for a record that was taken out of the queue meanwhile: nothing may be sent of it. */
export function sending(entry: OutboxEntry): OutboxEntry {
  if (isTakenOut(entry)) throw new StationError('record.ended');
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
 * outcome was that the platform has the worker already (`update`), the record is to be sent anew, as an update. Doubt
 * begins only with a request of the record itself, and lasts until it is sent again. A record that was taken out of the
 * queue meanwhile stays as it is.
 */
export function retried(entry: OutboxEntry, retry: Retry): OutboxEntry {
  if (isTakenOut(entry)) return entry;
  requireState(entry, onItsWay(entry), 'retry');
  const isAccepted = entry.state === 'accepted' && !retry.update;
  return {
    ...entry,
    state: isAccepted ? 'accepted' : 'sealed',
    serial: isAccepted ? entry.serial : undefined,
    // A try that was marked as sending is counted already.
    attempts: entry.state === 'sending' && !entry.inDoubt ? entry.attempts : entry.attempts + 1,
    inDoubt: !isAccepted && (entry.inDoubt || (entry.state === 'sending' && retry.inDoubt)),
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
  if (isTakenOut(entry)) return entry;
  requireState(entry, onItsWay(entry), 'needs-attention');
  return { ...entry, state: 'needs-attention', nextAttemptAt: undefined, error, platformText };
}

/**
 * A person asks to go on now. What the platform accepted and did not refuse goes on with its serial, so that it is not
 * sent a second time; what is being sent this moment is left alone. A serial that is dropped leaves doubt: the platform
 * may have acted on parts of the earlier request, and is asked before anything is sent.
 */
export function retriedByOperator(entry: OutboxEntry, now: Date): OutboxEntry {
  requireState(entry, onItsWay(entry) || entry.state === 'needs-attention', 'retry');
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

/** Another station sends it from now on. What is being sent, or waits for the platform's outcome, stays here. */
export function handedOver(entry: OutboxEntry): OutboxEntry {
  requireState(entry, mayBeHandedOver(entry), 'handed-over');
  return { ...entry, state: 'handed-over', nextAttemptAt: undefined };
}

export function mayBeHandedOver({ state, inDoubt }: Pick<OutboxEntry, 'state' | 'inDoubt'>): boolean {
  return state === 'sealed' || state === 'needs-attention' || (state === 'sending' && inDoubt);
}

/** The medium is lost: this station sends again, and asks first, for the other one may have sent it. */
export function takenBack(entry: OutboxEntry, now: Date): OutboxEntry {
  requireState(entry, entry.state === 'handed-over', 'sealed');
  const { update } = entry;
  return { state: 'sealed', attempts: 0, inDoubt: true, update, nextAttemptAt: now.toISOString() };
}

/** How a record ended at the station that it was given to. One that was taken back meanwhile still is in doubt. */
export function endedElsewhere(
  entry: OutboxEntry,
  state: 'confirmed' | 'withdrawn' | 'superseded',
  serial: string | undefined,
): OutboxEntry {
  const open = entry.state === 'handed-over' || (entry.state === 'sealed' && entry.inDoubt && state === 'confirmed');
  return open ? { state, attempts: entry.attempts, serial, inDoubt: false, update: entry.update } : entry;
}

/** The program ended between marking and the platform's answer. */
export function interrupted(entry: OutboxEntry, now: Date): OutboxEntry {
  requireState(entry, entry.state === 'sending', 'in doubt');
  return { ...entry, inDoubt: true, nextAttemptAt: now.toISOString() };
}

function demandNotEnded({ state }: OutboxEntry): void {
  if (state === 'handed-over') throw new StationError('record.handed-over');
  if (state === 'withdrawn' || state === 'superseded') throw new StationError('record.ended');
}

/**
 * A person takes the record back: only while the platform cannot have it. `wasInDoubt` tells whether it ever was in
 * doubt, for a later clear answer to an update does not say that the first request was lost.
 */
export function withdrawn(entry: OutboxEntry, wasInDoubt: boolean): OutboxEntry {
  const { state, serial, inDoubt, attempts, update } = entry;
  demandNotEnded(entry);
  if (state === 'confirmed') throw new StationError('record.at-platform');
  if (state === 'accepted' || state === 'sending') throw new StationError('record.under-way');
  if (serial !== undefined || inDoubt || wasInDoubt) throw new StationError('record.perhaps-sent');
  return { state: 'withdrawn', attempts, inDoubt: false, update };
}

/** A person takes a report back: while it was never sent, or after the platform's refusal. */
export function dropped(entry: OutboxEntry): OutboxEntry {
  const { state, attempts, update, error } = entry;
  if (state === 'needs-attention' && error?.code === 'platform.record-refused')
    return { state: 'withdrawn', attempts, inDoubt: false, update };
  return withdrawn(entry, false);
}

/** Throws the reason why a record cannot be corrected now. */
export function demandCorrectable(entry: OutboxEntry): void {
  demandNotEnded(entry);
  if (entry.state === 'accepted' || entry.state === 'sending') throw new StationError('record.under-way');
}

/** Replaced before the platform confirmed it; the serial stays as a trace of what was asked there. */
export function superseded(entry: OutboxEntry): OutboxEntry {
  requireState(entry, entry.state === 'sealed' || entry.state === 'needs-attention', 'superseded');
  const { attempts, serial, update } = entry;
  return { state: 'superseded', attempts, serial, inDoubt: false, update };
}

/** The record that takes the place of `entry`. What the platform may have of that one is asked before this is sent. */
export function correcting(entry: OutboxEntry, wasInDoubt: boolean, now: Date): OutboxEntry {
  const isSettled = entry.state === 'confirmed';
  return {
    ...newEntry(now),
    inDoubt: !isSettled && (entry.inDoubt || wasInDoubt || entry.serial !== undefined),
    update: isSettled || entry.update,
  };
}
