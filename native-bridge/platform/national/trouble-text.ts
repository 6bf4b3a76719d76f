import type { ErrorCode } from '../../contract/errors.ts';
import { fieldNamesIn } from './field-names.ts';

/** Texts in other words than Chinese, and those about the account rather than the record. */
const plainMeanings: readonly (readonly [RegExp, ErrorCode])[] = [
  [/internal\s*(server\s*)?error/i, 'platform.bad-answer'],
  [/appid/i, 'platform.no-permission'],
  [/timestamp|时间戳/i, 'platform.sign-refused'],
  // The network has delivered the request twice: the answer to the first copy is lost, and this is none.
  [/nonce/i, 'platform.bad-answer'],
];

const comeLater = /忙|稍[后候]|频繁/;

/** Whose trouble it is, what it was doing, and the trouble: nothing else may stand in the clause. */
const troubleClause = new RegExp(
  '^(?:当前|目前)?(?:系统|服务器?|平台|后台|网络|网关|接口|数据库|程序|内部|未知)' +
    '(?:服务器?|后台|网络|接口|数据库|内部|未知|连接|调用|请求|响应|访问|处理|运行|发生|出现|正在|暂时?|升级|有点|太|很)*' +
    '(?:异常|错误|出错|故障|超时|繁忙|忙|不可用|维护中?|升级中?)了?$',
);
/** A time limit of the platform's. With anything else in front it may be a date of the record. */
const timeoutClause = /^(?:操作|请求|处理|执行|连接|调用|响应|访问|读取)*超时了?$/;
const laterClause = /^请?您?稍[后候](?:再|重)?(?:试|来|操作|提交|上传|访问|查询)?(?:一下|一次)?$/;

/** What only a complaint about the content says; an error's number or log is none. */
const fault =
  /格式|为空|必填|缺少|合格|不符|无效|有误|错误(?!码|代码|编号|信息|日志)|不正确|不匹配|不一致|不支持|不存在|已存在|已经存在|未通过|校验|超出|超过|超时|过期/;

const clauseEnd = /[\s，,。.；;！!？?：:、|【】[\]()（）"'“”…~-]+/;

const isTrouble = (clause: string) =>
  troubleClause.test(clause) || timeoutClause.test(clause) || laterClause.test(clause);

/**
 * What a text under one of the platform's general codes means when it is not about the record, else undefined. Narrow:
 * one clause has to be a statement of trouble as a whole, and none may complain about the content, because a refusal
 * taken for trouble would be sent again for ever.
 */
export function troubleIn(text: string): ErrorCode | undefined {
  return systemTrouble(text) ?? plainMeanings.find(([pattern]) => pattern.test(text))?.[1];
}

function systemTrouble(text: string): ErrorCode | undefined {
  const clauses = text.split(clauseEnd);
  const about = clauses.filter((clause) => !isTrouble(clause));
  if (about.length === clauses.length || fieldNamesIn(text).length > 0) return undefined;
  if (about.some((clause) => fault.test(clause))) return undefined;
  return comeLater.test(text) ? 'platform.busy' : 'platform.bad-answer';
}
