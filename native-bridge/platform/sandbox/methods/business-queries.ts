import {
  ATTENDANCE_QUERY_FIELDS,
  CONTRACT_QUERY_FIELDS,
  CORP_QUERY_FIELDS,
  CORP_RECORD_QUERY_FIELDS,
  PAYROLL_QUERY_FIELDS,
  PERSON_RECORD_QUERY_FIELDS,
  PROJECT_QUERY_FIELDS,
  SUBCONTRACTOR_QUERY_FIELDS,
  TRAINING_QUERY_FIELDS,
} from '../business-fields.ts';
import { textOf, type CheckedFields } from '../field-check.ts';
import type { Field } from '../field-rules.ts';
import type { JsonObject } from '../json.ts';
import { success } from '../replies.ts';
import type { PersonRecord, State } from '../state.ts';
import type { MethodContext } from './method-context.ts';
import { matches, page, readQuery, sealed, type QueryMethod } from './queries.ts';

const YES_NO = ['isPass', 'isBackPay'];

function personRow({ projectCode, idCardNumber, fields }: PersonRecord, context: MethodContext): JsonObject {
  const row = { projectCode, idCardType: '01', idCardNumber, ...fields };
  const flags = YES_NO.filter((name) => fields[name] !== undefined);
  const booleans = Object.fromEntries(flags.map((name) => [name, fields[name] === 1]));
  return { ...row, ...booleans, ...sealed(row, context.account.secret) };
}

/** Moments are asked for by their day. */
function isOnDay(query: CheckedFields, record: PersonRecord): boolean {
  const day = textOf(query, 'date');
  return day === '' || String(record.fields['date']).startsWith(day);
}

function personQuery(
  fields: readonly Field[],
  listOf: (state: State) => readonly PersonRecord[],
  filters: readonly string[],
): QueryMethod {
  return (data, context) =>
    readQuery(data, fields, context, (query) => {
      const { projectCode, idCardNumber } = query.values;
      const rows = listOf(context.state)
        .filter((record) => record.projectCode === projectCode)
        .filter((record) => idCardNumber === undefined || record.idCardNumber === idCardNumber)
        .filter((record) => matches(query, filters, record.fields) && isOnDay(query, record));
      return page(
        query,
        rows.map((record) => personRow(record, context)),
      );
    });
}

export const queryContracts = personQuery(CONTRACT_QUERY_FIELDS, (state) => state.contracts, ['corpCode']);
export const queryTrainings = personQuery(TRAINING_QUERY_FIELDS, (state) => state.trainees, ['trainingDate']);
export const queryAttendance = personQuery(ATTENDANCE_QUERY_FIELDS, (state) => state.attendances, ['teamSysNo']);
export const queryPayroll = personQuery(PAYROLL_QUERY_FIELDS, (state) => state.wages, ['teamSysNo', 'payMonth']);

/** Corp.Query: the company as uploaded, one object. */
export const queryCorp: QueryMethod = (data, context) =>
  readQuery(data, CORP_QUERY_FIELDS, context, (query) => {
    const corpCode = textOf(query, 'corpCode');
    const { appid, secret } = context.account;
    const corp = context.state.corpDetails.find((each) => each.corpCode === corpCode && each.appid === appid);
    return success(corp === undefined ? {} : { ...corp.fields, ...sealed(corp.fields, secret) });
  });

/** Project.Query: one object; of a project of the account only code and companies are known. */
export const queryProject: QueryMethod = (data, context) =>
  readQuery(data, PROJECT_QUERY_FIELDS, context, (query) => {
    const projectCode = textOf(query, 'projectCode');
    const { appid, secret, projects } = context.account;
    const opened = context.state.projects.find((each) => each.projectCode === projectCode && each.appid === appid);
    if (opened) return success({ projectCode, ...opened.fields, ...sealed(opened.fields, secret) });
    return success(projects.some((each) => each.projectCode === projectCode) ? { projectCode, prjStatus: '003' } : {});
  });

/** ProjectSubContractor.Query: the companies that take part in a project. */
export const querySubContractors: QueryMethod = (data, context) =>
  readQuery(data, SUBCONTRACTOR_QUERY_FIELDS, context, (query) => {
    const projectCode = textOf(query, 'projectCode');
    const listed = context.account.projects.find((each) => each.projectCode === projectCode)?.corps ?? [];
    const joined = context.state.participants.filter((each) => each.projectCode === projectCode);
    const rows = [...listed, ...joined].map(({ corpCode, corpName }) => ({ projectCode, corpCode, corpName }));
    return page(
      query,
      rows.filter((row) => matches(query, ['corpCode', 'corpName'], row)),
    );
  });

/** Worker.Query: a person in every project of the account. */
export const queryPerson: QueryMethod = (data, context) =>
  readQuery(data, PERSON_RECORD_QUERY_FIELDS, context, (query) => {
    const projects = context.account.projects.map((project) => project.projectCode);
    const found = context.state.workers.filter(
      (worker) => worker.idCardNumber === textOf(query, 'idCardNumber') && projects.includes(worker.projectCode),
    );
    const rows = found.map(({ projectCode, workerName, idCardNumber, fields }) => {
      const row = { projectCode, workerName, idCardType: '01', idCardNumber, workType: fields['workType'] ?? '' };
      return { ...row, ...sealed(row, context.account.secret) };
    });
    return page(query, rows);
  });

/** Black list of persons: those whom the sandbox was started with. */
export const queryPersonBlackList: QueryMethod = (data, context) =>
  readQuery(data, PERSON_RECORD_QUERY_FIELDS, context, (query) => {
    const listed = context.settings.blackList.filter((each) => each.idCardNumber === textOf(query, 'idCardNumber'));
    const rows = listed.map(({ idCardNumber, reason }) => ({
      idCardType: '01',
      reason,
      ...sealed({ idCardNumber }, context.account.secret),
    }));
    return page(query, rows);
  });

/** Records that this sandbox has none of. */
export const queryNoPersonRecords: QueryMethod = (data, context) =>
  readQuery(data, PERSON_RECORD_QUERY_FIELDS, context, (query) => page(query, []));
export const queryNoCorpRecords: QueryMethod = (data, context) =>
  readQuery(data, CORP_RECORD_QUERY_FIELDS, context, (query) => page(query, []));
