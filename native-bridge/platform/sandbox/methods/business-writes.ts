import {
  ATTENDANCE_FIELDS,
  ATTENDANCE_ROW_FIELDS,
  CONTRACT_FIELDS,
  CONTRACT_ROW_FIELDS,
  PAYROLL_FIELDS,
  PAYROLL_ROW_FIELDS,
  TRAINEE_FIELDS,
  TRAINING_FIELDS,
} from '../business-fields.ts';
import { checkFields, numberOf, textOf, type CheckedFields } from '../field-check.ts';
import type { Field } from '../field-rules.ts';
import type { JsonObject } from '../json.ts';
import { findWorker, type EntryExit, type PersonRecord } from '../state.ts';
import {
  done,
  failed,
  fieldSettings,
  orderProblems,
  participantName,
  type MethodContext,
  type WriteMethod,
} from './method-context.ts';
import { checkList, placeProblems, repeatedNumbers, type CheckedRow } from './worker-rows.ts';

interface ListMethod {
  readonly fields: readonly Field[];
  readonly list: string;
  readonly rowFields: readonly Field[];
  readonly most: number;
}

interface Opened {
  readonly fields: CheckedFields;
  readonly rows: readonly CheckedRow[];
  readonly problems: readonly string[];
}

/** Envelope and rows of a call, with everything that is wrong with their form. */
async function open(data: JsonObject, method: ListMethod, context: MethodContext): Promise<Opened> {
  const fields = await checkFields(data, method.fields, fieldSettings(context));
  const list = await checkList(data, method.list, method.rowFields, method.most, context);
  const own = fields.problems.filter((problem) => !problem.startsWith(`[${method.list}]`));
  return { fields, rows: list.rows, problems: [...own, ...list.problems] };
}

const KEY_FIELDS = new Set(['projectCode', 'idCardNumber', 'idCardType']);

function recordOf(row: CheckedRow, envelope: CheckedFields): PersonRecord {
  const values = { ...envelope.values, ...row.fields.values };
  const fields = Object.fromEntries(Object.entries(values).filter(([name]) => !KEY_FIELDS.has(name)));
  return { projectCode: textOf(envelope, 'projectCode'), idCardNumber: textOf(row.fields, 'idCardNumber'), fields };
}

/** Contract, training, attendance and wages are refused for people whom the project does not have. */
function strangers(rows: readonly CheckedRow[], fields: CheckedFields, context: MethodContext): string[] {
  const projectCode = textOf(fields, 'projectCode');
  return rows
    .filter((row) => !findWorker(context.state, projectCode, textOf(row.fields, 'idCardNumber')))
    .map((row) => `${row.path}[idCardNumber]该项目下未找到该人员`);
}

const CONTRACTS = { fields: CONTRACT_FIELDS, list: 'contractList', rowFields: CONTRACT_ROW_FIELDS, most: 5 };

/** WorkerContract.Add: up to five contracts; the end is not before the start; the company takes part in the project. */
export const addContracts: WriteMethod = async (data, context) => {
  const { fields, rows, problems } = await open(data, CONTRACTS, context);
  const order = rows.flatMap((row) => orderProblems(row.fields, 'startDate', 'endDate', row.path));
  if (problems.length + order.length > 0) return failed(...problems, ...order);
  const projectCode = textOf(fields, 'projectCode');
  const companies = rows
    .filter((row) => participantName(context, projectCode, textOf(row.fields, 'corpCode')) === undefined)
    .map((row) => `${row.path}[corpCode]该企业不是本项目的参建单位`);
  const refusals = [...companies, ...strangers(rows, fields, context)];
  if (refusals.length > 0) return failed(...refusals);
  context.state.contracts.push(...rows.map((row) => recordOf(row, fields)));
  return done({ projectCode });
};

// No limit is documented for the people of one training; this one keeps the sandbox's memory bounded.
const TRAININGS = { fields: TRAINING_FIELDS, list: 'workers', rowFields: TRAINEE_FIELDS, most: 500 };

/** ProjectTraining.Add: one training with everybody who took part. */
export const addTraining: WriteMethod = async (data, context) => {
  const { fields, rows, problems } = await open(data, TRAININGS, context);
  if (problems.length > 0) return failed(...problems);
  const refusals = [...repeatedNumbers(rows), ...strangers(rows, fields, context)];
  if (refusals.length > 0) return failed(...refusals);
  context.state.trainees.push(...rows.map((row) => recordOf(row, fields)));
  return done({ projectCode: textOf(fields, 'projectCode') });
};

const ATTENDANCES = { fields: ATTENDANCE_FIELDS, list: 'dataList', rowFields: ATTENDANCE_ROW_FIELDS, most: 20 };
const ENTRY = 1;

/** Attendance is taken only for people of the named team who have entered the site and not left it. */
function absent(rows: readonly CheckedRow[], fields: CheckedFields, context: MethodContext): string[] {
  const projectCode = textOf(fields, 'projectCode');
  const lastPassage = (number: string): EntryExit | undefined =>
    context.state.entryExits.findLast((each) => each.projectCode === projectCode && each.idCardNumber === number);
  return rows.flatMap((row) => {
    const number = textOf(row.fields, 'idCardNumber');
    const worker = findWorker(context.state, projectCode, number);
    if (worker?.teamSysNo !== numberOf(fields, 'teamSysNo')) return [`${row.path}[idCardNumber]该班组下未找到该人员`];
    return lastPassage(number)?.type === ENTRY ? [] : [`${row.path}[idCardNumber]该人员未进场，不能上传考勤`];
  });
}

export const addAttendance: WriteMethod = async (data, context) => {
  const { fields, rows, problems } = await open(data, ATTENDANCES, context);
  if (problems.length > 0) return failed(...problems);
  const refusals = absent(rows, fields, context);
  if (refusals.length > 0) return failed(...refusals);
  for (const row of rows) for (const { picture } of row.fields.pictures) context.shelf.put(picture);
  context.state.attendances.push(...rows.map((row) => recordOf(row, fields)));
  return done({ projectCode: textOf(fields, 'projectCode') });
};

const PAYROLLS = { fields: PAYROLL_FIELDS, list: 'detailList', rowFields: PAYROLL_ROW_FIELDS, most: 20 };

function backPayProblems(rows: readonly CheckedRow[]): string[] {
  return rows
    .filter((row) => numberOf(row.fields, 'isBackPay') === 1 && textOf(row.fields, 'backPayMonth') === '')
    .map((row) => `${row.path}[backPayMonth]补发工资时补发月份不能为空`);
}

/** Payroll.Add: wages of one team and month; a month in the future is refused. */
export const addPayroll: WriteMethod = async (data, context) => {
  const { fields, rows, problems } = await open(data, PAYROLLS, context);
  const wrong = [...problems, ...backPayProblems(rows)];
  const thisMonth = new Date(context.receivedAt + 8 * 3_600_000).toISOString().slice(0, 7);
  if (textOf(fields, 'payMonth') > thisMonth) wrong.push('[payMonth]工资月份不能晚于当前月份');
  if (wrong.length > 0) return failed(...wrong);
  const refusals = [...placeProblems(fields, context), ...strangers(rows, fields, context)];
  if (refusals.length > 0) return failed(...refusals);
  context.state.wages.push(...rows.map((row) => recordOf(row, fields)));
  return done({ projectCode: textOf(fields, 'projectCode') });
};
