import { z } from 'zod';
import { recordStateSchema } from '../../contract/enrolment.ts';
import { canonicalJson } from '../canonical-json.ts';
import { type Media, type MediaKind, mediaKinds } from '../media.ts';

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
const fingerprintSchema = z.string().regex(/^([0-9A-F]{4}-){4}[0-9A-F]{4}$/);

/** Whom a package is meant to bring, so that a cut one can name who is missing. */
const planSchema = z.object({
  type: z.literal('plan'),
  records: z.array(z.object({ id: z.uuid(), name: z.string().max(200), maskedNumber: z.string().max(60) })),
});
export type Planned = z.infer<typeof planSchema>['records'][number];

/** One row of a station's trail, with the hashes that make it checkable. */
export const carriedAuditSchema = z.object({
  station: fingerprintSchema,
  sequence: z.int().min(1),
  at: z.iso.datetime(),
  action: z.string().max(100),
  actor: z.string().max(200),
  detail: z.string().max(10_000),
  previous: hashSchema,
  hash: hashSchema,
});
export type CarriedAudit = z.infer<typeof carriedAuditSchema>;

const recordSchema = z.object({
  type: z.literal('record'),
  id: z.uuid(),
  contentHash: hashSchema,
  sealedAt: z.iso.datetime({ precision: 3 }),
  /** Canonical JSON of the record without its pictures: the text that was hashed at sealing. */
  content: z.string(),
  /** The record that this one corrects. */
  supersedes: z.uuid().optional(),
  /** The station that sealed it. */
  origin: fingerprintSchema,
  /** Where it stood when it was written. */
  state: recordStateSchema,
  serial: z.string().max(200).optional(),
  audit: z.array(carriedAuditSchema).max(2000),
  /** Kind and bytes of each picture, which follow the JSON in this order. */
  media: z.array(z.object({ kind: z.enum(mediaKinds), size: z.int().min(0) })).max(mediaKinds.length),
});

export const outcomeSchema = z.object({
  id: z.uuid(),
  contentHash: hashSchema,
  state: z.enum(['confirmed', 'withdrawn', 'superseded']),
  serial: z.string().max(200).optional(),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** What became of records that the receiver had handed over. */
const outcomesSchema = z.object({ type: z.literal('outcomes'), outcomes: z.array(outcomeSchema).max(1000) });

/** The last part of a whole package. */
const endSchema = z.object({
  type: z.literal('end'),
  records: z.int(),
  /** Hash over everything before. */
  chain: hashSchema,
  /** Planned records that stayed with the sender after all. */
  leftOut: z.array(z.uuid()),
});

const partSchema = z.discriminatedUnion('type', [planSchema, recordSchema, outcomesSchema, endSchema]);

export type CarriedRecord = Omit<z.infer<typeof recordSchema>, 'type' | 'media'> & { readonly media: Media };
export type PackagePart =
  | z.infer<typeof planSchema>
  | z.infer<typeof outcomesSchema>
  | z.infer<typeof endSchema>
  | { readonly type: 'record'; readonly record: CarriedRecord };

function assembled(json: Parameters<typeof canonicalJson>[0], pictures: readonly Uint8Array[]): Uint8Array {
  const text = Buffer.from(canonicalJson(json), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return new Uint8Array(Buffer.concat([length, text, ...pictures]));
}

/** A part as bytes: length of the JSON in four bytes, the JSON, the pictures. */
export function partBytes(part: PackagePart): Uint8Array {
  if (part.type !== 'record') return assembled(part, []);
  const { media, ...rest } = part.record;
  const pictures = mediaKinds.flatMap((kind) => {
    const bytes = media[kind];
    return bytes === undefined ? [] : [{ kind, bytes }];
  });
  const listed = pictures.map(({ kind, bytes }) => ({ kind, size: bytes.length }));
  return assembled(
    { type: 'record', ...rest, media: listed },
    pictures.map(({ bytes }) => bytes),
  );
}

function picturesIn(bytes: Buffer, listed: readonly { kind: MediaKind; size: number }[]): Media | undefined {
  const media: Partial<Record<MediaKind, Uint8Array>> = {};
  let from = 0;
  for (const { kind, size } of listed) {
    if (media[kind] !== undefined || from + size > bytes.length) return undefined;
    media[kind] = Uint8Array.from(bytes.subarray(from, from + size));
    from += size;
  }
  return from === bytes.length ? media : undefined;
}

/** The part in these bytes, or undefined when they are none. */
export function partIn(bytes: Uint8Array): PackagePart | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const jsonBytes = buffer.length < 4 ? Infinity : buffer.readUInt32BE(0);
  if (4 + jsonBytes > buffer.length) return undefined;
  try {
    const part = partSchema.parse(JSON.parse(buffer.subarray(4, 4 + jsonBytes).toString('utf8')));
    if (part.type !== 'record') return part;
    const { type, media: listed, ...rest } = part;
    const media = picturesIn(buffer.subarray(4 + jsonBytes), listed);
    return media && { type, record: { ...rest, media } };
  } catch {
    return undefined;
  }
}
