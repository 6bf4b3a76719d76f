import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ErrorCode, StationError } from '../contract/errors.ts';
import * as transition from './outbox-transition.ts';
import type { OutboxEntry } from './outbox-transition.ts';

const now = new Date('2026-11-02T01:00:00.000Z');
const later = new Date('2026-11-02T01:05:00.000Z');
const unreachable = { code: 'platform.unreachable' } as const;
const refused = { code: 'platform.record-refused' } as const;

const retry = (entry: OutboxEntry, inDoubt = false) =>
  transition.retried(entry, { error: unreachable, at: later, inDoubt, update: false });

const sealed = transition.newEntry(now);
const sending = transition.sending(sealed);
const inDoubt = transition.interrupted(sending, now);
const waitingInDoubt = retry(sending, true);
const accepted = transition.accepted(sending, 'S1', now);
const confirmed = transition.confirmed(accepted);
const attention = transition.needingAttention(sending, refused, '照片不清晰');
const refusedLater = transition.needingAttention(accepted, refused);
const withdrawn = transition.withdrawn(sealed, false);
const superseded = transition.superseded(waitingInDoubt);
const handedOver: OutboxEntry = { ...sealed, state: 'handed-over', nextAttemptAt: undefined };
const entries = {
  sealed,
  sending,
  inDoubt,
  waitingInDoubt,
  accepted,
  confirmed,
  attention,
  refusedLater,
  withdrawn,
  superseded,
  handedOver,
};

const steps = {
  sending: transition.sending,
  accepted: (entry: OutboxEntry) => transition.accepted(entry, 'S2', now),
  confirmed: transition.confirmed,
  retry,
  sentAgain: (entry: OutboxEntry) => transition.sentAgain(entry, { error: unreachable, at: later }),
  attention: (entry: OutboxEntry) => transition.needingAttention(entry, refused),
  retryNow: (entry: OutboxEntry) => transition.retriedByOperator(entry, now),
};

const legal: Record<keyof typeof entries, readonly (keyof typeof steps)[]> = {
  sealed: ['sending', 'retry', 'sentAgain', 'attention', 'retryNow'],
  sending: ['accepted', 'confirmed', 'retry', 'sentAgain', 'attention', 'retryNow'],
  inDoubt: ['sending', 'accepted', 'confirmed', 'retry', 'sentAgain', 'attention', 'retryNow'],
  waitingInDoubt: ['sending', 'confirmed', 'retry', 'sentAgain', 'attention', 'retryNow'],
  accepted: ['confirmed', 'retry', 'sentAgain', 'attention', 'retryNow'],
  confirmed: [],
  attention: ['retryNow'],
  refusedLater: ['retryNow'],
  withdrawn: ['retry', 'attention'],
  superseded: ['retry', 'attention'],
  handedOver: [],
};

const names = Object.keys(entries) as (keyof typeof entries)[];
const stepNames = Object.keys(steps) as (keyof typeof steps)[];
const pairs = names.flatMap((from) => stepNames.map((step) => [from, step] as const));

test.each(pairs)('%s, then %s', (from, step) => {
  const run = () => steps[step](entries[from]);
  if (legal[from].includes(step)) expect(run).not.toThrow();
  else expect(run).toThrow(expect.objectContaining({ code: refusalOf(from, step) } satisfies Partial<StationError>));
});

/** The sender has to know why its record is gone; everything else that does not fit is a mistake of the program. */
const refusalOf = (from: keyof typeof entries, step: keyof typeof steps): ErrorCode =>
  step === 'sending' && (from === 'withdrawn' || from === 'superseded') ? 'record.ended' : 'internal';

test.each(['withdrawn', 'superseded'] as const)(
  'what the sender still notes about a %s record changes nothing',
  (from) => {
    expect(retry(entries[from], true)).toBe(entries[from]);
    expect(steps.attention(entries[from])).toBe(entries[from]);
  },
);

describe('taking back', () => {
  const outcomes: Record<keyof typeof entries, ErrorCode | 'withdrawn'> = {
    sealed: 'withdrawn',
    sending: 'record.under-way',
    inDoubt: 'record.under-way',
    waitingInDoubt: 'record.perhaps-sent',
    accepted: 'record.under-way',
    confirmed: 'record.at-platform',
    attention: 'withdrawn',
    refusedLater: 'record.perhaps-sent',
    withdrawn: 'record.ended',
    superseded: 'record.ended',
    handedOver: 'record.handed-over',
  };

  test.each(names)('%s', (from) => {
    const outcome = outcomes[from];
    const run = () => transition.withdrawn(entries[from], false);
    if (outcome !== 'withdrawn') return expect(run).toThrow(expect.objectContaining({ code: outcome }));
    expect(run()).toEqual({ state: 'withdrawn', attempts: entries[from].attempts, inDoubt: false, update: false });
  });

  test('what was in doubt once is not taken back, though its present state is clear', () => {
    const run = () => transition.withdrawn(attention, true);
    expect(run).toThrow(expect.objectContaining({ code: 'record.perhaps-sent' }));
  });
});

describe('correcting', () => {
  const outcomes: Record<keyof typeof entries, ErrorCode | Pick<OutboxEntry, 'inDoubt' | 'update'>> = {
    sealed: { inDoubt: false, update: false },
    sending: 'record.under-way',
    inDoubt: 'record.under-way',
    waitingInDoubt: { inDoubt: true, update: false },
    accepted: 'record.under-way',
    confirmed: { inDoubt: false, update: true },
    attention: { inDoubt: false, update: false },
    refusedLater: { inDoubt: true, update: false },
    withdrawn: 'record.ended',
    superseded: 'record.ended',
    handedOver: 'record.handed-over',
  };

  test.each(names)('%s', (from) => {
    const outcome = outcomes[from];
    const run = () => transition.demandCorrectable(entries[from]);
    if (typeof outcome === 'string') return expect(run).toThrow(expect.objectContaining({ code: outcome }));
    expect(run).not.toThrow();
    expect(transition.correcting(entries[from], false, later)).toEqual({
      state: 'sealed',
      attempts: 0,
      nextAttemptAt: later.toISOString(),
      ...outcome,
    });
  });

  test('doubt of the past passes to the new record, and so does what the platform is known to have', () => {
    expect(transition.correcting(attention, true, now)).toMatchObject({ inDoubt: true });
    expect(transition.correcting({ ...attention, update: true }, false, now)).toMatchObject({ update: true });
    expect(transition.correcting(confirmed, true, now)).toMatchObject({ inDoubt: false, update: true });
  });

  test.each(names)('%s can be superseded only while it waits or is set aside', (from) => {
    const allowed = ['sealed', 'waitingInDoubt', 'attention', 'refusedLater'].includes(from);
    const run = () => transition.superseded(entries[from]);
    if (allowed) expect(run()).toMatchObject({ state: 'superseded', inDoubt: false });
    else expect(run).toThrow(expect.objectContaining({ code: 'internal' }));
  });
});

test('a record that is sent again has lost its serial and is in doubt', () => {
  expect(steps.sentAgain(accepted)).toMatchObject({ state: 'sealed', serial: undefined, inDoubt: true });
});

test('a person sends again what the platform failed on, and does not ask for the old outcome', () => {
  const failed = transition.needingAttention(accepted, { code: 'platform.failed-there' });
  expect(transition.retriedByOperator(failed, now)).toMatchObject({
    state: 'sealed',
    serial: undefined,
    inDoubt: true,
  });
});

describe('doubt', () => {
  test('a lost reply leaves the record waiting in doubt', () => {
    expect(waitingInDoubt).toMatchObject({ state: 'sealed', inDoubt: true, nextAttemptAt: later.toISOString() });
  });

  test('trouble before a request of the record itself is no doubt, and does not end one', () => {
    expect(retry(sealed, true)).toMatchObject({ state: 'sealed', inDoubt: false });
    expect(retry(waitingInDoubt, false)).toMatchObject({ state: 'sealed', inDoubt: true });
  });

  test('a new try ends the old doubt', () => {
    expect(transition.sending(inDoubt)).toMatchObject({ state: 'sending', inDoubt: false });
  });

  test('a person being needed before the doubt was settled keeps it', () => {
    const blocked = transition.needingAttention(waitingInDoubt, { code: 'platform.sign-refused' });
    expect(transition.retriedByOperator(blocked, now)).toMatchObject({ state: 'sealed', inDoubt: true });
  });
});

describe('after the platform accepted', () => {
  test('a repeated question for the outcome keeps state and serial and counts', () => {
    expect(retry(retry(accepted))).toMatchObject({ state: 'accepted', serial: 'S1', attempts: 2 });
  });

  test('a refused record is sent again without the old serial, in doubt: the platform may have acted on it', () => {
    const again = transition.retriedByOperator(transition.needingAttention(accepted, refused), now);
    expect(again).toMatchObject({ state: 'sealed', serial: undefined, attempts: 0, inDoubt: true });
  });

  test('a record refused before it had a serial is sent again without doubt', () => {
    expect(transition.retriedByOperator(attention, now)).toMatchObject({ state: 'sealed', inDoubt: false });
  });

  test('a worker who turns out to be there is sent anew as an update, without the serial', () => {
    const again = transition.retried(accepted, { error: unreachable, at: later, inDoubt: false, update: true });
    expect(again).toMatchObject({ state: 'sealed', serial: undefined, update: true, inDoubt: false });
    expect(again.nextAttemptAt).toBe(later.toISOString());
    expect(transition.sending(again)).toMatchObject({ state: 'sending', update: true });
  });

  test('trouble with the account does not make it send a second time', () => {
    const blocked = transition.needingAttention(accepted, { code: 'platform.no-permission' });
    expect(transition.retriedByOperator(blocked, now)).toMatchObject({ state: 'accepted', serial: 'S1' });
  });
});

test('only tries that were not marked as sending are counted again', () => {
  expect(retry(sending).attempts).toBe(1);
  expect(retry(retry(sending)).attempts).toBe(2);
});

test('whatever happens: what is on its way has a next moment, what was accepted has a serial, confirmed is the end', () => {
  const step = fc.constantFrom(...stepNames);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (sequence) => {
      let entry = sealed;
      for (const name of sequence) {
        const before = entry;
        try {
          entry = steps[name](entry);
        } catch {
          continue;
        }
        expect(before.state).not.toBe('confirmed');
        const waits = entry.state === 'sealed' || entry.state === 'accepted' || entry.inDoubt;
        if (waits && entry.state !== 'needs-attention') expect(entry.nextAttemptAt).toBeDefined();
        if (entry.state === 'accepted') expect(entry.serial).toBeDefined();
      }
    }),
  );
});
