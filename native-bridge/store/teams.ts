import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { teamSchema } from '../contract/enrolment.ts';
import type { Team } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import { optional } from './column.ts';
import type { Database } from './database.ts';

export type NewTeam = Omit<Team, 'id' | 'teamSysNo'>;

export type NumberOrigin = 'sent' | 'adopted';

export interface Teams {
  /** All teams in the order in which they were added. */
  list(): Team[];
  /** Also by the id that another station gave to the same team; so everywhere below. */
  find(id: string): Team | undefined;
  /** Adds a team; the same name at the same company of the same project is the same team and is returned as it is. */
  add(team: NewTeam): Team;
  /** Makes a team the one that new enrolments belong to. Throws `store.not-found`. */
  choose(id: string): Team;
  chosen(): Team | undefined;
  /** Keeps the platform's number of the team, and whether the team was there before us. Throws `store.not-found`. */
  setSysNo(id: string, teamSysNo: number, origin?: NumberOrigin): void;
  /** Serial of a team upload whose outcome is still open. */
  pendingSerial(id: string): string | undefined;
  setPendingSerial(id: string, serial: string | undefined): void;
}

const rowSchema = z
  .object({
    id: z.string(),
    projectCode: z.string(),
    projectName: z.string(),
    corpCode: z.string(),
    corpName: z.string(),
    teamName: z.string(),
    workType: optional(z.string()),
    teamSysNo: optional(z.int()),
  })
  .transform((row): unknown => row)
  .pipe(teamSchema);

const select = `
  SELECT id, project_code AS projectCode, project_name AS projectName, corp_code AS corpCode, corp_name AS corpName,
    team_name AS teamName, work_type AS workType, team_sys_no AS teamSysNo
  FROM teams`;

/** The team's own id for the one that it came with on a medium. */
const ownId = 'coalesce((SELECT team_id FROM team_aliases WHERE alias = @id), @id)';

function found(team: Team | undefined): Team {
  if (team === undefined) throw new StationError('store.not-found', 'team');
  return team;
}

function add(database: Database, team: NewTeam): Team {
  database.run(
    `INSERT INTO teams (id, project_code, project_name, corp_code, corp_name, team_name, work_type)
     VALUES (@id, @projectCode, @projectName, @corpCode, @corpName, @teamName, @workType)
     ON CONFLICT (project_code, corp_code, team_name) DO NOTHING`,
    {
      id: randomUUID(),
      projectCode: team.projectCode,
      projectName: team.projectName,
      corpCode: team.corpCode,
      corpName: team.corpName,
      teamName: team.teamName,
      workType: team.workType,
    },
  );
  const { projectCode, corpCode, teamName } = team;
  const same = `${select} WHERE project_code = @projectCode AND corp_code = @corpCode AND team_name = @teamName`;
  return found(database.row(rowSchema, same, { projectCode, corpCode, teamName }));
}

function change(database: Database, id: string, assignment: string, value: string | number | undefined): void {
  const changes = database.write(() =>
    database.run(`UPDATE teams SET ${assignment} WHERE id = ${ownId}`, { id, value }),
  );
  if (changes === 0) throw new StationError('store.not-found', 'team');
}

/** What is known of the team besides its name goes up as a change, now that the platform has it. */
function setSysNo(database: Database, id: string, teamSysNo: number, origin: NumberOrigin): void {
  change(database, id, 'team_sys_no = @value', teamSysNo);
  change(database, id, 'number_origin = @value', origin);
  change(database, id, "delivery = CASE WHEN revision > sent_revision THEN 'wanted' ELSE @value END", 'rest');
}

function choose(database: Database, id: string): Team {
  database.run('UPDATE teams SET chosen = 0 WHERE chosen = 1');
  change(database, id, 'chosen = @value', 1);
  return found(find(database, id));
}

/** Takes over the team of a record that came on a medium, so that its id is known here. Call inside a transaction. */
export function adoptTeam(database: Database, team: Team): void {
  if (find(database, team.id) !== undefined) return;
  const { id, projectCode, projectName, corpCode, corpName, teamName, workType } = team;
  database.run(
    `INSERT INTO teams (id, project_code, project_name, corp_code, corp_name, team_name, work_type)
     VALUES (@id, @projectCode, @projectName, @corpCode, @corpName, @teamName, @workType)
     ON CONFLICT (project_code, corp_code, team_name) DO NOTHING`,
    { id, projectCode, projectName, corpCode, corpName, teamName, workType },
  );
  database.run(
    `INSERT INTO team_aliases (alias, team_id) SELECT @id, id FROM teams
     WHERE project_code = @projectCode AND corp_code = @corpCode AND team_name = @teamName AND id <> @id`,
    { id, projectCode, corpCode, teamName },
  );
}

function find(database: Database, id: string): Team | undefined {
  return database.row(rowSchema, `${select} WHERE id = ${ownId}`, { id });
}

function pendingSerial(database: Database, id: string): string | undefined {
  const schema = z.object({ serial: optional(z.string()) });
  const row = database.row(schema, `SELECT pending_serial AS serial FROM teams WHERE id = ${ownId}`, { id });
  if (row === undefined) throw new StationError('store.not-found', 'team');
  return row.serial;
}

export function createTeams(database: Database): Teams {
  return {
    list: () => database.rows(rowSchema, `${select} ORDER BY position`),
    find: (id) => find(database, id),
    add: (team) => database.write(() => add(database, team)),
    choose: (id) => database.write(() => choose(database, id)),
    chosen: () => database.row(rowSchema, `${select} WHERE chosen = 1`),
    setSysNo: (id, teamSysNo, origin = 'sent') => database.write(() => setSysNo(database, id, teamSysNo, origin)),
    pendingSerial: (id) => pendingSerial(database, id),
    setPendingSerial: (id, serial) => change(database, id, 'pending_serial = @value', serial),
  };
}
