import type { HeldWorker } from '../../native-bridge/contract/held-worker.ts';
import type { TeamOffers } from '../../native-bridge/contract/team.ts';
import type { FakeStation } from '../client/fake-station.ts';

/** What a platform of devices takes. */
const devices: TeamOffers = {
  numbers: true,
  upload: true,
  details: false,
  list: 'members',
  reports: false,
  companies: false,
};

const held = (station: FakeStation, part: Partial<HeldWorker>) => {
  station.teams.held = { ...station.teams.held, ...part };
};

/** States of the Teams screen and of what the platform holds of a worker. */
export const teamScenarios: Readonly<Record<string, (station: FakeStation) => void>> = {
  'no-teams': (station) => (station.teams.teams = []),
  'no-reports': (station) => (station.teams.reports = []),
  'teams-of-devices': (station) => (station.teams.offers = devices),
  'teams-by-name': (station) => (station.teams.offers = { ...devices, numbers: false, upload: false }),
  'teams-alike': (station) =>
    (station.teams.comparison = station.teams.comparison.filter(({ kind }) => kind === 'same')),
  'held-absent': (station) => held(station, { present: false, fields: [] }),
  'held-differs': (station) =>
    held(station, {
      leftOn: '2026-03-20',
      hasContract: true,
      fields: [
        ...station.teams.held.fields.filter(({ name }) => name === 'workerName' || name === 'teamName'),
        { name: 'workType', here: '020', there: '240', differs: true },
        { name: 'cellPhone', here: '13800000000', there: '13900000000', differs: true },
        { name: 'address', here: '广西测试县样本镇示例村七组 12 号附 3 号', there: '广西测试县样本镇', differs: true },
        { name: 'payRollBankCardNumber', here: '621700*********0000', differs: false },
      ],
    }),
};
