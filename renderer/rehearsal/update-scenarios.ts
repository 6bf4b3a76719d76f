import type { FakeStation } from '../client/fake-station.ts';
import type { UpdateState } from '../../native-bridge/contract/update-calls.ts';

const source = { kind: 'server', channel: 'latest' } as const;
const resting = { kind: 'resting' } as const;
const look = (outcome: NonNullable<UpdateState['lastLook']>['outcome']) => ({
  lastLook: { at: new Date(Date.now() - 25 * 60_000).toISOString(), outcome, version: '0.2.0', code: 'ERR_NETWORK' },
});

const states: Readonly<Record<string, UpdateState>> = {
  'updates-newest': { source, work: resting, ...look('none-newer') },
  'updates-fetching': {
    source,
    work: { kind: 'fetching', version: '0.2.0', doneBytes: 61e6, totalBytes: 148e6, bytesPerSecond: 1.4e6 },
    ...look('found'),
  },
  'updates-waiting': { source, work: resting, ...look('found'), waiting: { version: '0.2.0' } },
  'updates-cancelled': { source, work: resting, ...look('cancelled') },
  'updates-failed': { source, work: resting, ...look('failed') },
};

export const updateScenarios = Object.fromEntries(
  Object.entries(states).map(([name, state]) => [name, (station: FakeStation) => (station.updates.state = state)]),
);
