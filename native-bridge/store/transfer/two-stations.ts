import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Database } from '../database.ts';
import { openDatabase } from '../open-database.ts';
import { storeOn } from '../open-store.ts';
import type { Store } from '../open-store.ts';
import { numberedDraft, temporaryFolder } from '../sample-draft.ts';
import type { ImportReport } from './import-package.ts';
import type { ExportReport } from './export-package.ts';

/** For tests: two stations that know each other, and a folder that stands for the stick. */
export interface TestStation {
  readonly store: Store;
  readonly database: Database;
  readonly file: { readonly file: string; readonly key: Uint8Array };
  readonly seal: (index: number) => string;
  readonly stateOf: (id: string) => string;
  /** Gives everything unsent away to `to`, or copies it. */
  readonly give: (to: TestStation, kind?: 'copy' | 'hand-over') => Promise<ExportReport>;
  readonly take: (path: string) => Promise<ImportReport>;
  /** The platform's final word about every record that waits here. */
  readonly sendAll: () => void;
}

export interface TwoStations {
  readonly a: TestStation;
  readonly b: TestStation;
  readonly stick: string;
  readonly close: () => void;
}

export function openTestStation(file: string, stick: string, key: Uint8Array = randomBytes(32)): TestStation {
  const database = openDatabase(file, key);
  const store = storeOn(database);
  return {
    store,
    database,
    file: { file, key },
    seal: (index) => store.records.seal(numberedDraft(index), 'tester').id,
    stateOf: (id) => store.records.summary(id).state,
    give: (to, kind = 'hand-over') =>
      store.transfers.export({
        kind,
        receiver: { station: to.store.transfers.own() },
        folder: stick,
        practice: false,
        actor: 'tester',
      }),
    take: (path) => store.transfers.import({ path, practice: false, actor: 'tester' }),
    sendAll: () => {
      for (const { recordId } of store.outbox.due(new Date(Date.now() + 1000), 10_000)) {
        store.outbox.markSending(recordId);
        store.outbox.markConfirmed(recordId);
      }
    },
  };
}

export function openTwoStations(): TwoStations {
  const folder = temporaryFolder();
  const stick = folder.path('stick');
  mkdirSync(stick);
  const [a, b] = ['a.db', 'b.db'].map((name) => openTestStation(folder.path(name), stick)) as [
    TestStation,
    TestStation,
  ];
  a.store.transfers.trust(b.store.transfers.own(), 'tester');
  b.store.transfers.trust(a.store.transfers.own(), 'tester');
  return {
    a,
    b,
    stick,
    close: () => {
      a.store.close();
      b.store.close();
      folder.remove();
    },
  };
}
