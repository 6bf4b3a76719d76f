import { existsSync, statSync } from 'node:fs';
import { createAccounts } from './accounts.ts';
import type { Accounts } from './accounts.ts';
import { createAudit } from './audit.ts';
import type { Audit } from './audit.ts';
import { createCorrection } from './correction.ts';
import type { Correction } from './correction.ts';
import type { Database } from './database.ts';
import { createDrafts } from './drafts.ts';
import type { Drafts } from './drafts.ts';
import { openDatabase, wholeCheckBytes } from './open-database.ts';
import { createEnrolmentFigures } from './enrolment-figures.ts';
import type { EnrolmentFigures } from './enrolment-figures.ts';
import { createExpectedWorkers } from './expected-workers.ts';
import type { ExpectedWorkers } from './expected-workers.ts';
import { createFaceDescriptors } from './face-descriptors.ts';
import type { FaceDescriptors } from './face-descriptors.ts';
import { factsOf } from './file-facts.ts';
import type { FileFacts } from './file-facts.ts';
import { createOutbox, recoverInterrupted } from './outbox.ts';
import type { Outbox } from './outbox.ts';
import { watchPages } from './page-watch.ts';
import { createRecords } from './records.ts';
import type { Records } from './records.ts';
import { createReports, recoverInterruptedReports } from './reports.ts';
import type { Reports } from './reports.ts';
import { supersedeOvertaken } from './overtaken.ts';
import { createRecordHistory } from './record-history.ts';
import type { RecordHistory } from './record-history.ts';
import { createRetention } from './retention.ts';
import type { Retention } from './retention.ts';
import { createReviews } from './reviews.ts';
import type { Reviews } from './reviews.ts';
import { createSendingPortraits } from './sending-portraits.ts';
import type { SendingPortraits } from './sending-portraits.ts';
import { createSettings } from './settings.ts';
import type { Settings } from './settings.ts';
import type { StoreHealth } from './store-health.ts';
import { createTeamBook } from './team-book.ts';
import type { TeamBook } from './team-book.ts';
import { createTeams } from './teams.ts';
import type { Teams } from './teams.ts';
import { createWorkers } from './worker-search.ts';
import type { Workers } from './worker-search.ts';
import { nameInBackground } from './worker-names.ts';
import { createWithdrawal } from './withdrawal.ts';
import type { Withdrawal } from './withdrawal.ts';
import { createTransfers } from './transfer/transfers.ts';
import type { Transfers } from './transfer/transfers.ts';

/** Everything the station keeps, in one encrypted file. All calls are synchronous; what they wrote is durable on return. */
export interface Store {
  readonly accounts: Accounts;
  readonly drafts: Drafts;
  readonly records: Records;
  readonly sendingPortraits: SendingPortraits;
  readonly workers: Workers;
  readonly expected: ExpectedWorkers;
  readonly figures: EnrolmentFigures;
  readonly outbox: Outbox;
  readonly reports: Reports;
  readonly teams: Teams;
  readonly teamBook: TeamBook;
  readonly settings: Settings;
  readonly faceDescriptors: FaceDescriptors;
  readonly withdrawal: Withdrawal;
  readonly correction: Correction;
  readonly retention: Retention;
  readonly reviews: Reviews;
  readonly history: RecordHistory;
  readonly audit: Audit;
  readonly health: StoreHealth;
  /** See `Database.holdStill`. */
  holdStill(): () => void;
  /** What a copy taken now has to hold. */
  facts(): FileFacts;
  readonly transfers: Transfers;
  close(): void;
}

export interface StoreOptions {
  /** Path of the data file; its folder has to exist. */
  readonly file: string;
  /** 32 random bytes. */
  readonly key: Uint8Array;
  readonly now?: () => Date;
  /** Up to this size the file is checked whole at opening, otherwise in the background as well; in bytes. */
  readonly wholeCheckBytes?: number;
}

/** The store on a database that is open already. */
export function storeOn(database: Database, now: () => Date = () => new Date()): Store {
  const audit = createAudit(database, now);
  const context = { database, audit, now };
  recoverInterrupted(context);
  recoverInterruptedReports(context);
  const settings = createSettings(database);
  supersedeOvertaken(context);
  return {
    accounts: createAccounts(context),
    drafts: createDrafts(context),
    records: createRecords(context),
    sendingPortraits: createSendingPortraits(database),
    workers: createWorkers(database),
    expected: createExpectedWorkers(context),
    figures: createEnrolmentFigures(context),
    outbox: createOutbox(context),
    reports: createReports(context),
    teams: createTeams(database),
    teamBook: createTeamBook(context),
    settings,
    faceDescriptors: createFaceDescriptors(context, settings),
    withdrawal: createWithdrawal(context),
    correction: createCorrection(context),
    retention: createRetention(context),
    reviews: createReviews(context),
    history: createRecordHistory(context),
    audit,
    health: database.health,
    holdStill: () => database.holdStill(),
    facts: () => factsOf(database),
    transfers: createTransfers(context, settings),
    close: () => database.close(),
  };
}

/** Everything that goes on in the background after opening; gives the function that ends it. */
function lookAfter(database: Database, options: StoreOptions, isChecked: boolean): () => void {
  const watch = isChecked ? undefined : watchPages(database, options);
  const naming = nameInBackground(database);
  return () => {
    watch?.stop();
    naming.stop();
  };
}

/**
 * Opens or creates the store. Errors as of `openDatabase`; the station must not enrol without it. Damage that is found
 * later is told by `health`; from then on nothing new is taken in.
 */
export function openStore(options: StoreOptions): Store {
  const { file, key, now, wholeCheckBytes: wholeUpTo = wholeCheckBytes } = options;
  const isChecked = !existsSync(file) || statSync(file).size <= wholeUpTo;
  const database = openDatabase(file, key, wholeUpTo);
  try {
    const store = storeOn(database, now);
    const stop = lookAfter(database, options, isChecked);
    return {
      ...store,
      close: () => {
        stop();
        store.close();
      },
    };
  } catch (cause) {
    database.close();
    throw cause;
  }
}
