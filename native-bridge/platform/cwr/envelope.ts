import { z } from 'zod';
import type { ErrorCode } from '../../contract/errors.ts';
import { StationError } from '../../contract/errors.ts';
import type { Refused } from '../connector.ts';
import type { ResultMeaning } from '../driver/code-table.ts';
import { parseJson, textOf, unwrapJson } from '../driver/lenient-json.ts';
import type { Mask } from '../driver/masked-text.ts';
import { fieldNamesIn } from './field-names.ts';
import { saysPresent, troubleIn } from './trouble-text.ts';

/** Documented as "true" and "false"; booleans and numbers occur. */
export const looseBoolean = z
  .union([z.boolean(), z.number(), z.string()])
  .nullish()
  .transform((value) =>
    value === null || value === undefined ? undefined : /^(?:true|1|y|yes)$/i.test(String(value)),
  );

export const looseText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? undefined : String(value).trim()));

const anyText = z
  .unknown()
  .optional()
  .transform((value) => textOf(value));

const envelopeSchema = z
  .object({
    result: looseBoolean,
    code: looseText,
    message: anyText,
    detail_message: anyText,
    result_data: z.unknown().optional().transform(unwrapJson),
  })
  .refine(({ result, code }) => result !== undefined || (code !== undefined && code !== ''));

export type Envelope = z.infer<typeof envelopeSchema>;

/** The platform's own answer, or undefined when the text comes from something in between. */
export const readEnvelope = (text: string): Envelope | undefined =>
  envelopeSchema.safeParse(unwrapJson(parseJson(text))).data;

/** What the platform says about a request: done, or refused for its content. `present`: it is there already. */
export type Reply =
  | { readonly state: 'done'; readonly data: unknown }
  | (Refused & { readonly present: boolean; readonly data: unknown });

/** "00" is documented; 0 as a number and other counts of zeros are the same. Without a code the result speaks. */
function codeOf({ code = '', result }: Envelope): string {
  if (/^0+$/.test(code)) return '00';
  return code === '' && result === true ? '00' : code;
}

const plainText = ({ message, detail_message: detail }: Envelope): string =>
  detail === '' || message.includes(detail) ? message : [message, detail].filter((text) => text !== '').join('：');

/**
 * Throws what the code or the text means when it is not about the content, with the masked text as detail; an answer
 * that contradicts itself is `platform.bad-answer`.
 */
export function replyOf(envelope: Envelope, codes: ReadonlyMap<string, ResultMeaning>, mask: Mask): Reply {
  const code = codeOf(envelope);
  const text = plainText(envelope);
  if (codes.get(code) === 'accepted') {
    if (envelope.result === false) throw new StationError('platform.bad-answer', 'refused under the code of success');
    return { state: 'done', data: envelope.result_data };
  }
  const masked = mask(codes.has(code) && text !== '' ? text : `code ${code}: ${text}`);
  const trouble = troubleOf(code, text, codes);
  if (trouble !== undefined) throw new StationError(trouble, masked);
  const fields = fieldNamesIn(text);
  return { state: 'refused', text: masked, fields, present: saysPresent(text), data: envelope.result_data };
}

function troubleOf(code: string, text: string, codes: ReadonlyMap<string, ResultMeaning>): ErrorCode | undefined {
  const meaning = codes.get(code);
  return meaning === undefined || meaning === 'accepted' || meaning === 'refused' ? troubleIn(text) : meaning;
}
