import { z } from 'zod';
import { cardReadingSchema, portraitSchema } from '../contract/card.ts';
import { finalPhotoSchema } from '../contract/capture.ts';
import { certificateSchema, consentSchema, draftSchema } from '../contract/enrolment.ts';
import type { Draft } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import { canonicalJson, sha256 } from './canonical-json.ts';
import { mediaHashes } from './media.ts';
import type { Media, MediaHashes } from './media.ts';

const [pendingPortrait, decodedPortrait, missingPortrait] = portraitSchema.options;

/** A draft as JSON: everything except the bytes of its pictures. */
const contentSchema = draftSchema.extend({
  card: cardReadingSchema
    .extend({
      portrait: z.discriminatedUnion('state', [pendingPortrait, decodedPortrait.omit({ png: true }), missingPortrait]),
    })
    .optional(),
  consent: consentSchema.omit({ signature: true }).extend({ signed: z.boolean() }).optional(),
  photo: finalPhotoSchema.omit({ jpeg: true }).optional(),
  certificate: certificateSchema.omit({ bytes: true }).optional(),
});
/** A draft without its pictures. */
export type Content = z.infer<typeof contentSchema>;

/** A draft taken apart for storing. */
export interface DraftParts {
  /** Canonical JSON without the pictures. */
  readonly content: string;
  readonly media: Media;
}

function mediaOf(draft: Draft): Media {
  const portrait = draft.card?.portrait;
  return {
    portrait: portrait?.state === 'decoded' ? portrait.png : undefined,
    photo: draft.photo?.jpeg,
    signature: draft.consent?.signature,
    certificate: draft.certificate?.bytes,
  };
}

function contentOf(draft: Draft): Content {
  const { consent } = draft;
  // Parsing drops what the schema does not name, which is exactly the pictures.
  return contentSchema.parse({
    ...draft,
    consent: consent && { ...consent, signed: consent.signature !== undefined },
  });
}

/** Throws `internal`, naming only the members at fault, when the draft could not be read back. */
export function takeApart(draft: Draft): DraftParts {
  const checked = draftSchema.safeParse(draft);
  if (!checked.success) {
    const members = checked.error.issues.map((issue) => issue.path.join('.'));
    throw new StationError('internal', `draft: ${members.join(', ')}`);
  }
  return { content: canonicalJson(contentOf(checked.data)), media: mediaOf(checked.data) };
}

function withPictures(content: Content, media: Media): unknown {
  const { card, consent, photo, certificate } = content;
  const png = card?.portrait.state === 'decoded' ? { png: media.portrait } : {};
  return {
    ...content,
    card: card && { ...card, portrait: { ...card.portrait, ...png } },
    consent: consent && { ...consent, ...(consent.signed ? { signature: media.signature } : {}) },
    photo: photo && { ...photo, jpeg: media.photo },
    certificate: certificate && { ...certificate, bytes: media.certificate },
  };
}

/** The stored parts through the contract's schema again; `store.corrupt` when they do not make a draft. */
export function putTogether<S extends z.ZodType>(schema: S, parts: DraftParts): z.output<S> {
  try {
    const content = contentSchema.parse(JSON.parse(parts.content));
    if (content.consent?.signed === true && parts.media.signature === undefined) throw new Error('signature missing');
    return schema.parse(withPictures(content, parts.media));
  } catch (cause) {
    throw new StationError('store.corrupt', 'draft content', { cause });
  }
}

/** The content alone; `store.corrupt` when it is none. */
export function readContent(content: string): Content {
  try {
    return contentSchema.parse(JSON.parse(content));
  } catch (cause) {
    throw new StationError('store.corrupt', 'draft content', { cause });
  }
}

/** SHA-256 over the canonical JSON `{"fields":…,"media":…}` of the fields and of the pictures' own hashes. */
export const hashOf = (content: string, hashes: MediaHashes): string =>
  sha256(`{"fields":${content},"media":${canonicalJson(hashes)}}`);

export const contentHash = ({ content, media }: DraftParts): string => hashOf(content, mediaHashes(media));
