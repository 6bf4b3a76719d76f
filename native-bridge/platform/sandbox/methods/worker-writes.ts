import { checkFields, textOf, type CheckedFields } from '../field-check.ts';
import { WORKER_ADD_FIELDS, WORKER_FIELDS, WORKER_UPDATE_FIELDS } from '../method-fields.ts';
import { findWorker, tallyOf, type KeptPicture, type Team, type Worker } from '../state.ts';
import {
  done,
  failed,
  fieldSettings,
  orderProblems,
  type MethodContext,
  type WriteMethod,
  type WriteOutcome,
} from './method-context.ts';
import { checkWorkerList, namedTeam, placeProblems, repeatedNumbers, type CheckedRow } from './worker-rows.ts';

const MOST_WORKERS_A_CALL = 5;
const ENVELOPE_FIELDS = new Set(['projectCode', 'corpCode', 'corpName', 'teamSysNo', 'teamName']);

function keepPictures(fields: CheckedFields, context: MethodContext): Record<string, KeptPicture> {
  return Object.fromEntries(fields.pictures.map(({ field, picture }) => [field, context.shelf.put(picture)]));
}

function ownValues(fields: CheckedFields): Worker['fields'] {
  return Object.fromEntries(Object.entries(fields.values).filter(([name]) => !ENVELOPE_FIELDS.has(name)));
}

function placeOf(team: Team): Pick<Worker, 'projectCode' | 'corpCode' | 'corpName' | 'teamSysNo' | 'teamName'> {
  const { projectCode, corpCode, corpName, teamSysNo, teamName } = team;
  return { projectCode, corpCode, corpName, teamSysNo, teamName };
}

function addOne(row: CheckedRow, team: Team, context: MethodContext): void {
  const idCardNumber = textOf(row.fields, 'idCardNumber');
  context.state.workers.push({
    ...placeOf(team),
    idCardNumber,
    workerName: textOf(row.fields, 'workerName'),
    fields: ownValues(row.fields),
    pictures: keepPictures(row.fields, context),
    updates: 0,
  });
  tallyOf(context.state, team.projectCode, idCardNumber).added += 1;
}

// One line a person, lines ended by CRLF between them. What else the line holds is not documented; name and full number
// are this sandbox's choice, so that a client proves that it masks texts before it logs them.
function duplicateLine(row: CheckedRow): string {
  return `${textOf(row.fields, 'workerName')}（${textOf(row.fields, 'idCardNumber')}）在该项目中已存在`;
}

/**
 * Whether the new workers of a call with duplicates are added is not documented. The default refuses the whole call, which
 * catches clients that take "already exists" for success of everybody in it.
 */
function addRows(rows: readonly CheckedRow[], team: Team, context: MethodContext): WriteOutcome {
  const isPresent = (row: CheckedRow): boolean =>
    findWorker(context.state, team.projectCode, textOf(row.fields, 'idCardNumber')) !== undefined;
  const present = rows.filter(isPresent);
  const fresh = rows.filter((row) => !isPresent(row));
  for (const row of present) {
    tallyOf(context.state, team.projectCode, textOf(row.fields, 'idCardNumber')).duplicatesRefused += 1;
  }
  if (present.length === 0 || context.settings.onDuplicate === 'addOthers') {
    for (const row of fresh) addOne(row, team, context);
  }
  if (present.length > 0) return failed(present.map(duplicateLine).join('\r\n'));
  return done({ projectCode: team.projectCode, teamSysNo: team.teamSysNo });
}

/** ProjectWorker.Add: up to five workers of one team; a wrong row refuses the whole call, so that nothing is half done. */
export const addWorkers: WriteMethod = async (data, context) => {
  const fields = await checkFields(data, WORKER_ADD_FIELDS, fieldSettings(context));
  const list = await checkWorkerList(data, WORKER_FIELDS, MOST_WORKERS_A_CALL, context);
  const own = fields.problems.filter((problem) => !problem.startsWith('[workerList]'));
  const validity = list.rows.flatMap((row) => orderProblems(row.fields, 'startDate', 'expiryDate', row.path));
  const problems = [
    ...own,
    ...list.problems,
    ...validity,
    ...(list.problems.length === 0 ? repeatedNumbers(list.rows) : []),
  ];
  if (problems.length > 0) return failed(...problems);
  const refusals = placeProblems(fields, context);
  const team = namedTeam(fields, context);
  if (refusals.length > 0 || !team) return failed(...refusals);
  return addRows(list.rows, team, context);
};

function change(worker: Worker, fields: CheckedFields, team: Team, context: MethodContext): void {
  Object.assign(worker, placeOf(team), { workerName: textOf(fields, 'workerName') });
  Object.assign(worker.fields, ownValues(fields));
  Object.assign(worker.pictures, keepPictures(fields, context));
  worker.updates += 1;
}

/** ProjectWorker.Update: one worker, flat. Naming another team of the project moves the worker there. */
export const updateWorker: WriteMethod = async (data, context) => {
  const fields = await checkFields(data, WORKER_UPDATE_FIELDS, fieldSettings(context));
  const problems = [...fields.problems, ...orderProblems(fields, 'startDate', 'expiryDate')];
  if (problems.length > 0) return failed(...problems);
  const refusals = placeProblems(fields, context);
  const team = namedTeam(fields, context);
  if (refusals.length > 0 || !team) return failed(...refusals);
  const worker = findWorker(context.state, team.projectCode, textOf(fields, 'idCardNumber'));
  if (!worker) return failed('[idCardNumber]该项目下未找到该人员');
  change(worker, fields, team, context);
  return done({ projectCode: team.projectCode, teamSysNo: team.teamSysNo });
};
