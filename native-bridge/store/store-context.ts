import type { Audit } from './audit.ts';
import type { Database } from './database.ts';

/** What every part of the store works with. */
export interface StoreContext {
  readonly database: Database;
  readonly audit: Audit;
  readonly now: () => Date;
}

/** Who acts when nobody at the desk does. */
export const stationActor = 'station';
