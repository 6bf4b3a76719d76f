import type { Worker } from '../state.ts';

/** What a device sent, by the names of the other interface; what has none there is left out. */
const STANDARD_NAMES: Readonly<Record<string, string>> = {
  id_code: 'idCardNumber',
  emp_name: 'workerName',
  emp_phone: 'cellPhone',
  emp_nativeplace: 'address',
  emp_nation: 'nation',
  id_agency: 'grantOrg',
  emp_cardnum: 'payRollBankCardNumber',
};

/** The fields of a person in the national standard's terms, whichever interface they came through. */
export function standardFields({ empId, fields }: Worker): Worker['fields'] {
  if (empId === undefined) return fields;
  const known = Object.entries(fields).flatMap(([name, value]) => {
    const standardName = STANDARD_NAMES[name];
    return standardName === undefined ? [] : [[standardName, value] as const];
  });
  return { idCardType: '01', ...Object.fromEntries(known) };
}
