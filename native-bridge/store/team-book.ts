import { z } from 'zod';
import { errorCodeSchema } from '../contract/basic.ts';
import type { ErrorReport } from '../contract/basic.ts';
import { StationError } from '../contract/errors.ts';
import {
  type TeamDetails,
  type TeamEntry,
  teamEntrySchema,
  type TeamPassage,
  type TeamSide,
} from '../contract/team.ts';
import { sha256 } from './canonical-json.ts';
import { blob, optional } from './column.ts';
import type { Database, Parameters } from './database.ts';
import type { StoreContext } from './store-context.ts';

/** A team whose upload or change is to be taken one step further. */
export interface DueTeam {
  readonly id: string;
  readonly attempts: number;
  /** Of an upload or a change that the platform is still processing. */
  readonly serial?: string | undefined;
  readonly revision: number;
}

export interface TeamFile {
  readonly name: string;
  readonly data: Uint8Array;
}

/**
 * Everything about teams besides their names, and where it stands on its way to the platform. Every change is one durable
 * transaction with an audit row that names what changed. An unknown id throws `store.not-found`.
 */
export interface TeamBook {
  /** Teams of a project in the order in which they were added. */
  list(projectCode: string): TeamEntry[];
  entry(id: string): TeamEntry;
  /**
   * Throws `team.has-workers` when a team with workers is to have another name or company, and `team.name-taken` when
   * another team of the company has the name.
   */
  change(id: string, details: TeamDetails, actor: string): TeamEntry;
  setPassage(id: string, passage: TeamPassage, actor: string): TeamEntry;
  files(id: string, side: TeamSide): TeamFile[];
  /** What the platform holds counts as ours: nothing is sent. */
  takeOver(id: string, held: Partial<Pick<TeamEntry, HeldName>>, actor: string): TeamEntry;
  /** The team is to go up. */
  want(id: string, actor: string): void;
  due(projectCode: string, now: Date, limit: number): DueTeam[];
  markSent(id: string, revision: number, serial: string | undefined, askAt: Date): void;
  /** The platform has the team as it was last sent, or in `revision`; what changed since goes again. */
  markSettled(id: string, revision?: number): void;
  markRetry(id: string, error: ErrorReport, at: Date): void;
  markRefused(id: string, error: ErrorReport, platformText?: string): void;
}

type HeldName = 'teamName' | 'teamSysNo' | 'leaderName' | 'leaderPhone' | 'remark' | 'leftOn';

const entryRow = z
  .object({
    id: z.string(),
    projectCode: z.string(),
    projectName: z.string(),
    corpCode: z.string(),
    corpName: z.string(),
    teamName: z.string(),
    workType: optional(z.string()),
    teamSysNo: optional(z.int()),
    leaderName: optional(z.string()),
    leaderPhone: optional(z.string()),
    remark: optional(z.string()),
    enteredOn: optional(z.string()),
    leftOn: optional(z.string()),
    state: z.string(),
    workers: z.int(),
    errorCode: optional(errorCodeSchema.catch('internal')),
    errorDetail: optional(z.string()),
    platformText: optional(z.string()),
  })
  .transform(({ errorCode, errorDetail, ...row }): unknown => ({
    ...row,
    error: errorCode && { code: errorCode, detail: errorDetail },
  }))
  .pipe(teamEntrySchema);

const select = `
  SELECT id, project_code AS projectCode, project_name AS projectName, corp_code AS corpCode, corp_name AS corpName,
    team_name AS teamName, work_type AS workType, team_sys_no AS teamSysNo, leader_name AS leaderName,
    leader_phone AS leaderPhone, remark, entered_on AS enteredOn, left_on AS leftOn,
    CASE WHEN delivery = 'refused' THEN 'refused'
      WHEN team_sys_no IS NULL AND (delivery = 'wanted' OR pending_serial IS NOT NULL) THEN 'waiting'
      WHEN team_sys_no IS NULL THEN 'local'
      WHEN delivery = 'wanted' THEN 'changed'
      ELSE coalesce(number_origin, 'sent') END AS state,
    (SELECT coalesce(sum(count), 0) FROM worker_counts JOIN worker_projects ON number = project
      WHERE code = teams.project_code AND worker_counts.team_name = teams.team_name) AS workers,
    error_code AS errorCode, error_detail AS errorDetail, platform_text AS platformText
  FROM teams`;

const ownId = 'coalesce((SELECT team_id FROM team_aliases WHERE alias = @id), @id)';

function entry(database: Database, id: string): TeamEntry {
  const row = database.row(entryRow, `${select} WHERE id = ${ownId}`, { id });
  if (row === undefined) throw new StationError('store.not-found', 'team');
  return row;
}

function set(database: Database, id: string, assignments: string, values: Parameters = {}): void {
  if (database.run(`UPDATE teams SET ${assignments} WHERE id = ${ownId}`, { id, ...values }) === 0)
    throw new StationError('store.not-found', 'team');
}

const detailNames = ['teamName', 'corpCode', 'corpName', 'workType', 'leaderName', 'leaderPhone', 'remark'] as const;
/** What the platform does not hold of a team: a change of it is nobody's business but ours. */
const ownNames: ReadonlySet<string> = new Set(['workType']);

/** Another try after a refusal, or the first: from now on it is to go up. */
const wanted = (now: Date) => ({
  sql: `delivery = 'wanted', attempts = 0, next_attempt_at = @now, error_code = NULL, error_detail = NULL,
    platform_text = NULL`,
  values: { now: now.toISOString() },
});

function demandFree(database: Database, before: TeamEntry, { teamName, corpCode, corpName }: TeamDetails): void {
  const isSame = before.teamName === teamName && before.corpCode === corpCode && before.corpName === corpName;
  if (isSame) return;
  if (before.workers > 0) throw new StationError('team.has-workers');
  const sql = `SELECT id FROM teams
    WHERE project_code = @projectCode AND corp_code = @corpCode AND team_name = @teamName AND id <> @id`;
  const { projectCode, id } = before;
  if (database.row(z.object({ id: z.string() }), sql, { projectCode, corpCode, teamName, id }) !== undefined)
    throw new StationError('team.name-taken');
}

function change(context: StoreContext, id: string, details: TeamDetails, actor: string): void {
  const { database, audit } = context;
  const before = entry(database, id);
  demandFree(database, before, details);
  const changed = detailNames.filter((name) => before[name] !== details[name]);
  if (changed.length === 0) return;
  const { teamName, corpCode, corpName, workType, leaderName, leaderPhone, remark } = details;
  const values = { teamName, corpCode, corpName, workType, leaderName, leaderPhone, remark };
  set(
    database,
    id,
    `team_name = @teamName, corp_code = @corpCode, corp_name = @corpName, work_type = @workType,
     leader_name = @leaderName, leader_phone = @leaderPhone, remark = @remark`,
    values,
  );
  if (changed.some((name) => !ownNames.has(name))) touch(context, before);
  audit.append({ action: 'team.changed', subject: before.id, actor, detail: { changed } });
}

/** Counts the change; a team that the platform has, or has refused, goes up again. */
function touch({ database, now }: StoreContext, { id, state }: TeamEntry): void {
  set(database, id, 'revision = revision + 1');
  if (state === 'local') return;
  const again = wanted(now());
  set(database, id, again.sql, again.values);
}

function setPassage(context: StoreContext, id: string, passage: TeamPassage, actor: string): void {
  const { database, audit } = context;
  const { side, date, attachments } = passage;
  const before = entry(database, id);
  const [from, to] = side === 'entry' ? [date, before.leftOn] : [before.enteredOn, date];
  if (from !== undefined && to !== undefined && to < from) throw new StationError('team.left-before-entry');
  set(database, id, side === 'entry' ? 'entered_on = @date' : 'left_on = @date', { date });
  database.run('DELETE FROM team_files WHERE team_id = @id AND side = @side', { id: before.id, side });
  for (const [place, { name, data }] of attachments.entries())
    database.run(
      `INSERT INTO team_files (team_id, side, place, name, sha256, bytes)
       VALUES (@id, @side, @place, @name, @hash, @bytes)`,
      { id: before.id, side, place, name, hash: sha256(data), bytes: data },
    );
  touch(context, before);
  audit.append({ action: `team.${side}`, subject: before.id, actor, detail: { date, files: attachments.length } });
}

const fileRow = z.object({ name: z.string(), sha256: z.string(), bytes: blob });

function files(database: Database, id: string, side: TeamSide): TeamFile[] {
  const sql = `SELECT name, sha256, bytes FROM team_files WHERE team_id = ${ownId} AND side = @side ORDER BY place`;
  return database.rows(fileRow, sql, { id, side }).map(({ name, sha256: hash, bytes }) => {
    if (sha256(bytes) !== hash) throw new StationError('store.corrupt', 'team file');
    return { name, data: bytes };
  });
}

const columnOf: Readonly<Record<HeldName, string>> = {
  teamName: 'team_name',
  teamSysNo: 'team_sys_no',
  leaderName: 'leader_name',
  leaderPhone: 'leader_phone',
  remark: 'remark',
  leftOn: 'left_on',
};

function takeOver(
  { database, audit }: StoreContext,
  id: string,
  held: Partial<Pick<TeamEntry, HeldName>>,
  actor: string,
): void {
  const before = entry(database, id);
  const { teamName = before.teamName } = held;
  demandFree(database, before, { ...before, teamName });
  const changed = (Object.keys(held) as HeldName[]).filter((name) => held[name] !== before[name]);
  for (const name of changed) set(database, id, `${columnOf[name]} = @value`, { value: held[name] });
  if (changed.includes('teamSysNo')) set(database, id, `number_origin = 'adopted', pending_serial = NULL`);
  set(database, id, `delivery = 'rest', sent_revision = revision, error_code = NULL, platform_text = NULL`);
  audit.append({ action: 'team.taken-over', subject: before.id, actor, detail: { changed } });
}

const dueRow = z.object({ id: z.string(), attempts: z.int(), serial: optional(z.string()), revision: z.int() });

const dueTeams = `
  SELECT id, attempts, pending_serial AS serial, revision FROM teams
  WHERE project_code = @projectCode AND delivery = 'wanted' AND (next_attempt_at <= @now OR next_attempt_at > @horizon)
  ORDER BY position LIMIT @limit`;

/** A moment further ahead was written while the clock was wrong, and counts as come; as for records. */
const longestWaitMs = 10 * 60_000;

export function createTeamBook(context: StoreContext): TeamBook {
  const { database, audit, now } = context;
  const changing = (id: string, work: () => void) =>
    database.write(() => {
      work();
      return entry(database, id);
    });
  return {
    list: (projectCode) =>
      database.rows(entryRow, `${select} WHERE project_code = @projectCode ORDER BY position`, { projectCode }),
    entry: (id) => entry(database, id),
    change: (id, details, actor) => changing(id, () => change(context, id, details, actor)),
    setPassage: (id, passage, actor) => changing(id, () => setPassage(context, id, passage, actor)),
    files: (id, side) => files(database, id, side),
    takeOver: (id, held, actor) => changing(id, () => takeOver(context, id, held, actor)),
    want: (id, actor) =>
      database.write(() => {
        const { sql, values } = wanted(now());
        set(database, id, sql, values);
        audit.append({ action: 'team.upload', subject: entry(database, id).id, actor });
      }),
    due: (projectCode, at, limit) => {
      const horizon = new Date(at.getTime() + longestWaitMs).toISOString();
      return database.rows(dueRow, dueTeams, { projectCode, now: at.toISOString(), horizon, limit });
    },
    markSent: (id, revision, serial, askAt) =>
      database.write(() =>
        set(
          database,
          id,
          'pending_serial = @serial, sent_revision = @revision, attempts = 0, next_attempt_at = @at, error_code = NULL',
          { serial, revision, at: askAt.toISOString() },
        ),
      ),
    markSettled: (id, revision) =>
      database.write(() =>
        set(
          database,
          id,
          `pending_serial = NULL, attempts = 0, error_code = NULL, platform_text = NULL,
           sent_revision = coalesce(@revision, sent_revision),
           delivery = CASE WHEN revision > coalesce(@revision, sent_revision) THEN 'wanted' ELSE 'rest' END`,
          { revision },
        ),
      ),
    markRetry: (id, { code, detail }, at) =>
      database.write(() =>
        set(
          database,
          id,
          `attempts = attempts + 1, next_attempt_at = @at, error_code = @code, error_detail = @detail`,
          {
            at: at.toISOString(),
            code,
            detail,
          },
        ),
      ),
    markRefused: (id, { code, detail }, text) =>
      database.write(() =>
        set(
          database,
          id,
          `delivery = 'refused', pending_serial = NULL, error_code = @code, error_detail = @detail,
           platform_text = @text`,
          { code, detail, text },
        ),
      ),
  };
}
