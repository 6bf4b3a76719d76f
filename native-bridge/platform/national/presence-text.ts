import { fieldNamesIn } from './field-names.ts';

const presentWords = /已存在|已经存在|已(?:经)?在(?:该|本|此|当前)?项目|already exist/i;
const elsewhereWords = /(?:其他|其它|别的|另一个?)(?:项目|工程|工地|企业|公司|单位)|other (?:project|company)/i;
/** Things that can be taken already without the person being there. */
const otherThings = /手机|电话|银行|工资卡|考勤卡|照片|图片/;
const presenceFields: ReadonlySet<string> = new Set([
  'projectCode',
  'corpCode',
  'corpName',
  'teamSysNo',
  'teamName',
  'workerName',
  'idCardType',
  'idCardNumber',
]);

/** True only when every complaint of the text is that the person or team is there: any other one needs a correction. */
export function saysPresent(text: string): boolean {
  const complaints = text.split(/[;；]/).filter((complaint) => complaint.trim() !== '');
  return complaints.length > 0 && complaints.every(isPresence);
}

const isPresence = (complaint: string) =>
  presentWords.test(complaint) &&
  !elsewhereWords.test(complaint) &&
  !otherThings.test(complaint) &&
  fieldNamesIn(complaint).every((name) => presenceFields.has(name));
