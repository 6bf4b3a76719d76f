import { checkFields, numberOf, textOf } from '../field-check.ts';
import { ENTRY_EXIT_FIELDS, ENTRY_EXIT_ROW_FIELDS } from '../method-fields.ts';
import { findWorker, type EntryExit, type Team } from '../state.ts';
import { done, failed, fieldSettings, type MethodContext, type WriteMethod } from './method-context.ts';
import { checkWorkerList, namedTeam, placeProblems, type CheckedRow } from './worker-rows.ts';

const MOST_WORKERS_A_CALL = 50;
const ENTRY = 1;

function passageOf(row: CheckedRow, team: Team): EntryExit {
  const { projectCode, corpCode, corpName, teamSysNo } = team;
  const idCardNumber = textOf(row.fields, 'idCardNumber');
  const [date, type] = [textOf(row.fields, 'date'), numberOf(row.fields, 'type')];
  return { projectCode, corpCode, corpName, teamSysNo, idCardNumber, date, type };
}

/** Entries and exits alternate, beginning with an entry, and never go back in time; the same day is allowed. */
function orderProblem(next: EntryExit, earlier: readonly EntryExit[]): string | undefined {
  const last = earlier.findLast(
    (each) => each.projectCode === next.projectCode && each.idCardNumber === next.idCardNumber,
  );
  if (!last) return next.type === ENTRY ? undefined : '[type]该人员尚未进场，不能退场';
  if (next.date < last.date) return '[date]日期不能早于已有的进退场日期';
  if (next.type !== last.type) return undefined;
  return next.type === ENTRY ? '[type]该人员已进场' : '[type]该人员已退场';
}

/** Rows are judged in their order, each against the history and the rows before it. */
function judge(
  rows: readonly CheckedRow[],
  team: Team,
  context: MethodContext,
): { fresh: EntryExit[]; problems: string[] } {
  const fresh: EntryExit[] = [];
  const problems: string[] = [];
  for (const row of rows) {
    const next = passageOf(row, team);
    const worker = findWorker(context.state, team.projectCode, next.idCardNumber);
    if (worker?.teamSysNo !== team.teamSysNo) problems.push(`${row.path}[idCardNumber]该班组下未找到该人员`);
    const problem = orderProblem(next, [...context.state.entryExits, ...fresh]);
    if (problem) problems.push(`${row.path}${problem}`);
    fresh.push(next);
  }
  return { fresh, problems };
}

/** WorkerEntryExit.Add: up to fifty rows of one team; a wrong row refuses the whole call. */
export const addEntryExits: WriteMethod = async (data, context) => {
  const fields = await checkFields(data, ENTRY_EXIT_FIELDS, fieldSettings(context));
  const list = await checkWorkerList(data, ENTRY_EXIT_ROW_FIELDS, MOST_WORKERS_A_CALL, context);
  const own = fields.problems.filter((problem) => !problem.startsWith('[workerList]'));
  const problems = [...own, ...list.problems];
  if (problems.length > 0) return failed(...problems);
  const refusals = placeProblems(fields, context);
  const team = namedTeam(fields, context);
  if (refusals.length > 0 || !team) return failed(...refusals);
  const judged = judge(list.rows, team, context);
  if (judged.problems.length > 0) return failed(...judged.problems);
  context.state.entryExits.push(...judged.fresh);
  return done({ projectCode: team.projectCode, teamSysNo: team.teamSysNo });
};
