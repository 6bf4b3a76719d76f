import { fullYears } from './age-rules.ts';
import { chinaDay } from './china-day.ts';

/**
 * Whether somebody whose registration was last brought up to date at a moment has to be trained again before work:
 * after a year without any (建市〔2019〕18号 Art. 12).
 */
export const isTrainingDue = (lastUpdatedAt: string, now: Date): boolean =>
  fullYears(chinaDay(new Date(lastUpdatedAt)), chinaDay(now)) >= 1;
