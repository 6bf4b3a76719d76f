import type { WithdrawalReason } from '../contract/record-life.ts';
import { change, wasEverInDoubt } from './outbox-entries.ts';
import { withdrawn } from './outbox-transition.ts';
import { reviewWithdrawnConsent } from './reviews.ts';
import type { StoreContext } from './store-context.ts';

export interface Withdrawal {
  /**
   * Takes a sealed record back before the platform can have it: it is kept and never sent. Throws `record.under-way`,
   * `record.perhaps-sent`, `record.at-platform`, `record.handed-over` or `record.ended` when it is too late for that, and
   * `store.not-found`. The note stays with the record; the trail has only the reason.
   */
  withdraw(id: string, reason: WithdrawalReason, note: string | undefined, actor: string): void;
}

/** What the record took the place of rests on the same consent. */
function withdrawConsentOfReplaced({ database }: StoreContext, id: string): void {
  database.run(
    `INSERT OR IGNORE INTO withdrawals (record_id, reason)
     SELECT older.id, 'consent-withdrawn' FROM records JOIN records AS older
       ON older.project_code = records.project_code AND older.card_number = records.card_number
       JOIN outbox ON record_id = older.id
     WHERE records.id = @id AND older.position < records.position AND +state = 'superseded'`,
    { id },
  );
}

export function createWithdrawal(context: StoreContext): Withdrawal {
  const { database } = context;
  return {
    withdraw: (id, reason, note, actor) =>
      database.write(() => {
        const wasInDoubt = wasEverInDoubt(database, id);
        change(context, 'withdrawn', id, actor, (entry) => withdrawn(entry, wasInDoubt), { more: { reason } });
        database.run('INSERT INTO withdrawals (record_id, reason, note) VALUES (@id, @reason, @note)', {
          id,
          reason,
          note: note === '' ? undefined : note,
        });
        if (reason !== 'consent-withdrawn') return;
        withdrawConsentOfReplaced(context, id);
        reviewWithdrawnConsent(database, id, actor);
      }),
  };
}
