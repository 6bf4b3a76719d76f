import { z } from 'zod';
import type { ErrorCode } from '../../contract/errors.ts';
import { StationError } from '../../contract/errors.ts';
import { parseJson, textOf, unwrapJson } from './lenient-json.ts';
import type { Mask } from './masked-text.ts';

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

const codeMeanings: ReadonlyMap<string, ErrorCode> = new Map([
  ['-2', 'platform.sign-refused'],
  ['-3', 'platform.no-permission'],
  ['-4', 'platform.address-not-allowed'],
  ['-5', 'platform.busy'],
]);

/** What the general codes -1 and 9999 mean when it is not the record's fault. */
const textMeanings: readonly (readonly [RegExp, ErrorCode])[] = [
  [/internal\s*(server\s*)?error/i, 'platform.bad-answer'],
  [/appid/i, 'platform.no-permission'],
  [/timestamp|时间戳/i, 'platform.sign-refused'],
];

/** An HTTP status in place of the platform's code comes from a gateway in front of it. */
const gatewayCode = /^[1-5]\d\d$/;

/** The platform's own answer, or undefined when the text comes from something in between, such as a captive portal. */
export function readEnvelope(text: string): Envelope | undefined {
  return envelopeSchema.safeParse(unwrapJson(parseJson(text))).data;
}

/** The `data` of an accepted answer. Throws what the platform's code means, with the masked text as detail. */
export function acceptedData(envelope: Envelope, mask: Mask): unknown {
  if (envelope.code === '0') return envelope.data;
  throw new StationError(meaningOf(envelope), mask(detailOf(envelope)));
}

function meaningOf({ code, message }: Envelope): ErrorCode {
  if (message.includes('频繁')) return 'platform.busy';
  const known = codeMeanings.get(code);
  if (known !== undefined) return known;
  if (gatewayCode.test(code)) return code === '429' ? 'platform.busy' : 'platform.bad-answer';
  return textMeanings.find(([pattern]) => pattern.test(message))?.[1] ?? 'platform.record-refused';
}

const documentedCodes: ReadonlySet<string> = new Set([...codeMeanings.keys(), '-1', '9999']);

function detailOf({ code, message }: Envelope): string {
  if (message === '') return `code ${code}`;
  return documentedCodes.has(code) ? message : `code ${code}: ${message}`;
}
