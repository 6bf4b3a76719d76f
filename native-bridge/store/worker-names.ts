import { z } from 'zod';
import type { Database } from './database.ts';
import { nameWords } from './worker-name.ts';

const unnamedSchema = z.object({ place: z.int(), name: z.string() });

/** Names entered at a time where many are missing; about 20 ms. */
export const namesAtOnce = 200;

function enter(database: Database, { place, name }: z.infer<typeof unnamedSchema>): void {
  database.run(
    `INSERT INTO worker_names (rowid, name, initials, syllables) VALUES (@place, @name, @initials, @syllables)`,
    { place, ...nameWords(name) },
  );
  database.run('UPDATE workers SET named = 1 WHERE place = @place', { place });
}

/**
 * Enters names that the full-text table does not have yet, the newest first, and tells how many those were. One is
 * missing after each seal, and all are after an update from a version without the table.
 */
export function enterNames(database: Database, limit = namesAtOnce): number {
  const sql = 'SELECT place, name FROM workers WHERE named = 0 ORDER BY place DESC LIMIT @limit';
  const missing = database.rows(unnamedSchema, sql, { limit });
  if (missing.length > 0) database.write(() => missing.forEach((worker) => enter(database, worker)));
  return missing.length;
}

/** Enters the name of the worker whose newest record this is; part of the sealing transaction. */
export function enterNameOf(database: Database, recordId: string): void {
  const sql = 'SELECT place, name FROM workers WHERE record_id = @recordId AND named = 0';
  const worker = database.row(unnamedSchema, sql, { recordId });
  if (worker !== undefined) enter(database, worker);
}

/** Between two portions, in milliseconds: an update's names are entered without holding up the desk. */
const namingPauseMs = 30;

/** Enters what is missing portion by portion, beginning after this turn, until nothing is; ends at the first error. */
export function nameInBackground(database: Database): { stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = () => {
    try {
      if (enterNames(database) > 0) timer = setTimeout(next, namingPauseMs).unref();
    } catch {
      // Whatever stands in the way (a full disk) shows at the next write; a search and the next start try again.
    }
  };
  timer = setTimeout(next).unref();
  return { stop: () => clearTimeout(timer) };
}
