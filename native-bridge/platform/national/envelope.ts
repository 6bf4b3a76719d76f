import { z } from 'zod';
import type { ErrorCode } from '../../contract/errors.ts';
import { StationError } from '../../contract/errors.ts';
import { parseJson, textOf, unwrapJson } from '../driver/lenient-json.ts';
import type { ResultMeaning } from '../driver/code-table.ts';
import type { Mask } from '../driver/masked-text.ts';
import { troubleIn } from './trouble-text.ts';

/** Code as text or number, anything or nothing as message and data, unknown fields ignored. */
const envelopeSchema = z.object({
  code: z.union([z.string(), z.number()]).transform((code) => String(code).trim()),
  message: z
    .unknown()
    .optional()
    .transform((message) => textOf(message)),
  data: z.unknown().optional().transform(unwrapJson),
});

export type Envelope = z.infer<typeof envelopeSchema>;

export type ResultCodes = ReadonlyMap<string, ResultMeaning>;

/** An HTTP status in place of the platform's code comes from a gateway in front of it. */
const gatewayCode = /^[1-5]\d\d$/;

/** The platform's own answer, or undefined when the text comes from something in between, such as a captive portal. */
export function readEnvelope(text: string): Envelope | undefined {
  return envelopeSchema.safeParse(unwrapJson(parseJson(text))).data;
}

/** The platform's own word about what was sent: accepted, or refused for its content. */
export type Reply =
  | { readonly state: 'accepted'; readonly data: unknown }
  | {
      readonly state: 'refused';
      /** As it came, numbers and all: for reading only, never to be shown or kept. */
      readonly message: string;
      readonly data: unknown;
      /** Masked. */
      readonly text: string;
    };

/** Throws what the platform's code or text means when it is not about the content, with the masked text as detail. */
export function replyOf(envelope: Envelope, mask: Mask, codes: ResultCodes): Reply {
  const { code, message, data } = envelope;
  if (codes.get(code) === 'accepted') return { state: 'accepted', data };
  const text = mask(textWithCode(envelope, codes));
  const trouble = troubleOf(envelope, codes);
  if (trouble !== undefined) throw new StationError(trouble, text);
  return { state: 'refused', message, data, text };
}

function troubleOf({ code, message }: Envelope, codes: ResultCodes): ErrorCode | undefined {
  if (message.includes('频繁')) return 'platform.busy';
  const known = codes.get(code);
  if (known !== undefined && known !== 'accepted' && known !== 'refused') return known;
  if (gatewayCode.test(code)) return code === '429' ? 'platform.busy' : 'platform.bad-answer';
  return troubleIn(message);
}

function textWithCode({ code, message }: Envelope, codes: ResultCodes): string {
  if (message === '') return `code ${code}`;
  return codes.has(code) ? message : `code ${code}: ${message}`;
}
