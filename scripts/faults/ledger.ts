import { join } from 'node:path';
import { asStationError } from '../../native-bridge/contract/errors.ts';
import type { Sandbox } from '../../native-bridge/platform/sandbox/sandbox.ts';
import { openStore, type Store } from '../../native-bridge/store/open-store.ts';
import { indexOf, inventedNumber, stepsDone } from './invented-worker.ts';
import type { Said } from './plan.ts';

/** What came out wrong, in words; empty when nothing did. */
export type Complaints = readonly string[];

/**
 * What the desk has promised to keep in one data folder, and the comparison of that with what is there and with what the
 * platform has.
 */
export class Ledger {
  readonly #file: string;
  readonly #key: Uint8Array;
  readonly #sealed = new Set<string>();
  readonly #confirmed = new Set<string>();
  /** Steps that a draft was promised to have. */
  readonly #drafts = new Map<string, number>();

  constructor(dataFolder: string, key: Uint8Array) {
    this.#file = join(dataFolder, 'station.db');
    this.#key = key;
  }

  get sealedCount(): number {
    return this.#sealed.size;
  }

  hear(line: Said): void {
    if (line.said === 'draft') this.#drafts.set(line.id, line.steps);
    if (line.said === 'sealed') {
      this.#sealed.add(line.id);
      this.#drafts.delete(line.id);
    }
    if (line.said === 'confirmed') this.#confirmed.add(line.id);
  }

  /** Opens the file as the station would and looks at everything in it. */
  inspect(): Complaints {
    try {
      const store = openStore({ file: this.#file, key: this.#key });
      try {
        return this.#look(store);
      } finally {
        store.close();
      }
    } catch (cause) {
      const { code, detail } = asStationError(cause);
      return [`the file does not open: ${code} ${detail ?? ''}`];
    }
  }

  #look(store: Store): Complaints {
    const complaints: string[] = [];
    const { brokenAt } = store.audit.verify();
    if (brokenAt !== undefined) complaints.push(`audit broken at ${brokenAt}`);
    if (store.drafts.quarantined() > 0) complaints.push('a draft cannot be read');
    const present = new Map(store.records.list({ limit: 1_000_000 }).map((record) => [record.id, record.state]));
    for (const id of this.#sealed) if (!present.has(id)) complaints.push(`sealed record ${indexOf(id)} is gone`);
    for (const id of present.keys()) if (!isWhole(store, id)) complaints.push(`record ${indexOf(id)} is damaged`);
    for (const id of this.#confirmed) {
      if (present.get(id) !== 'confirmed') complaints.push(`confirmed record ${indexOf(id)} is ${present.get(id)}`);
    }
    return [...complaints, ...this.#draftComplaints(store, present)];
  }

  #draftComplaints(store: Store, present: ReadonlyMap<string, unknown>): Complaints {
    const current = store.drafts.current();
    const lost = [...this.#drafts].filter(([id, steps]) => {
      // Killed between the seal and the word about it: the draft is a record now.
      if (present.has(id)) return false;
      return current?.id !== id || stepsDone(current) < steps;
    });
    return lost.map(([id, steps]) => `draft ${indexOf(id)} had ${steps} steps`);
  }

  /**
   * After everything was delivered: how many promised people the platform lacks, and how many were sent to it twice, also
   * when the platform itself noticed and refused the second time.
   */
  async compare(sandbox: Sandbox): Promise<{ lost: number; twice: number }> {
    const { people } = await sandbox.counters();
    const tallies = new Map(people.map((person) => [person.idCardNumber, person]));
    const ours = [...this.#sealed].map((id) => tallies.get(inventedNumber(indexOf(id))));
    const sentAgain = ours.filter((person) => person !== undefined && person.added + person.duplicatesRefused > 1);
    return { lost: ours.filter((person) => (person?.added ?? 0) === 0).length, twice: sentAgain.length };
  }
}

function isWhole(store: Store, id: string): boolean {
  try {
    return store.records.load(id).id === id;
  } catch {
    return false;
  }
}
