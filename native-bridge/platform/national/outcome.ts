import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import type { Outcome, Person, Present, Refused } from '../connector.ts';
import { fieldNamesIn } from './field-names.ts';
import { textOf, unwrapJson } from '../driver/lenient-json.ts';
import type { Mask } from '../driver/masked-text.ts';
import { saysPresent } from './presence-text.ts';
import { rowVerdicts } from './row-verdicts.ts';
import { troubleIn } from './trouble-text.ts';

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
export function readOutcome(data: unknown, serial: string, mask: Mask, people: readonly Person[] = []): Outcome {
  const { status, result, requestSerialCode } = readReply(data);
  if ((requestSerialCode ?? serial) !== serial) throw badAnswer('the outcome belongs to another request');
  if (status === '0') return { state: 'waiting' };
  if (status === '20') return { state: 'done', ...teamSysNoOf(result) };
  if (status === '10') return readFailedOutcome(textOf(result), result, mask, people);
  throw badAnswer('unknown status of an outcome');
}

/** Trouble of the platform's own may pass; only what it says about the content is its word on the record. */
function readFailedOutcome(text: string, result: unknown, mask: Mask, people: readonly Person[]): Outcome {
  if (troubleIn(text) !== undefined) return { state: 'failed', text: mask(text) };
  return readFailure(text, result, mask, people);
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
export function readFailure(
  text: string,
  result: unknown,
  mask: Mask,
  people: readonly Person[] = [],
): Present | Refused {
  const rows = people.length > 1 ? { rows: rowVerdicts(text, people, mask) } : {};
  if (!saysPresent(text)) return { state: 'refused', text: mask(text), fields: fieldNamesIn(text), ...rows };
  return { state: 'already-present', ...teamNumberIn(text), ...teamSysNoOf(result), text: mask(text), ...rows };
}

/** Nine or ten digits that are not a piece of a serial, a code or a longer number. */
const teamNumber = /(?<![0-9A-Za-z-])\d{9,10}(?![0-9A-Za-z-])/g;

/** The team's number if the text is about a team and has exactly one candidate. */
function teamNumberIn(text: string): { teamSysNo?: number } {
  if (!/班组|team/i.test(text)) return {};
  const numbers = new Set(text.match(teamNumber));
  const [first] = numbers;
  return numbers.size === 1 ? { teamSysNo: Number(first) } : {};
}
