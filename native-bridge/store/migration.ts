import { z } from 'zod';
import { StationError } from '../contract/errors.ts';
import type { Database } from './database.ts';
import { auditTrail } from './migrations/001-audit-trail.ts';
import { settingsAndTeams } from './migrations/002-settings-and-teams.ts';
import { draftsAndMedia } from './migrations/003-drafts-and-media.ts';
import { recordsAndOutbox } from './migrations/004-records-and-outbox.ts';
import { endsOfRecords } from './migrations/005-ends-of-records.ts';
import { workerSearch } from './migrations/006-worker-search.ts';
import { transfers } from './migrations/007-transfers.ts';
import { retention } from './migrations/008-retention.ts';
import { faceDescriptors } from './migrations/009-face-descriptors.ts';
import { reports } from './migrations/010-reports.ts';
import { teamDetails } from './migrations/011-team-details.ts';
import { certificates } from './migrations/012-certificates.ts';
import { accounts } from './migrations/013-accounts.ts';
import { reviews } from './migrations/014-reviews.ts';
import { expectedWorkers } from './migrations/015-expected-workers.ts';
import { enrolmentFigures } from './migrations/016-enrolment-figures.ts';
import { sendingPortraits } from './migrations/017-sending-portraits.ts';

/** In order; the place in the list, from 1, is the version. A released one is never changed, only followed by another. */
const migrations = [
  auditTrail,
  settingsAndTeams,
  draftsAndMedia,
  recordsAndOutbox,
  endsOfRecords,
  workerSearch,
  transfers,
  retention,
  faceDescriptors,
  reports,
  teamDetails,
  certificates,
  accounts,
  reviews,
  expectedWorkers,
  enrolmentFigures,
  sendingPortraits,
];

export const newestVersion = migrations.length;

const versionSchema = z.object({ user_version: z.int() });

function versionOf(database: Database): number {
  return database.row(versionSchema, 'PRAGMA user_version')?.user_version ?? 0;
}

/** Throws `store.newer`, before anything is written, when the file was made by a later version of the program. */
export function refuseNewer(database: Database): void {
  const version = versionOf(database);
  if (version > newestVersion) throw new StationError('store.newer', `version ${version}, known ${newestVersion}`);
}

/** Brings the file to `target`, one transaction for each step, so that an interrupted update goes on where it stopped. */
export function migrate(database: Database, target: number = newestVersion): void {
  for (let version = versionOf(database) + 1; version <= target; version += 1) {
    database.write(() => {
      database.script(migrations[version - 1] ?? '');
      database.script(`PRAGMA user_version = ${version}`);
    });
  }
}
