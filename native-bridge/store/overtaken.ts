import { z } from 'zod';
import { change } from './outbox-entries.ts';
import { superseded } from './outbox-transition.ts';
import { stationActor } from './store-context.ts';
import type { StoreContext } from './store-context.ts';

/**
 * Records that wait or were set aside although a newer one of the same person is confirmed, and that one. The plus keeps
 * SQLite from going through the whole queue by state where the person's few records are asked for.
 */
const overtaken = (whose: string) => `
  SELECT id, (
    SELECT other.id FROM records AS other JOIN outbox AS way ON way.record_id = other.id
    WHERE other.project_code = records.project_code AND other.card_number = records.card_number
      AND other.position > records.position AND way.state = 'confirmed'
    ORDER BY other.position DESC LIMIT 1) AS newer
  FROM records JOIN outbox ON id = record_id
  WHERE ${whose}state IN ('sealed', 'needs-attention') AND newer IS NOT NULL`;

const ofPerson = overtaken(
  '(project_code, card_number) = (SELECT project_code, card_number FROM records WHERE id = @confirmed) AND +',
);
const ofEverybody = overtaken('');

const rowSchema = z.object({ id: z.string(), newer: z.string() });

/**
 * Ends the way of every record that a newer confirmed one of the same person has overtaken: of the person of `confirmed`,
 * or of everybody.
 */
export function supersedeOvertaken(context: StoreContext, confirmed?: string): void {
  const { database } = context;
  database.write(() => {
    const rows = database.rows(rowSchema, confirmed === undefined ? ofEverybody : ofPerson, { confirmed });
    for (const { id, newer } of rows)
      change(context, 'superseded', id, stationActor, superseded, { more: { by: newer } });
  });
}
