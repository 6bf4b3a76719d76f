import { openDatabase } from '../../native-bridge/store/open-database.ts';
import { storeOn } from '../../native-bridge/store/open-store.ts';
import type { Store } from '../../native-bridge/store/open-store.ts';
import { sampleKey } from '../../native-bridge/store/sample-draft.ts';
import { draftOf, inventedPerson, type Person, repeatableRandom } from './store-people.ts';

/** Records of one transaction while preparing. */
const batch = 500;

/** Of a big file nearly everything is old and confirmed; so many of each thousand are not. */
const unsentPerThousand = 5;

function enrol(store: Store, person: Person, index: number, pictureBytes: number): void {
  const { id } = store.records.seal(draftOf(person, pictureBytes), 'bench');
  if (index % 1000 < unsentPerThousand) return;
  store.outbox.markSending(id);
  store.outbox.markConfirmed(id);
}

/**
 * A file of so many workers, each sealed and confirmed on the store's own way, many in one transaction. The pictures
 * are small: only the file's size depends on them, and nothing that is measured reads them.
 */
export function fillWithWorkers(file: string, workers: number, pictureBytes: number): Person[] {
  const random = repeatableRandom(7);
  const database = openDatabase(file, sampleKey);
  const started = performance.now();
  // Sealing looks for a free millisecond; a clock that moves on by itself keeps that from becoming a search.
  let clock = Date.parse('2026-01-05T00:00:00Z');
  const store = storeOn(database, () => new Date((clock += 50)));
  const people = Array.from({ length: workers }, (_, index) => inventedPerson(random, index));
  for (let from = 0; from < workers; from += batch) {
    database.write(() =>
      people.slice(from, from + batch).forEach((person, at) => enrol(store, person, from + at, pictureBytes)),
    );
    if (from % 10_000 === 0) console.error(`${from} workers, ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
  database.close();
  return people;
}
