import type { PeopleCodes } from '../../native-bridge/contract/people-codes.ts';
import { educationLevels } from './education.ts';
import { politicalStatuses } from './politics.ts';
import { trades } from './trades.ts';

/** The tables of the data standard, which every platform's begin with. */
export const standardCodes: PeopleCodes = {
  workType: [...trades],
  cultureLevelType: [...educationLevels],
  politicsType: [...politicalStatuses],
};
