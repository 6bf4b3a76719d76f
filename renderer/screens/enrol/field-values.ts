import { type WorkerFields, workerFieldsSchema } from '../../../native-bridge/contract/enrolment.ts';
import { bankCardNumber, halfWidth } from '../../scanning/scanned-text.ts';

export const textFieldNames = [
  'workType',
  'cellPhone',
  'cultureLevelType',
  'politicsType',
  'payRollBankCardNumber',
  'urgentLinkMan',
  'urgentLinkManPhone',
] as const satisfies readonly (keyof WorkerFields)[];
export type TextFieldName = (typeof textFieldNames)[number];

/** Those that are chosen from a code table. */
export const codeFieldNames = [
  'workType',
  'cultureLevelType',
  'politicsType',
] as const satisfies readonly TextFieldName[];
export type CodeFieldName = (typeof codeFieldNames)[number];

/** What stands in the inputs: anything may, until it is corrected. */
export type FieldTexts = Readonly<Record<TextFieldName, string>> & {
  readonly isTeamLeader: boolean;
  /** What has no input of its own and stays as it is. */
  readonly kept: Pick<WorkerFields, 'payRollBankName' | 'entryDate'>;
};

export type FieldFault = 'invalidPhone' | 'invalidBankCard' | 'invalidName' | 'invalidCode';

const faults: Readonly<Record<TextFieldName, FieldFault>> = {
  workType: 'invalidCode',
  cellPhone: 'invalidPhone',
  cultureLevelType: 'invalidCode',
  politicsType: 'invalidCode',
  payRollBankCardNumber: 'invalidBankCard',
  urgentLinkMan: 'invalidName',
  urgentLinkManPhone: 'invalidPhone',
};

const keptOf = ({ payRollBankName, entryDate }: WorkerFields): FieldTexts['kept'] => ({
  ...(payRollBankName && { payRollBankName }),
  ...(entryDate && { entryDate }),
});

export function textsOf(fields: WorkerFields): FieldTexts {
  return {
    workType: fields.workType ?? '',
    cellPhone: fields.cellPhone ?? '',
    cultureLevelType: fields.cultureLevelType ?? '',
    politicsType: fields.politicsType ?? '',
    payRollBankCardNumber: fields.payRollBankCardNumber ?? '',
    urgentLinkMan: fields.urgentLinkMan ?? '',
    urgentLinkManPhone: fields.urgentLinkManPhone ?? '',
    isTeamLeader: fields.isTeamLeader ?? false,
    kept: keptOf(fields),
  };
}

/** What was typed or swiped, as the platform wants it. */
export function normalised(name: TextFieldName, typed: string): string {
  if (name === 'urgentLinkMan') return typed.trim();
  return name === 'payRollBankCardNumber' ? bankCardNumber(typed) : halfWidth(typed).replace(/\s/g, '');
}

/** What is wrong with a field; an empty one is not wrong but may be missing. */
export function faultOf(name: TextFieldName, typed: string): FieldFault | undefined {
  const text = normalised(name, typed);
  if (text === '' || workerFieldsSchema.shape[name].safeParse(text).success) return undefined;
  return faults[name];
}

/** All fields as they are to be stored: normalised, and emptied where the input is empty or wrong. */
export function fieldsOf(texts: FieldTexts): WorkerFields {
  const usable = (name: TextFieldName) => {
    const text = normalised(name, texts[name]);
    return text === '' || faultOf(name, text) !== undefined ? undefined : text;
  };
  return {
    ...Object.fromEntries(textFieldNames.map((name) => [name, usable(name)])),
    isTeamLeader: texts.isTeamLeader,
    ...texts.kept,
  };
}
