import { exampleJob } from '../client/example-transfers.ts';
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

/** The day's report is being written and does not get done. */
function reportHeld(station: FakeStation): void {
  const rows = { done: 8250, total: 18_400, perSecond: 3120 };
  station.lists.held = { subject: 'statistics', seconds: 5, step: 'writing', number: 2, steps: 3, rows };
}

/** Everything that takes long goes on when the page is opened, as after it was loaded anew. */
function leftWorks(station: FakeStation): void {
  const rows = { done: 8250, total: 18_400, perSecond: 3120 };
  station.lists.left = { subject: 'workers', seconds: 5, step: 'writing', number: 2, steps: 3, rows };
  station.transfers.job = exampleJob('export', 'half');
  station.diagnostics.isLeft = true;
  const bytes = { done: 118e6, total: 281e6, perSecond: 31e6 };
  station.safety.backups = { ...station.safety.backups, running: true, percent: 42, bytes };
}

const updates = Object.fromEntries(
  Object.entries(states).map(([name, state]) => [name, (station: FakeStation) => (station.updates.state = state)]),
);

/** States of the program's updates and of works that go on by themselves. */
export const updateScenarios: Readonly<Record<string, (station: FakeStation) => void>> = {
  ...updates,
  'works-left': leftWorks,
  'report-held': reportHeld,
};
