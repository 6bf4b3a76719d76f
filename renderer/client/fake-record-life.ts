import type { RecordState, RecordSummary } from '../../native-bridge/contract/enrolment.ts';
import type { ErrorCode } from '../../native-bridge/contract/errors.ts';
import { defaultGateLimits, type Gate } from '../../native-bridge/contract/gates.ts';
import type { recordLifeCalls } from '../../native-bridge/contract/record-life-calls.ts';
import { defaultRetention, type RecordHistory } from '../../native-bridge/contract/record-life.ts';
import type { Argument, Result } from '../../native-bridge/contract/station.ts';
import { exampleTeam, type FakeStation } from './fake-station.ts';

type Calls = keyof typeof recordLifeCalls;
type Handlers = { readonly [N in Calls]: (argument: Argument<N>) => Result<N> };

export const openGates: Gate[] = [
  { gate: 'store', level: 'ok' },
  { gate: 'disk', level: 'ok', value: 83e9, warnAt: 2e9, blockAt: 5e8 },
  { gate: 'unsent-count', level: 'ok', value: 12, warnAt: 300, blockAt: 1500 },
];

const withdrawRefusals: Partial<Record<RecordState, ErrorCode>> = {
  sending: 'record.under-way',
  accepted: 'record.under-way',
  confirmed: 'record.at-platform',
  withdrawn: 'record.ended',
  superseded: 'record.ended',
};

const isEnded = ({ state }: RecordSummary) => ['confirmed', 'withdrawn', 'superseded'].includes(state);

function historyOf(record: RecordSummary): RecordHistory {
  const { id, state, sealedAt, changedAt, supersedes } = record;
  const refusals = {
    withdraw: withdrawRefusals[state],
    correct: state === 'confirmed' ? undefined : withdrawRefusals[state],
    erase: isEnded(record) ? undefined : ('record.not-ended' as const),
  };
  return {
    rows: [
      { at: sealedAt, action: 'record.sealed', actor: '莫经办' },
      { at: changedAt, action: 'outbox.sending', actor: 'station' },
      ...(record.error ? [{ at: changedAt, action: 'outbox.retry', actor: 'station', code: record.error.code }] : []),
      ...(state === 'confirmed' ? [{ at: changedAt, action: 'outbox.confirmed', actor: 'station' }] : []),
      ...(state === 'withdrawn' ? [{ at: changedAt, action: 'outbox.withdrawn', actor: '莫经办' }] : []),
    ],
    chain: [
      ...(supersedes === undefined ? [] : [{ id: supersedes, sealedAt, state: 'superseded' as const }]),
      { id, sealedAt, state },
    ],
    ...(state === 'withdrawn' && { withdrawal: { reason: 'wrong-person' as const, note: '拿错了证件' } }),
    refusals,
  };
}

/** What becomes of a scripted record: states change, nothing is judged. */
export function fakeRecordLife(station: FakeStation): Handlers {
  const recordOf = (id: string) => {
    const record = station.records.find((candidate) => candidate.id === id);
    if (record === undefined) throw new Error('no such record');
    return record;
  };
  const become = (record: RecordSummary) => {
    const known = station.records.some(({ id }) => id === record.id);
    station.records = known
      ? station.records.map((other) => (other.id === record.id ? record : other))
      : [record, ...station.records];
    station.emit('queue.changed', { record });
  };
  let limits: Result<'limits.get'> = { gates: defaultGateLimits, retention: defaultRetention };
  return {
    'record.history': ({ id }) => historyOf(recordOf(id)),
    'record.withdraw': ({ id }) => {
      become({ ...recordOf(id), state: 'withdrawn' });
      return {};
    },
    'record.correctable': () => ({
      fields: { workType: '020', cellPhone: '13800000000', cultureLevelType: '02', politicsType: '13' },
      team: exampleTeam,
    }),
    'record.correct': ({ id }) => {
      const { error: _error, platformText: _platformText, serial: _serial, ...old } = recordOf(id);
      const sealedAt = new Date().toISOString();
      if (old.state !== 'confirmed') become({ ...old, state: 'superseded' });
      const newer = {
        ...old,
        id: crypto.randomUUID(),
        state: 'sealed',
        attempts: 0,
        sealedAt,
        supersedes: id,
      } as const;
      become(newer);
      return { id: newer.id };
    },
    'record.erase': ({ id }) => {
      const { state } = recordOf(id);
      station.records = station.records.filter((record) => record.id !== id);
      station.emit('record.erased', { ids: [id] });
      return state === 'confirmed' ? { locked: 1, erased: 0 } : { locked: 0, erased: 1 };
    },
    'record.locked': () => ({ records: [] }),
    'limits.get': () => limits,
    'limits.set': (changed) => (limits = changed),
  };
}
