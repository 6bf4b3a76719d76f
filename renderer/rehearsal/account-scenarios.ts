import { StationError } from '../../native-bridge/contract/errors.ts';
import type { FakeStation } from '../client/fake-station.ts';

/** Who is at the desk, or not yet. */
export const accountScenarios: Readonly<Record<string, (station: FakeStation) => void>> = {
  'sign-in': ({ accounts }) => {
    accounts.state = { state: 'locked', why: 'start' };
    accounts.refusal = new StationError('account.wrong-password', '3');
  },
  'sign-in-wait': ({ accounts }) => {
    accounts.state = { state: 'locked', why: 'idle', name: '莫经办' };
    accounts.refusal = new StationError('account.wait', '118');
  },
  'new-password': ({ accounts }) => accounts.as('陆新人'),
  'first-account': ({ accounts }) => {
    accounts.state = { state: 'first' };
  },
  reviews: (station) => {
    station.reviews.fill(station.records);
    station.status = { ...station.status, openReviews: station.reviews.reviews.length };
  },
  'as-operator': ({ accounts }) => accounts.as('莫经办'),
  'as-supervisor': ({ accounts }) => accounts.as('黄主管'),
  'without-accounts': (station) => {
    station.accounts.state = { state: 'practice' };
    station.status = { ...station.status, practice: true };
  },
};
