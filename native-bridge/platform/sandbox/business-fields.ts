import * as tables from './code-tables.ts';
import {
  ANY_DAY,
  attachmentsUpTo,
  code,
  FIVE_ATTACHMENTS,
  ID_CARD_TYPE,
  numberWithin,
  optional,
  PAST_DAY,
  PAST_MOMENT,
  pictureUpTo,
  required,
  RESIDENT_NUMBER,
  ROWS,
  sealedText,
  shaped,
  text,
  wholeWithin,
  YES_NO,
  type Field,
} from './field-rules.ts';
import { PAGE_FIELDS, PERSON_QUERY_FIELDS, PROJECT_AND_CORP } from './method-fields.ts';

const PERSON: readonly Field[] = [required('idCardType', ID_CARD_TYPE), required('idCardNumber', RESIDENT_NUMBER)];
const CORP: readonly Field[] = PROJECT_AND_CORP.filter((field) => field.name !== 'projectCode');
const PROJECT = required('projectCode', text(50));
const TEAM = required('teamSysNo', { kind: 'integer' });
const AREA = shaped(6, /^[1-9]\d{5}$/, '行政区划代码应为6位数字');
const MONTH = shaped(7, /^\d{4}-(0[1-9]|1[0-2])$/, '月份格式不正确，应为yyyy-MM');
const YUAN = numberWithin(0, 1e12, 2);

export const CONTRACT_FIELDS: readonly Field[] = [PROJECT, required('contractList', ROWS)];

export const CONTRACT_ROW_FIELDS: readonly Field[] = [
  ...CORP,
  ...PERSON,
  required('contractPeriodType', YES_NO),
  required('startDate', ANY_DAY),
  required('endDate', ANY_DAY),
  optional('unit', code(tables.CONTRACT_UNITS)),
  optional('unitPrice', YUAN),
  optional('attachments', attachmentsUpTo(2)),
];

export const TRAINING_FIELDS: readonly Field[] = [
  PROJECT,
  required('trainingDate', PAST_DAY),
  required('trainingDuration', numberWithin(0, 10_000, 1)),
  required('trainingName', text(100)),
  required('trainingTypeCode', code(tables.TRAINING_TYPES)),
  optional('trainer', text(50)),
  optional('trainingOrg', text(200)),
  optional('trainingAddress', text(200)),
  optional('description', text(500)),
  optional('attachments', attachmentsUpTo(10)),
  required('workers', ROWS),
];

export const TRAINEE_FIELDS: readonly Field[] = [
  ...PERSON,
  required('isPass', YES_NO),
  optional('trainingScore', numberWithin(0, 100, 1)),
];

export const ATTENDANCE_FIELDS: readonly Field[] = [PROJECT, TEAM, required('dataList', ROWS)];

export const ATTENDANCE_ROW_FIELDS: readonly Field[] = [
  ...PERSON,
  required('date', PAST_MOMENT),
  required('direction', code(tables.DIRECTIONS)),
  optional('image', pictureUpTo(51_200)),
  optional('channel', text(50)),
  optional('attendType', code(tables.ATTEND_TYPES)),
  optional('lng', numberWithin(-180, 180, 15)),
  optional('lat', numberWithin(-90, 90, 15)),
];

export const PAYROLL_FIELDS: readonly Field[] = [
  ...PROJECT_AND_CORP,
  TEAM,
  required('payMonth', MONTH),
  optional('attachments', FIVE_ATTACHMENTS),
  required('detailList', ROWS),
];

export const PAYROLL_ROW_FIELDS: readonly Field[] = [
  ...PERSON,
  optional('days', numberWithin(0, 31, 1)),
  optional('workHours', numberWithin(0, 744, 1)),
  required('payRollBankCardNumber', sealedText(30)),
  required('payRollBankCode', code(tables.BANKS)),
  required('payRollBankName', text(50)),
  required('payBankCardNumber', sealedText(30)),
  required('payBankCode', code(tables.BANKS)),
  required('payBankName', text(50)),
  required('totalPayAmount', YUAN),
  required('actualAmount', YUAN),
  required('isBackPay', YES_NO),
  required('balanceDate', PAST_DAY),
  optional('backPayMonth', MONTH),
  required('thirdPayRollCode', text(50)),
];

export const LICENSE_FIELDS: readonly Field[] = [
  required('prjName', text(200)),
  required('builderLicenseNum', sealedText(50)),
];

export const PROJECT_ADD_FIELDS: readonly Field[] = [
  required('contractorCorpCode', text(18)),
  required('contractorCorpName', text(200)),
  required('name', text(200)),
  optional('description', text(1000)),
  required('category', code(tables.PROJECT_CATEGORIES)),
  optional('buildCorpName', text(200)),
  optional('buildCorpCode', text(18)),
  required('builderLicenses', ROWS),
  optional('buildPlanNum', sealedText(50)),
  optional('prjPlanNum', sealedText(50)),
  required('areaCode', AREA),
  ...['invest', 'buildingArea', 'buildingLength'].map((name) => optional(name, numberWithin(0, 1e12, 6))),
  optional('startDate', ANY_DAY),
  optional('completeDate', ANY_DAY),
  optional('linkMan', text(50)),
  optional('linkPhone', text(50)),
  required('prjStatus', code(tables.PROJECT_STATES)),
  optional('lat', numberWithin(-90, 90, 15)),
  optional('lng', numberWithin(-180, 180, 15)),
  optional('address', text(200)),
  optional('approvalNum', text(100)),
  optional('approvalLevelNum', code(tables.APPROVAL_LEVELS)),
  optional('prjSize', code(tables.PROJECT_SIZES)),
  optional('propertyNum', code(tables.PROJECT_PROPERTIES)),
  optional('functionNum', text(10)),
  optional('nationNum', text(10)),
  required('thirdPartyProjectCode', text(50)),
];

export const PROJECT_UPDATE_FIELDS: readonly Field[] = [PROJECT, ...PROJECT_ADD_FIELDS];

/** Queries of one object that is named by its code. */
export const CORP_QUERY_FIELDS: readonly Field[] = [required('corpCode', text(18))];
export const PROJECT_QUERY_FIELDS: readonly Field[] = [PROJECT];

export const SUBCONTRACTOR_QUERY_FIELDS = PAGE_FIELDS.filter((field) => field.name !== 'teamSysNo');
export const CONTRACT_QUERY_FIELDS = PERSON_QUERY_FIELDS;

/** By day, as documented. */
export const ATTENDANCE_QUERY_FIELDS: readonly Field[] = [...PERSON_QUERY_FIELDS, required('date', ANY_DAY)];
export const TRAINING_QUERY_FIELDS: readonly Field[] = [...PERSON_QUERY_FIELDS, optional('trainingDate', ANY_DAY)];
export const PAYROLL_QUERY_FIELDS: readonly Field[] = [...PERSON_QUERY_FIELDS, optional('payMonth', MONTH)];

// The filters of the record and credential queries are not documented: pages, and whom they are about.
const PAGES: readonly Field[] = [
  required('pageIndex', wholeWithin(0, 1_000_000)),
  required('pageSize', wholeWithin(1, 50)),
];
export const PERSON_RECORD_QUERY_FIELDS: readonly Field[] = [
  ...PAGES,
  optional('idCardType', ID_CARD_TYPE),
  required('idCardNumber', RESIDENT_NUMBER),
];
export const CORP_RECORD_QUERY_FIELDS: readonly Field[] = [...PAGES, required('corpCode', text(18))];
