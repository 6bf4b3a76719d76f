import { isDeepStrictEqual } from 'node:util';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { workerFieldNames } from '../contract/enrolment.ts';
import type { RecordSummary, Team, WorkerFields } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import type { Database } from './database.ts';
import { change, entryOf, wasEverInDoubt } from './outbox-entries.ts';
import { correcting, demandCorrectable, superseded } from './outbox-transition.ts';
import { summaryOf } from './record-summary.ts';
import { loadRecord } from './records.ts';
import { isLocked } from './retention.ts';
import { writeRecord } from './seal.ts';
import type { SealedDraft } from './seal.ts';
import type { StoreContext } from './store-context.ts';

/** What an operator may correct; what the card says stays. */
export interface Corrected {
  /** All of them: one that is not here is emptied. */
  readonly fields: WorkerFields;
  readonly team: Team;
}

export interface Correction {
  /** What may be corrected, as it stands. Throws what `correct` would throw for the record as it is. */
  correctable(id: string): Corrected;
  /**
   * Seals a new record in the place of `id`, with the corrected fields and the same card, consent and pictures, in one
   * transaction. The old one is `superseded`; one that the platform has confirmed stays confirmed and the new one goes
   * as an update. Where the platform may have the old one, it is asked before the new one is sent.
   *
   * Throws `record.under-way`, `record.handed-over`, `record.ended`, `record.locked`, `record.pictures-erased`,
   * `record.other-project`, `record.nothing-changed`, `enrolment.overtaken` when there is a newer record of the person,
   * and `store.not-found`.
   */
  correct(id: string, corrected: Corrected, actor: string): RecordSummary;
  /** Likewise with nothing changed, where the platform holds something else than what it was sent. */
  sendAgain(id: string, actor: string): RecordSummary;
}

const newerRecord = `
  SELECT 1 AS yes FROM records AS old
  JOIN records AS newer ON newer.project_code = old.project_code AND newer.card_number = old.card_number
    AND newer.position > old.position
  JOIN outbox ON record_id = newer.id
  WHERE old.id = @id AND state NOT IN ('withdrawn', 'superseded') LIMIT 1`;

/** Correcting the older of two records would put older data over newer. */
function demandOpen(database: Database, id: string): void {
  demandCorrectable(entryOf(database, id));
  if (isLocked(database, id)) throw new StationError('record.locked');
  const newer = database.row(z.object({ yes: z.int() }), newerRecord, { id });
  if (newer !== undefined) throw new StationError('enrolment.overtaken', 'a newer record exists');
}

function load(context: StoreContext, id: string): SealedDraft {
  demandOpen(context.database, id);
  return loadRecord(context.database, id).draft;
}

/** Names of what differs; names only, for the trail. */
function changedNames(old: SealedDraft, { fields, team }: Corrected): string[] {
  const names = workerFieldNames.filter((name) => !isDeepStrictEqual(old.fields[name], fields[name]));
  return [...names, ...(old.team.id === team.id ? [] : ['team'])];
}

function correct(context: StoreContext, id: string, corrected: Corrected, actor: string): string {
  const old = load(context, id);
  if (old.team.projectCode !== corrected.team.projectCode) throw new StationError('record.other-project');
  const changed = changedNames(old, corrected);
  if (changed.length === 0) throw new StationError('record.nothing-changed');
  return succeed(context, old, corrected, { actor, changed });
}

interface Doing {
  readonly actor: string;
  /** Names of the fields that were changed. */
  readonly changed: string[];
}

function succeed(context: StoreContext, old: SealedDraft, corrected: Corrected, { actor, changed }: Doing): string {
  const { database, now } = context;
  const { id } = old;
  const draft = { ...old, id: newId(), fields: corrected.fields, team: corrected.team };
  const before = entryOf(database, id);
  const entry = correcting(before, wasEverInDoubt(database, id), now());
  const by = { by: draft.id, changed };
  if (before.state === 'confirmed')
    context.audit.append({ action: 'record.corrected', subject: id, actor, detail: by });
  else change(context, 'superseded', id, actor, superseded, { more: by });
  writeRecord(context, draft, actor, { succession: { supersedes: id, entry } });
  return draft.id;
}

export function createCorrection(context: StoreContext): Correction {
  const { database } = context;
  return {
    correctable: (id) => {
      const { fields, team } = load(context, id);
      return { fields, team };
    },
    sendAgain: (id, actor) =>
      summaryOf(
        database,
        database.write(() => {
          const old = load(context, id);
          return succeed(context, old, old, { actor, changed: [] });
        }),
      ),
    correct: (id, corrected, actor) =>
      summaryOf(
        database,
        database.write(() => correct(context, id, corrected, actor)),
      ),
  };
}
