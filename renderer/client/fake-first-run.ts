import type { firstRunCalls } from '../../native-bridge/contract/first-run.ts';
import type { Argument, Result } from '../../native-bridge/contract/station.ts';
import type { FakeStation } from './fake-station.ts';

type Calls = typeof firstRunCalls;
type Handlers = { readonly [N in keyof Calls]: (argument: Argument<N>) => Result<N> };

/** The setting up of a new station, for looking at the screens; not part of the product. */
export const fakeFirstRun = (station: FakeStation): Handlers => ({
  'first-run.go': ({ step, again }) => {
    const { firstRun: _before, firstRunAgain, ...status } = station.status;
    const isAgain = again ?? firstRunAgain;
    station.status = { ...status, ...(step && { firstRun: step, ...(isAgain && { firstRunAgain: isAgain }) }) };
    station.emit('station.changed', station.status);
    return {};
  },
});
