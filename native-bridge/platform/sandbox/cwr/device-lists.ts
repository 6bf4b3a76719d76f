import { WORK_TYPES } from '../code-tables.ts';
import type { JsonValue } from '../json.ts';

type List = readonly (readonly [code: string, name: string])[];

export const WORK_TYPE_NAMES: List = [...WORK_TYPES];
export const EMPLOYEE_CATEGORIES: List = [
  ['1', '建筑工人'],
  ['2', '管理人员'],
];
export const JOB_TYPES: List = [
  ['1', '作业岗位'],
  ['2', '管理岗位'],
];
export const JOBS: List = [
  ['0001', '一般作业'],
  ['0002', '班组长'],
  ['0003', '项目管理'],
];

const COMPANY_TYPES: List = [
  ['006', '劳务分包'],
  ['009', '总承包'],
];
const TEAM_TYPES: List = [['1', '作业班组']];
const PERSONNEL_TYPES: List = [['1', '工人']];

export const namesOf = (list: List): readonly string[] => list.map(([, name]) => name);
export const codesOf = (list: List): readonly string[] => list.map(([code]) => code);

const rows = (list: List): JsonValue => ({
  dict_list: list.map(([dict_code, dict_name]) => ({ dict_code, dict_name })),
});

/** The platform's own lists by the function that tells them. What a row looks like is not documented. */
export const DEVICE_LISTS: ReadonlyMap<string, JsonValue> = new Map([
  ['DictListWorkTypeName', rows(WORK_TYPE_NAMES)],
  ['DictListEmpCategory', rows(EMPLOYEE_CATEGORIES)],
  ['DictListJobTypeName', rows(JOB_TYPES)],
  ['DictListJobName', rows(JOBS)],
  ['GetCompanyType', rows(COMPANY_TYPES)],
  ['GetTeamType', rows(TEAM_TYPES)],
  ['GetWorkerPersonnelType', rows(PERSONNEL_TYPES)],
]);
