import { checkFields, numberOf, textOf, type CheckedFields } from '../field-check.ts';
import type { Field } from '../field-rules.ts';
import { asObject, type JsonObject } from '../json.ts';
import type { Team } from '../state.ts';
import { fieldSettings, participantProblems, type MethodContext } from './method-context.ts';

export interface CheckedRow {
  /** `[workerList][2]`, the place that error texts name. */
  readonly path: string;
  readonly fields: CheckedFields;
}

export interface CheckedList {
  readonly rows: readonly CheckedRow[];
  readonly problems: readonly string[];
}

/** Checks the rows of a list; too many or none is a problem of the list as a whole. */
export async function checkList(
  data: JsonObject,
  name: string,
  rowFields: readonly Field[],
  most: number,
  context: MethodContext,
): Promise<CheckedList> {
  const given = data[name];
  const list = Array.isArray(given) ? given : [];
  if (list.length === 0) return { rows: [], problems: [`[${name}]不能为空`] };
  if (list.length > most) return { rows: [], problems: [`[${name}]每次不能超过${most}人`] };
  // All at a time, for their pictures are decoded beside this thread.
  const rows = await Promise.all(
    list.map(async (item, index): Promise<CheckedRow> => {
      const path = `[${name}][${index}]`;
      return { path, fields: await checkFields(asObject(item) ?? {}, rowFields, fieldSettings(context), path) };
    }),
  );
  return { rows, problems: rows.flatMap((row) => row.fields.problems) };
}

/** `checkList` of `workerList`. */
export const checkWorkerList = (
  data: JsonObject,
  rowFields: readonly Field[],
  most: number,
  context: MethodContext,
): Promise<CheckedList> => checkList(data, 'workerList', rowFields, most, context);

/** A number that stands twice in one call. */
export function repeatedNumbers(rows: readonly CheckedRow[]): string[] {
  const numbers = rows.map((row) => textOf(row.fields, 'idCardNumber'));
  return rows
    .filter((_, index) => numbers.indexOf(numbers[index] ?? '') !== index)
    .map((row) => `${row.path}[idCardNumber]同一批次中身份证号码重复`);
}

/** The team that a call names, if project, company and number belong together. */
export function namedTeam(fields: CheckedFields, context: MethodContext): Team | undefined {
  return context.state.teams.find(
    (each) =>
      each.teamSysNo === numberOf(fields, 'teamSysNo') &&
      each.projectCode === textOf(fields, 'projectCode') &&
      each.corpCode === textOf(fields, 'corpCode'),
  );
}

/** Company, team number and (where the method carries one) team name must fit. */
export function placeProblems(fields: CheckedFields, context: MethodContext): string[] {
  const refusals = participantProblems(fields, context);
  if (refusals.length > 0) return refusals;
  const team = namedTeam(fields, context);
  if (!team) return ['[teamSysNo]班组编号超出范围或无效'];
  const name = fields.values['teamName'];
  return name === undefined || name === team.teamName ? [] : ['[teamName]班组名称与班组编号不一致'];
}
