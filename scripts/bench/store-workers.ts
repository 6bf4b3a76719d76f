import { openDatabase } from '../../native-bridge/store/open-database.ts';
import { storeOn } from '../../native-bridge/store/open-store.ts';
import type { Store } from '../../native-bridge/store/open-store.ts';
import { sampleKey } from '../../native-bridge/store/sample-draft.ts';
import { draftOf, inventedPerson, type Person, repeatableRandom } from './store-people.ts';

/** Records of one transaction while preparing. */
const batch = 500;

/** Of a big file nearly everything is old and confirmed; so many of each thousand are not. */
const unsentPerThousand = 5;

/** Between two workers, in minutes. */
const minutesBetween = 3.5;

function enrol(store: Store, person: Person, index: number, pictureBytes: number): void {
  const { id } = store.records.seal(draftOf(person, pictureBytes), 'bench');
  if (index % 1000 < unsentPerThousand) return;
  store.outbox.markSending(id);
  store.outbox.markConfirmed(id);
}

/** The same people in every run. */
export function inventedPeople(count: number): Person[] {
  const random = repeatableRandom(7);
  return Array.from({ length: count }, (_, index) => inventedPerson(random, index));
}

/**
 * A file of these workers, each sealed and confirmed on the store's own way, many in one transaction. The pictures
 * are small: only the file's size depends on them, and nothing that is measured reads them.
 */
export function fillWithWorkers(file: string, people: readonly Person[], pictureBytes: number): void {
  const workers = people.length;
  const database = openDatabase(file, sampleKey);
  const started = performance.now();
  // Up to now, some 400 a day; the clock is asked three to five times for each worker.
  let clock = Date.now() - workers * minutesBetween * 60_000;
  const store = storeOn(database, () => new Date((clock += (minutesBetween * 60_000) / 5)));
  for (let from = 0; from < workers; from += batch) {
    database.write(() =>
      people.slice(from, from + batch).forEach((person, at) => enrol(store, person, from + at, pictureBytes)),
    );
    if (from % 10_000 === 0) console.error(`${from} workers, ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
  database.close();
}
