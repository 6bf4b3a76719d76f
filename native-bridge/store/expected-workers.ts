import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { workerFieldsSchema } from '../contract/enrolment.ts';
import type { WorkerFields } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import { jsonText, optional } from './column.ts';
import { canonicalJson } from './canonical-json.ts';
import type { StoreContext } from './store-context.ts';

/** Somebody in a team's list. */
export interface ExpectedEntry {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  readonly number?: string | undefined;
  readonly fields: WorkerFields;
  /** The record of the one who came. */
  readonly recordId?: string | undefined;
  /** A record of the same name, which may be another person's. */
  readonly doubtfulId?: string | undefined;
}

export type NewEntry = Pick<ExpectedEntry, 'teamId' | 'name' | 'number' | 'fields'>;

/** Lists of the people whom teams expect. Records tick them off by themselves; see migration 015. */
export interface ExpectedWorkers {
  /** In the order in which they were listed. */
  list(teamId: string): ExpectedEntry[];
  /** Every entry of this number in the teams of a project. */
  findByNumber(projectCode: string, number: string): ExpectedEntry[];
  /** Entries of the team with this name whose person has not come. */
  findByName(teamId: string, name: string): ExpectedEntry[];
  /** Adds those that are not there yet, all in one transaction; one who is enrolled already is ticked off at once. */
  add(entries: readonly NewEntry[], actor: string): number;
  /** Whether the doubtful record is the person's. Throws `store.not-found` where there is no doubt. */
  settle(id: string, samePerson: boolean, actor: string): void;
  /** Takes one entry off the team's list, or all of them; gives how many. */
  remove(teamId: string, id: string | undefined, actor: string): number;
}

const rowSchema = z.object({
  id: z.string(),
  teamId: z.string(),
  name: z.string(),
  number: optional(z.string()),
  fields: jsonText.pipe(workerFieldsSchema),
  recordId: optional(z.string()),
  doubtfulId: optional(z.string()),
});

const select = `
  SELECT id, team_id AS teamId, name, number, fields, record_id AS recordId, doubtful_id AS doubtfulId
  FROM expected_workers`;

/** The newest record of the number in the team's project that counts; as of `Records.findByNumber`. */
const presentRecord = `
  SELECT records.id FROM records JOIN outbox ON record_id = records.id
  WHERE project_code = (SELECT project_code FROM teams WHERE id = @teamId) AND card_number = @number
    AND state NOT IN ('withdrawn', 'superseded') AND records.id NOT IN (SELECT record_id FROM locks)
  ORDER BY position DESC LIMIT 1`;

function addOne({ database, now }: StoreContext, { teamId, name, number, fields }: NewEntry): number {
  return database.run(
    `INSERT INTO expected_workers (id, team_id, name, number, fields, record_id, listed_at)
     VALUES (@id, @teamId, @name, @number, @fields, (${presentRecord}), @at)
     ON CONFLICT DO NOTHING`,
    { id: randomUUID(), teamId, name, number, fields: canonicalJson(fields), at: now().toISOString() },
  );
}

function add(context: StoreContext, entries: readonly NewEntry[], actor: string): number {
  return context.database.write(() => {
    const added = entries.reduce((sum, entry) => sum + addOne(context, entry), 0);
    for (const teamId of new Set(entries.map((entry) => entry.teamId)))
      context.audit.append({ action: 'expected.added', subject: teamId, actor, detail: { entries: entries.length } });
    return added;
  });
}

function settle({ database, audit }: StoreContext, id: string, samePerson: boolean, actor: string): void {
  database.write(() => {
    const record = samePerson ? 'doubtful_id' : 'record_id';
    const changed = database.run(
      `UPDATE expected_workers SET record_id = ${record}, doubtful_id = NULL WHERE id = @id AND doubtful_id IS NOT NULL`,
      { id },
    );
    if (changed === 0) throw new StationError('store.not-found', 'doubt');
    audit.append({ action: 'expected.settled', subject: id, actor, detail: { samePerson } });
  });
}

function remove({ database, audit }: StoreContext, teamId: string, id: string | undefined, actor: string): number {
  return database.write(() => {
    const one = id === undefined ? '' : 'AND id = @id';
    const removed = database.run(`DELETE FROM expected_workers WHERE team_id = @teamId ${one}`, {
      teamId,
      ...(id !== undefined && { id }),
    });
    audit.append({ action: 'expected.removed', subject: teamId, actor, detail: { entries: removed } });
    return removed;
  });
}

export function createExpectedWorkers(context: StoreContext): ExpectedWorkers {
  const { database } = context;
  return {
    list: (teamId) => database.rows(rowSchema, `${select} WHERE team_id = @teamId ORDER BY position`, { teamId }),
    findByNumber: (projectCode, number) =>
      database.rows(
        rowSchema,
        `${select} WHERE number = @number AND team_id IN (SELECT id FROM teams WHERE project_code = @projectCode)`,
        { projectCode, number },
      ),
    findByName: (teamId, name) =>
      database.rows(rowSchema, `${select} WHERE name = @name AND +team_id = @teamId AND record_id IS NULL`, {
        teamId,
        name,
      }),
    add: (entries, actor) => add(context, entries, actor),
    settle: (id, samePerson, actor) => settle(context, id, samePerson, actor),
    remove: (teamId, id, actor) => remove(context, teamId, id, actor),
  };
}
