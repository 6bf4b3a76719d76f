import type { ErrorCode } from '../../contract/errors.ts';

const tooOften = /频繁|繁忙|稍[后候]再?试/;
const deviceTrouble =
  /(?:设备|终端|client_serial|device).{0,12}(?:不存在|未登记|未注册|未绑定|停用|禁用|无效|not |unknown|disabled)/i;
const otherProject = /(?:设备|终端|device).{0,12}(?:其他|其它|另一个?|other).{0,4}(?:项目|project)/i;
const serverTrouble =
  /^\W*(?:internal\s*(?:server\s*)?error|系统(?:内部)?(?:异常|错误)|服务器?(?:内部)?(?:异常|错误)|未知异常)\W*$/i;

const meanings: readonly (readonly [RegExp, ErrorCode])[] = [
  [tooOften, 'platform.busy'],
  [otherProject, 'platform.wrong-project'],
  [deviceTrouble, 'platform.device-unknown'],
  [serverTrouble, 'platform.bad-answer'],
];

/** What the text of a business error means when it is not about the content, else undefined. */
export const troubleIn = (text: string): ErrorCode | undefined => meanings.find(([pattern]) => pattern.test(text))?.[1];

const presentWords = /已(?:经)?(?:存在|登记|注册)|already (?:exist|registered)/i;
const elsewhereWords = /(?:其他|其它|别的|另一个?)(?:项目|工程|工地|企业|公司|单位)|other (?:project|company)/i;
/** Things that can be taken already without the person or team being there. */
const otherThings = /手机|电话|银行|工资卡|照片|图片|emp_phone|emp_cardnum/;

/** Whether the text says that the person or team is there already, in this project. */
export const saysPresent = (text: string): boolean =>
  presentWords.test(text) && !elsewhereWords.test(text) && !otherThings.test(text);
