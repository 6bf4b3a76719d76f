/** The protocol's names of what a record holds, with the national standard's names that the station knows them by. */
const standardNames: Readonly<Record<string, string>> = {
  Project_ID: 'projectCode',
  id_code: 'idCardNumber',
  id_photo: 'headImage',
  emp_name: 'workerName',
  emp_phone: 'cellPhone',
  emp_nativeplace: 'address',
  emp_nation: 'nation',
  facephoto: 'issueCardPic',
  emp_company: 'corpName',
  company_name: 'corpName',
  company_code: 'corpCode',
  work_typename: 'workType',
  emp_category: 'workRole',
  id_agency: 'grantOrg',
  id_validdate: 'expiryDate',
  emp_cardnum: 'payRollBankCardNumber',
  team_id: 'teamSysNo',
  team_name: 'teamName',
};

/** The fields that a refusal names, in the national standard's terms, each once; a name that is new to us stays. */
export function fieldNamesIn(text: string): readonly string[] {
  const words = text.match(/\b(?:[A-Za-z][A-Za-z0-9]*_[A-Za-z0-9_]+|facephoto)\b/g) ?? [];
  return [...new Set(words.map((word) => standardNames[word] ?? word))];
}
