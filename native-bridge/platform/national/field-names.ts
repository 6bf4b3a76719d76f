import { businessMethods } from './business-fields.ts';
import type { FieldTable } from './field-rule.ts';

/** The interface's names that a refusal can point at, envelope and worker row, in the order of the interface's tables. */
export const fieldNames = [
  'projectCode',
  'corpCode',
  'corpName',
  'teamSysNo',
  'teamName',
  'workerName',
  'isTeamLeader',
  'idCardType',
  'idCardNumber',
  'workType',
  'workRole',
  'issueCardDate',
  'issueCardPic',
  'cardNumber',
  'payRollBankCardNumber',
  'payRollBankName',
  'bankLinkNumber',
  'payRollTopBankCode',
  'hasBuyInsurance',
  'nation',
  'address',
  'headImage',
  'politicsType',
  'joinedTime',
  'cellPhone',
  'cultureLevelType',
  'Specialty',
  'hasBadMedicalHistory',
  'urgentLinkMan',
  'urgentLinkManPhone',
  'workDate',
  'maritalStatus',
  'grantOrg',
  'positiveIDCardImage',
  'negativeIDCardImage',
  'startDate',
  'expiryDate',
] as const;

/** Names of a table and of the rows inside it. A list's own name only tells where a row lies. */
const namesIn = (fields: FieldTable): readonly string[] =>
  Object.entries(fields).flatMap(([name, { rule }]) => (rule.kind === 'rows' ? namesIn(rule.fields) : [name]));

/** A plain word (`name`, `date`) stands in many a sentence and is no name of a field there. */
const isUnmistakable = (name: string) => /[a-z][A-Z]/.test(name);

const known: ReadonlySet<string> = new Set([
  ...fieldNames,
  ...Object.values(businessMethods).flatMap(({ fields }) => namesIn(fields).filter(isUnmistakable)),
]);

/** `[list][index][field]`, or any word. */
const rowFieldOrWord = /\[[A-Za-z]{1,40}\]\s*\[\d{1,4}\]\s*\[([A-Za-z]{1,40})\]|([A-Za-z]+)/g;

/**
 * The field names in a refusal, each once, in order of appearance. A name in a row's brackets counts even when it is
 * new to us; elsewhere only known names do. Letters only, so no number of a person can pass for a name.
 */
export function fieldNamesIn(text: string): readonly string[] {
  const names = new Set<string>();
  for (const [, rowField, word] of text.matchAll(rowFieldOrWord)) {
    if (rowField !== undefined) names.add(rowField);
    else if (word !== undefined && known.has(word)) names.add(word);
  }
  return [...names];
}
