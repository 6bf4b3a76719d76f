import { z } from 'zod';
import type { Database } from '../database.ts';
import { maskNumber } from '../record-summary.ts';
import type { Planned } from './package-part.ts';

/** Which records are meant. */
export type Selection =
  | { readonly kind: 'unsent' }
  /** Sealed at or after `from` and before `until`. */
  | { readonly kind: 'between'; readonly from: Date; readonly until: Date }
  | { readonly kind: 'ids'; readonly ids: readonly string[] };

const chosen: Readonly<Record<Selection['kind'], string>> = {
  unsent: `state IN ('sealed', 'sending', 'accepted', 'needs-attention')`,
  between: 'sealed_at >= @from AND sealed_at < @until',
  ids: 'id IN (SELECT value FROM json_each(@ids))',
};

/**
 * A person's records go together, and none goes while one of them is being sent or waits for the platform's outcome:
 * two stations must not send different states of the same person at the same time.
 */
const mayGo = `
  (state IN ('sealed', 'needs-attention') OR (state = 'sending' AND in_doubt = 1))
  AND NOT EXISTS (
    SELECT 1 FROM records AS other JOIN outbox AS way ON way.record_id = other.id
    WHERE other.project_code = records.project_code AND other.card_number = records.card_number
      AND (way.state = 'accepted' OR (way.state = 'sending' AND way.in_doubt = 0)))`;

/** A locked record is not used for anything, and one without its pictures is not whole any more. */
const isCarriable = `
  NOT EXISTS (SELECT 1 FROM locks WHERE locks.record_id = records.id)
  AND NOT EXISTS (SELECT 1 FROM receipts WHERE receipts.id = records.id AND scope = 'pictures')`;

const ofChosenPerson = (condition: string) => `
  (project_code, card_number) IN (
    SELECT project_code, card_number FROM records JOIN outbox ON record_id = id WHERE ${condition})`;

function parametersOf(selection: Selection): Record<string, string> {
  switch (selection.kind) {
    case 'unsent':
      return {};
    case 'between':
      return { from: selection.from.toISOString(), until: selection.until.toISOString() };
    case 'ids':
      return { ids: JSON.stringify(selection.ids) };
  }
}

const rowSchema = z
  .object({ id: z.string(), name: z.string(), number: z.string() })
  .transform(({ id, name, number }): Planned => ({ id, name, maskedNumber: maskNumber(number) }));

const select = 'SELECT id, name, card_number AS number FROM records JOIN outbox ON record_id = id';

/** The records for a package in the order of sealing; for a hand-over only those that may be given away now. */
export function recordsFor(database: Database, kind: 'copy' | 'hand-over', selection: Selection): Planned[] {
  const condition = chosen[selection.kind];
  const where = kind === 'copy' ? condition : `${ofChosenPerson(condition)} AND ${mayGo}`;
  return database.rows(
    rowSchema,
    `${select} WHERE ${where} AND ${isCarriable} ORDER BY position`,
    parametersOf(selection),
  );
}

export function mayBeCarried(database: Database, id: string): boolean {
  const sql = `SELECT id FROM records WHERE id = @id AND ${isCarriable}`;
  return database.row(z.object({ id: z.string() }), sql, { id }) !== undefined;
}

/** Bytes of these records' pictures and text, roughly what the package will have. */
export function bytesOf(database: Database, records: readonly Planned[]): number {
  const sql = `
    SELECT coalesce(sum(length(content)), 0) + coalesce((SELECT sum(size) FROM media
      WHERE owner IN (SELECT value FROM json_each(@ids))), 0) + coalesce((SELECT sum(size) FROM certificates
      WHERE owner IN (SELECT value FROM json_each(@ids))), 0) AS bytes
    FROM records WHERE id IN (SELECT value FROM json_each(@ids))`;
  const ids = JSON.stringify(records.map(({ id }) => id));
  return database.row(z.object({ bytes: z.int() }), sql, { ids })?.bytes ?? 0;
}

/** Names for ids, for telling a person whom something is about; ids that are not here are left out. */
export function namesOf(database: Database, ids: readonly string[]): Planned[] {
  const sql = `${select} WHERE id IN (SELECT value FROM json_each(@ids)) ORDER BY position`;
  return database.rows(rowSchema, sql, { ids: JSON.stringify(ids) });
}
