import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import type { Outcome, Present, Refused } from '../connector.ts';
import { fieldNamesIn } from './field-names.ts';
import { textOf, unwrapJson } from '../driver/lenient-json.ts';
import type { Mask } from '../driver/masked-text.ts';

const looseText = z.union([z.string(), z.number()]).transform((value) => String(value).trim());

const replySchema = z.object({
  requestSerialCode: looseText.nullish(),
  status: looseText,
  result: z.unknown().optional().transform(unwrapJson),
});

/** The platform's number of a team, from whatever holds it. */
export const teamSysNoSchema = z
  .union([
    z.int(),
    z
      .string()
      .trim()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .pipe(z.int().positive());

const resultSchema = z.object({ teamSysNo: teamSysNoSchema });

/**
 * What an `AsyncHandleResult.Query` answer says about the request `serial`.
 * Throws `platform.bad-answer` for an unknown status or another request's answer.
 */
export function readOutcome(data: unknown, serial: string, mask: Mask): Outcome {
  const { status, result, requestSerialCode } = readReply(data);
  if ((requestSerialCode ?? serial) !== serial) throw badAnswer('the outcome belongs to another request');
  if (status === '0') return { state: 'waiting' };
  if (status === '20') return { state: 'done', ...teamSysNoOf(result) };
  if (status === '10') return readFailure(textOf(result), result, mask);
  throw badAnswer('unknown status of an outcome');
}

const badAnswer = (detail: string) => new StationError('platform.bad-answer', detail);

function readReply(data: unknown): z.infer<typeof replySchema> {
  const parsed = replySchema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw badAnswer('the outcome has no status');
}

function teamSysNoOf(result: unknown): { teamSysNo?: number } {
  const parsed = resultSchema.safeParse(result);
  return parsed.success ? { teamSysNo: parsed.data.teamSysNo } : {};
}

/**
 * What a failure's text says, at once or later: refused, or there already. `result` is the value that came with the
 * text and may hold the team's number.
 */
export function readFailure(text: string, result: unknown, mask: Mask): Present | Refused {
  if (!saysPresent(text)) return { state: 'refused', text: mask(text), fields: fieldNamesIn(text) };
  return { state: 'already-present', ...teamNumberIn(text), ...teamSysNoOf(result), text: mask(text) };
}

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
function saysPresent(text: string): boolean {
  const complaints = text.split(/[;；]/).filter((complaint) => complaint.trim() !== '');
  return complaints.length > 0 && complaints.every(isPresence);
}

const isPresence = (complaint: string) =>
  presentWords.test(complaint) &&
  !elsewhereWords.test(complaint) &&
  !otherThings.test(complaint) &&
  fieldNamesIn(complaint).every((name) => presenceFields.has(name));

/** Nine or ten digits that are not a piece of a serial, a code or a longer number. */
const teamNumber = /(?<![0-9A-Za-z-])\d{9,10}(?![0-9A-Za-z-])/g;

/** The team's number if the text is about a team and has exactly one candidate. */
function teamNumberIn(text: string): { teamSysNo?: number } {
  if (!/班组|team/i.test(text)) return {};
  const numbers = new Set(text.match(teamNumber));
  const [first] = numbers;
  return numbers.size === 1 ? { teamSysNo: Number(first) } : {};
}
