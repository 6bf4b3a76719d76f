import { BANKS } from '../code-tables.ts';
import { standardFields } from '../cwr/standard-fields.ts';
import { checkFields, numberOf, textOf, type CheckedFields } from '../field-check.ts';
import type { Field } from '../field-rules.ts';
import type { JsonObject } from '../json.ts';
import { ASYNC_RESULT_FIELDS, PERSON_QUERY_FIELDS, TEAM_QUERY_FIELDS } from '../method-fields.ts';
import { CODES, refusal, success, type Reply } from '../replies.ts';
import type { EntryExit, Team, Worker } from '../state.ts';
import { encryptField } from '../wire-crypto.ts';
import { fieldSettings, type MethodContext } from './method-context.ts';

export type QueryMethod = (data: JsonObject, context: MethodContext) => Promise<Reply>;

// Documented as int, but seen to arrive as booleans: the query side sends booleans, the upload side takes ints.
const YES_NO_FIELDS = ['isTeamLeader', 'hasBuyInsurance', 'hasBadMedicalHistory'];
const SEALED_FIELDS = [
  'idCardNumber',
  'payRollBankCardNumber',
  'payBankCardNumber',
  'responsiblePersonIDNumber',
  'legalManIDCardNumber',
  'buildPlanNum',
  'prjPlanNum',
];

/** Reads a query's fields; queries are answered at once, so their problems are code -1. */
export async function readQuery(
  data: JsonObject,
  fields: readonly Field[],
  context: MethodContext,
  answer: (query: CheckedFields) => Reply,
): Promise<Reply> {
  const query = await checkFields(data, fields, fieldSettings(context));
  return query.problems.length > 0 ? refusal(CODES.badParameter, query.problems.join(';')) : answer(query);
}

// Only `rows` is documented; the names of the paging members are the common ones.
export function page(query: CheckedFields, rows: readonly JsonObject[]): Reply {
  const [pageIndex, pageSize] = [numberOf(query, 'pageIndex'), numberOf(query, 'pageSize')];
  const from = pageIndex * pageSize;
  return success({ pageIndex, pageSize, totalCount: rows.length, rows: rows.slice(from, from + pageSize) });
}

type Filterable = Readonly<Record<string, unknown>>;

/** True when every filter that was given equals the row's own value. */
export function matches(query: CheckedFields, names: readonly string[], row: Filterable): boolean {
  return names.every((name) => query.values[name] === undefined || query.values[name] === row[name]);
}

export function sealed(fields: JsonObject, secret: string): JsonObject {
  const entries = SEALED_FIELDS.flatMap((name) => {
    const plain = fields[name];
    return typeof plain === 'string' ? [[name, encryptField(plain, secret)] as const] : [];
  });
  return Object.fromEntries(entries);
}

function teamRow(team: Team, context: MethodContext): JsonObject {
  const { teamSysNo, projectCode, corpCode, corpName, teamName, fields } = team;
  const own = { ...fields, ...sealed(fields, context.account.secret) };
  return { ...own, teamSysNo, projectCode, corpCode, corpName, teamName };
}

/** Team.Query: paged teams of one project. */
export const queryTeams: QueryMethod = (data, context) =>
  readQuery(data, TEAM_QUERY_FIELDS, context, (query) => {
    const filters = ['projectCode', 'corpCode', 'corpName', 'teamSysNo', 'teamName'];
    const teams = context.state.teams.filter((team) => matches(query, filters, team));
    return page(
      query,
      teams.map((team) => teamRow(team, context)),
    );
  });

function passages(worker: Worker, type: number, context: MethodContext): JsonObject {
  const { projectCode, idCardNumber } = worker;
  const last = context.state.entryExits.findLast(
    (each) => each.projectCode === projectCode && each.idCardNumber === idCardNumber && each.type === type,
  );
  return last ? { [type === 1 ? 'entryTime' : 'exitTime']: last.date } : {};
}

function workerRow(worker: Worker, context: MethodContext): JsonObject {
  const { projectCode, corpCode, corpName, teamSysNo, teamName } = worker;
  const fields = standardFields(worker);
  const picture = worker.pictures['issueCardPic'] ?? worker.pictures['facephoto'];
  const bank = BANKS.get(String(fields['payRollTopBankCode'] ?? ''));
  const flags = YES_NO_FIELDS.filter((name) => fields[name] !== undefined);
  return {
    ...fields,
    ...Object.fromEntries(flags.map((name) => [name, fields[name] === 1])),
    ...sealed(fields, context.account.secret),
    ...{ projectCode, corpCode, corpName, teamSysNo, teamName, hasContract: false },
    ...(picture ? { issueCardPicUrl: context.pictureUrl(picture) } : {}),
    ...(bank === undefined ? {} : { payRollTopBankName: bank }),
    ...passages(worker, 1, context),
    ...passages(worker, 0, context),
  };
}

const PERSON_FILTERS = ['projectCode', 'corpCode', 'corpName', 'teamSysNo', 'idCardNumber'];

/** ProjectWorker.Query: paged workers of one project, sensitive numbers encrypted. */
export const queryWorkers: QueryMethod = (data, context) =>
  readQuery(data, PERSON_QUERY_FIELDS, context, (query) => {
    const workers = context.state.workers.filter((worker) => matches(query, PERSON_FILTERS, worker));
    return page(
      query,
      workers.map((worker) => workerRow(worker, context)),
    );
  });

function entryExitRow(row: EntryExit, context: MethodContext): JsonObject {
  return { ...row, idCardType: '01', ...sealed(row, context.account.secret) };
}

/** WorkerEntryExit.Query: paged entries and exits of one project, oldest first. */
export const queryEntryExits: QueryMethod = (data, context) =>
  readQuery(data, PERSON_QUERY_FIELDS, context, (query) => {
    const rows = context.state.entryExits.filter((row) => matches(query, PERSON_FILTERS, row));
    return page(
      query,
      rows.map((row) => entryExitRow(row, context)),
    );
  });

/** AsyncHandleResult.Query: status 0, 10 or 20 of a write of the same account. Another account's serial is unknown. */
export const queryAsyncResult: QueryMethod = (data, context) =>
  readQuery(data, ASYNC_RESULT_FIELDS, context, (query) => {
    const requestSerialCode = textOf(query, 'requestSerialCode');
    const write = context.state.writes.find(
      (each) => each.serial === requestSerialCode && each.appid === context.account.appid,
    );
    if (!write) return refusal(CODES.badParameter, 'requestSerialCode不存在');
    return success({ requestSerialCode, status: write.status, result: write.result ?? '' });
  });
