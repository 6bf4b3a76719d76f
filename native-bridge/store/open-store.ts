import { createAudit } from './audit.ts';
import type { Audit } from './audit.ts';
import type { Database } from './database.ts';
import { createDrafts } from './drafts.ts';
import type { Drafts } from './drafts.ts';
import { openDatabase } from './open-database.ts';
import { createOutbox, recoverInterrupted } from './outbox.ts';
import type { Outbox } from './outbox.ts';
import { createRecords } from './records.ts';
import type { Records } from './records.ts';
import { createSettings } from './settings.ts';
import type { Settings } from './settings.ts';
import { createTeams } from './teams.ts';
import type { Teams } from './teams.ts';
import { createTransfers } from './transfer/transfers.ts';
import type { Transfers } from './transfer/transfers.ts';

/** Everything the station keeps, in one encrypted file. All calls are synchronous; what they wrote is durable on return. */
export interface Store {
  readonly drafts: Drafts;
  readonly records: Records;
  readonly outbox: Outbox;
  readonly teams: Teams;
  readonly settings: Settings;
  readonly audit: Audit;
  readonly transfers: Transfers;
  close(): void;
}

export interface StoreOptions {
  /** Path of the data file; its folder has to exist. */
  readonly file: string;
  /** 32 random bytes. */
  readonly key: Uint8Array;
  readonly now?: () => Date;
}

/** The store on a database that is open already. */
export function storeOn(database: Database, now: () => Date = () => new Date()): Store {
  const audit = createAudit(database, now);
  const context = { database, audit, now };
  recoverInterrupted(context);
  const settings = createSettings(database);
  return {
    drafts: createDrafts(context),
    records: createRecords(context),
    outbox: createOutbox(context),
    teams: createTeams(database),
    settings,
    audit,
    transfers: createTransfers(context, settings),
    close: () => database.close(),
  };
}

/** Opens or creates the store. Errors as of `openDatabase`; the station must not enrol without it. */
export function openStore(options: StoreOptions): Store {
  const database = openDatabase(options.file, options.key);
  try {
    return storeOn(database, options.now);
  } catch (cause) {
    database.close();
    throw cause;
  }
}
