import * as tables from './code-tables.ts';
import {
  ANY_DAY,
  code,
  FIVE_ATTACHMENTS,
  ID_CARD_TYPE,
  NUMBER,
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
  whole,
  wholeWithin,
  YES_NO,
  type Field,
} from './field-rules.ts';

// 50 KB and 500 KB of Base64 text.
const SMALL_PICTURE = pictureUpTo(51_200);
const SCAN = pictureUpTo(512_000);

// Any int passes the shape check; whether the team exists is asked afterwards, with the documented wording.
const TEAM_SYS_NO: Field['rule'] = { kind: 'integer' };
const PHONE = shaped(20, /^[0-9+-]{7,20}$/, '电话号码格式不正确');
const CORP_CODE = shaped(18, /^[0-9A-Z]{9,18}$/, '企业代码格式不正确');

/** "text as on the card, without 族": a number or a trailing 族 is another dialect's form. */
const NATION = shaped(10, /^[\u4e00-\u9fff]+(?<!族)$/u, '民族应为不带“族”字的汉字');

export const PROJECT_AND_CORP: readonly Field[] = [
  required('projectCode', text(50)),
  required('corpCode', CORP_CODE),
  required('corpName', text(200)),
];

export const WORKER_FIELDS: readonly Field[] = [
  required('workerName', text(50)),
  required('isTeamLeader', YES_NO),
  required('idCardType', ID_CARD_TYPE),
  required('idCardNumber', RESIDENT_NUMBER),
  required('workType', code(tables.WORK_TYPES)),
  required('workRole', whole(10, 20)),
  optional('issueCardDate', PAST_DAY),
  optional('issueCardPic', SMALL_PICTURE),
  optional('cardNumber', text(30)),
  optional('payRollBankCardNumber', sealedText(30)),
  optional('payRollBankName', text(50)),
  optional('bankLinkNumber', text(30)),
  optional('payRollTopBankCode', code(tables.BANKS)),
  optional('hasBuyInsurance', YES_NO),
  required('nation', NATION),
  required('address', text(200)),
  required('headImage', SMALL_PICTURE),
  required('politicsType', code(tables.POLITICS_TYPES)),
  // "Required if a member of the union", but no field of the upload says who is one: it cannot be enforced.
  optional('joinedTime', PAST_DAY),
  required('cellPhone', PHONE),
  required('cultureLevelType', code(tables.CULTURE_LEVELS)),
  optional('Specialty', text(200)),
  optional('hasBadMedicalHistory', YES_NO),
  optional('urgentLinkMan', text(50)),
  optional('urgentLinkManPhone', text(50)),
  optional('workDate', PAST_DAY),
  optional('maritalStatus', code(tables.MARITAL_STATES)),
  // 20 is one database's column width; the card chip holds at most 15 characters.
  required('grantOrg', text(20)),
  optional('positiveIDCardImage', SCAN),
  optional('negativeIDCardImage', SCAN),
  optional('startDate', PAST_DAY),
  optional('expiryDate', ANY_DAY),
];

const TEAM_OF_WORKER: readonly Field[] = [
  ...PROJECT_AND_CORP,
  required('teamSysNo', TEAM_SYS_NO),
  required('teamName', text(100)),
];

export const WORKER_ADD_FIELDS: readonly Field[] = [...TEAM_OF_WORKER, required('workerList', ROWS)];

const OPTIONAL_IN_UPDATE = new Set(['politicsType', 'cultureLevelType']);

/** One flat worker with the envelope fields of Add; the two fields above become optional, nothing else does. */
export const WORKER_UPDATE_FIELDS: readonly Field[] = [
  ...TEAM_OF_WORKER,
  ...WORKER_FIELDS.map((field) => (OPTIONAL_IN_UPDATE.has(field.name) ? { ...field, required: false } : field)),
];

const TEAM_DETAILS: readonly Field[] = [
  required('teamName', text(100)),
  optional('responsiblePersonName', text(50)),
  optional('responsiblePersonPhone', PHONE),
  optional('responsiblePersonIDCardType', ID_CARD_TYPE),
  optional('responsiblePersonIDNumber', RESIDENT_NUMBER),
  optional('remark', text(200)),
  optional('entryTime', PAST_DAY),
  optional('exitTime', PAST_DAY),
  optional('entryAttachments', FIVE_ATTACHMENTS),
  optional('exitAttachments', FIVE_ATTACHMENTS),
];

export const TEAM_ADD_FIELDS: readonly Field[] = [...PROJECT_AND_CORP, ...TEAM_DETAILS];

// Update is documented as teamSysNo, teamName and the optionals; some clients repeat project and company.
export const TEAM_UPDATE_FIELDS: readonly Field[] = [
  required('teamSysNo', TEAM_SYS_NO),
  ...PROJECT_AND_CORP.map((field) => ({ ...field, required: false })),
  ...TEAM_DETAILS,
];

export const CORP_UPLOAD_FIELDS: readonly Field[] = [
  required('corpCode', CORP_CODE),
  required('corpName', text(200)),
  optional('corpType', code(tables.CORP_TYPES)),
  optional('licenseNum', text(100)),
  required('areaCode', shaped(6, /^[1-9]\d{5}$/, '行政区划代码应为6位数字')),
  optional('address', text(200)),
  optional('zipCode', text(20)),
  optional('legalMan', text(50)),
  optional('legalManDuty', text(50)),
  optional('legaManProTitle', text(50)),
  optional('legalManIDCardType', ID_CARD_TYPE),
  optional('legalManIDCardNumber', RESIDENT_NUMBER),
  optional('regCapital', NUMBER),
  optional('factRegCapital', NUMBER),
  optional('capitalCurrencyType', code(tables.CURRENCIES)),
  required('registerDate', PAST_DAY),
  optional('establishDate', PAST_DAY),
  ...['officePhone', 'faxNumber', 'linkman', 'linkTel'].map((name) => optional(name, text(50))),
  ...['email', 'website'].map((name) => optional(name, text(100))),
  optional('remark', text(200)),
];

export const SUBCONTRACTOR_FIELDS: readonly Field[] = [
  ...PROJECT_AND_CORP,
  required('corpType', code(tables.SUBCONTRACTOR_TYPES)),
  optional('entryTime', PAST_MOMENT),
  optional('exitTime', PAST_MOMENT),
  optional('bankInfos', ROWS),
  optional('pmName', text(50)),
  optional('pmIDCardType', ID_CARD_TYPE),
  optional('pmIDCardNumber', RESIDENT_NUMBER),
  optional('pmPhone', PHONE),
];

export const BANK_INFO_FIELDS: readonly Field[] = [
  required('bankCode', code(tables.BANKS)),
  required('bankName', text(50)),
  required('bankNumber', sealedText(30)),
  optional('bankLinkNumber', text(30)),
];

export const ENTRY_EXIT_FIELDS: readonly Field[] = [
  ...PROJECT_AND_CORP,
  required('teamSysNo', TEAM_SYS_NO),
  required('workerList', ROWS),
];

export const ENTRY_EXIT_ROW_FIELDS: readonly Field[] = [
  required('idCardType', ID_CARD_TYPE),
  required('idCardNumber', RESIDENT_NUMBER),
  required('date', PAST_DAY),
  required('type', YES_NO),
  optional('voucher', SMALL_PICTURE),
];

export const PAGE_FIELDS: readonly Field[] = [
  required('pageIndex', wholeWithin(0, 1_000_000)),
  required('pageSize', wholeWithin(1, 50)),
  required('projectCode', text(50)),
  optional('corpCode', text(18)),
  optional('corpName', text(200)),
  optional('teamSysNo', TEAM_SYS_NO),
];

export const TEAM_QUERY_FIELDS: readonly Field[] = [...PAGE_FIELDS, optional('teamName', text(100))];

/** ProjectWorker.Query and WorkerEntryExit.Query filter by the same fields. */
export const PERSON_QUERY_FIELDS: readonly Field[] = [
  ...PAGE_FIELDS,
  optional('idCardType', ID_CARD_TYPE),
  optional('idCardNumber', RESIDENT_NUMBER),
];

export const ASYNC_RESULT_FIELDS: readonly Field[] = [required('requestSerialCode', text(100))];
