import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import type { ListedTeam, TeamUpload, WorkerQuery, WorkerUpload } from '../connector.ts';
import { listIn } from './answer-lists.ts';
import { looseText } from './envelope.ts';

const employeeSchema = z.object({
  emp_id: looseText,
  Project_ID: looseText,
  id_code: looseText,
  emp_name: looseText,
  emp_phone: looseText,
  emp_company: looseText,
  work_typename: looseText,
  team_id: looseText,
  team_name: looseText,
});

/** A person as the platform lists them; what a platform leaves out is undefined. */
export type Employee = z.infer<typeof employeeSchema>;

/** Throws `platform.bad-answer` for an answer that is no list of people. */
export function employeesIn(data: unknown): readonly Employee[] {
  return listIn(data).map((row) => {
    const employee = employeeSchema.safeParse(row);
    if (!employee.success) throw new StationError('platform.bad-answer', 'a person of another form');
    return employee.data;
  });
}

/** Platforms often leave out what was asked for, so a missing value does not speak against a row. */
const agrees = (found: string | undefined, wanted: string) => found === undefined || found === '' || found === wanted;

/**
 * The person in a list that was asked for by number. Throws `platform.bad-answer` when people came without numbers, for
 * then nobody can say who they are.
 */
export function employeeOf(employees: readonly Employee[], query: WorkerQuery): Employee | undefined {
  const ours = employees.filter(({ Project_ID: project }) => agrees(project, query.projectCode));
  if (ours.some(({ id_code: number }) => number === undefined || number === '')) {
    throw new StationError('platform.bad-answer', 'people without id_code');
  }
  return ours.find(({ id_code: number }) => number?.toUpperCase() === query.idCardNumber.toUpperCase());
}

/** The number of a team that some person in the list belongs to. */
export function teamNumberIn(employees: readonly Employee[], team: TeamUpload): number | undefined {
  const member = employees.find(
    (each) =>
      each.team_name === team.teamName &&
      each.team_id !== undefined &&
      agrees(each.Project_ID, team.projectCode) &&
      agrees(each.emp_company, team.corpName),
  );
  return teamNumberSchema.safeParse(member?.team_id).data;
}

export const teamNumberSchema = looseText.pipe(
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.int().positive()),
);

/** The teams of the project that people in the list belong to, each once. */
export function teamsOf(employees: readonly Employee[], projectCode: string): readonly ListedTeam[] {
  const teams = new Map<string, ListedTeam>();
  for (const { Project_ID: project, team_name: teamName, emp_company: corpName, team_id: id } of employees) {
    if (teamName === undefined || teamName === '' || !agrees(project, projectCode)) continue;
    const teamSysNo = teamNumberSchema.safeParse(id).data;
    const company = corpName === undefined || corpName === '' ? {} : { corpName };
    teams.set(`${teamName} ${corpName ?? ''}`, { teamName, ...company, ...(teamSysNo !== undefined && { teamSysNo }) });
  }
  return [...teams.values()];
}

/** A listed person by the national standard's names; the trade is the platform's own word. */
export function heldOf(employee: Employee): Readonly<Record<string, string>> {
  const held = {
    workerName: employee.emp_name,
    cellPhone: employee.emp_phone,
    corpName: employee.emp_company,
    workTypeName: employee.work_typename,
    teamName: employee.team_name,
  };
  return Object.fromEntries(
    Object.entries(held).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''),
  );
}

/** In what a listed person differs from what was to be sent, by the national standard's names. */
export function differences(employee: Employee, worker: WorkerUpload, workTypeName: string): readonly string[] {
  const compared = [
    ['workerName', employee.emp_name, worker.workerName],
    ['cellPhone', employee.emp_phone, worker.cellPhone],
    ['corpName', employee.emp_company, worker.corpName],
    ['workType', employee.work_typename, workTypeName],
    ['teamName', employee.team_name, worker.teamName],
  ] as const;
  return compared.filter(([, found, wanted]) => !agrees(found, wanted)).map(([name]) => name);
}
