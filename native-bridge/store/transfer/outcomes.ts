import { z } from 'zod';
import { optional } from '../column.ts';
import type { Database } from '../database.ts';
import { change, entryOf } from '../outbox-entries.ts';
import { isOvertaken } from '../outbox-order.ts';
import { endedElsewhere, takenBack } from '../outbox-transition.ts';
import { isLocked } from '../retention.ts';
import type { StoreContext } from '../store-context.ts';
import { outcomeSchema } from './package-part.ts';
import type { Outcome } from './package-part.ts';
import { noteEnd, noteHanded } from './transfer-ledger.ts';

const rowSchema = z
  .object({
    id: z.string(),
    contentHash: z.string(),
    state: outcomeSchema.shape.state,
    serial: optional(z.string()),
  })
  .transform(({ serial, ...row }): Outcome => ({ ...row, ...(serial !== undefined && { serial }) }));

/** How the records that came from a station have ended here, also those that have been erased since. */
export function outcomesFor(database: Database, fingerprint: string): Outcome[] {
  const sql = `
    SELECT id, content_hash AS contentHash, state, serial FROM (
      SELECT id, content_hash, state, serial FROM records JOIN outbox ON record_id = id
      UNION ALL
      SELECT id, content_hash, state, serial FROM receipts WHERE scope = 'record' AND content_hash IS NOT NULL)
    WHERE state IN ('confirmed', 'withdrawn', 'superseded') AND id IN (
      SELECT transfer_records.record_id FROM transfer_records JOIN transfers ON transfers.id = transfer_id
      WHERE direction = 'in' AND peer = @fingerprint)
    ORDER BY id`;
  return database.rows(rowSchema, sql, { fingerprint });
}

/** Takes another station's word for how a record has ended; true when that was news. */
export function takeOutcome(context: StoreContext, outcome: Outcome, from: string): boolean {
  const { database } = context;
  const sql = 'SELECT content_hash AS hash FROM records WHERE id = @id';
  const known = database.row(z.object({ hash: z.string() }), sql, { id: outcome.id });
  if (known?.hash !== outcome.contentHash) return false;
  const before = entryOf(database, outcome.id).state;
  const { state, serial } = outcome;
  change(context, 'receipt', outcome.id, from, (entry) => endedElsewhere(entry, state, serial));
  return entryOf(database, outcome.id).state !== before;
}

/**
 * Makes a record that was given away this station's again, in doubt. What newer data of the person has overtaken becomes
 * `superseded`, and what a person's wish has locked meanwhile `withdrawn`: neither is sent.
 */
export function sendAgain(context: StoreContext, id: string, action: string, actor: string): void {
  const { database, now } = context;
  const end = isLocked(database, id)
    ? 'withdrawn'
    : isOvertaken(database, id, 'handed-over')
      ? 'superseded'
      : undefined;
  change(context, action, id, actor, (entry) =>
    end === undefined ? takenBack(entry, now()) : endedElsewhere(entry, end, undefined),
  );
}

const handedSchema = z.object({ recordId: z.string() });

/**
 * Ends a package that is lost or not wanted any more: what it had taken out of the outbox comes back in one transaction,
 * in doubt, so that the platform is asked first. What newer data of the person has overtaken meanwhile is `superseded`.
 * Returns how many came back to be sent.
 */
export function takeBack(context: StoreContext, transferId: string, actor: string): number {
  const { database, audit } = context;
  return database.write(() => {
    const sql = `
      SELECT transfer_records.record_id AS recordId FROM transfer_records
        JOIN outbox ON outbox.record_id = transfer_records.record_id
      WHERE transfer_id = @transferId AND handed = 1 AND outbox.state = 'handed-over' ORDER BY sequence`;
    const back = database.rows(handedSchema, sql, { transferId }).filter(({ recordId }) => {
      sendAgain(context, recordId, 'taken-back', actor);
      noteHanded(database, transferId, recordId, false);
      return entryOf(database, recordId).state === 'sealed';
    });
    noteEnd(context, transferId, 'taken-back');
    audit.append({ action: 'transfer.taken-back', subject: transferId, actor, detail: { records: back.length } });
    return back.length;
  });
}
