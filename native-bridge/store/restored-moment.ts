import { instantSchema } from '../contract/basic.ts';
import type { Database } from './database.ts';
import { createSettings } from './settings.ts';

/** When this file was last put together from a backup, in its settings. */
export const restoredAtKey = 'store.restored-at';

/**
 * Whether an enrolment that began then may have been sealed and sent by the file that was lost: a backup holds drafts
 * whose records it does not know of.
 */
export function mayHaveBeenSent(database: Database, startedAt: string): boolean {
  const restoredAt = createSettings(database).get(restoredAtKey, instantSchema);
  return restoredAt !== undefined && Date.parse(startedAt) <= Date.parse(restoredAt);
}
