import { firstRunSteps } from '../../native-bridge/contract/first-run.ts';
import type { FakeStation } from '../client/fake-station.ts';

const numbers = { samNumber: '05.03-20240101-0000012345-0000067890' } as const;

const begin = (station: FakeStation, step: (typeof firstRunSteps)[number]) => {
  station.status = { ...station.status, practice: true, firstRun: step };
  station.readers = [];
  if (step === 'language' || step === 'account') station.accounts.state = { state: 'practice' };
};

/** A new station that is being set up. */
export const firstRunScenarios: Readonly<Record<string, (station: FakeStation) => void>> = {
  ...Object.fromEntries(
    firstRunSteps.map((step) => [`first-run-${step}`, (station: FakeStation) => begin(station, step)]),
  ),
  /** One that is set up and goes through it again. */
  assistant: (station) => (station.safety.keys = { recovery: { madeAt: '2026-03-05T02:10:31.000Z' } }),
  'first-run-again': (station) => {
    station.status = { ...station.status, firstRun: 'project', firstRunAgain: true };
  },
  'first-run-reader-found': (station) => {
    begin(station, 'reader');
    station.readers = [
      {
        id: numbers.samNumber,
        state: 'ready',
        transport: 'usb',
        address: 'USB 1-2',
        model: '标准 USB 身份证阅读器',
        ...numbers,
      },
    ];
  },
  'first-run-project-without-account': (station) => {
    begin(station, 'project');
    station.accounts.state = { state: 'practice' };
  },
};
