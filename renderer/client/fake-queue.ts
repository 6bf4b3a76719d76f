import { type RecordState, recordStateSchema } from '../../native-bridge/contract/enrolment.ts';
import type { Argument, CallName, Result } from '../../native-bridge/contract/station.ts';
import type { FakeStation } from './fake-station.ts';

type Call = Extract<CallName, `queue.${string}`>;
type Handlers = { readonly [N in Call]: (argument: Argument<N>) => Result<N> };

/** How long a pause of the scripted station lasts. */
const pauseMs = 60 * 60_000;

function setPaused(station: FakeStation, isPaused: boolean): Result<'queue.pause'> {
  const { sendingPaused: _before, ...status } = station.status;
  const [at, until] = [new Date().toISOString(), new Date(Date.now() + pauseMs).toISOString()];
  station.status = isPaused ? { ...status, sendingPaused: { at, until, sending: 0 } } : status;
  station.emit('station.changed', station.status);
  return {};
}

/** The sealed records of the scripted station, and the pause of their sending. */
export const fakeQueue = (station: FakeStation): Handlers => ({
  'queue.list': ({ state, limit }) => {
    const countOf = (of: RecordState) => station.records.filter((record) => record.state === of).length;
    const entries = recordStateSchema.options.map((of) => [of, countOf(of)] as const);
    const counts = Object.fromEntries(entries) as Record<RecordState, number>;
    return {
      records: station.records.filter((record) => state === undefined || record.state === state).slice(0, limit),
      counts,
    };
  },
  'queue.photo': ({ id }) => station.printing.photoOf(id),
  'queue.retry': () => ({}),
  'queue.pause': () => setPaused(station, true),
  'queue.resume': () => setPaused(station, false),
});
