import { z } from 'zod';
import { hexSchema } from './control-fault-schema.ts';
import { practiceFieldsSchema } from './practice-fields.ts';
import { fingerprintSchema, MOST_FINGERPRINTS } from './practice-fingerprint.ts';

/** Bodies of the control interface; every body is a JSON object, an empty one where nothing is to be said. */

const ownCardSchema = z.strictObject({
  fields: practiceFieldsSchema,
  /** JPEG or PNG; without it the card gets a drawing. */
  portrait: z.base64().optional(),
  newestAddress: z.string().min(1).optional(),
  fingerprints: z.array(fingerprintSchema).max(MOST_FINGERPRINTS).optional(),
  /** Stands at byte 248 instead of the kind's own letter. */
  layoutFlag: z.string().length(1).optional(),
});

/** A card of the deck by id or name, or one made from fields. */
export const layBodySchema = z.union([
  z.strictObject({ deck: z.string().min(1) }),
  z.strictObject({ card: ownCardSchema }),
]);

export const liftDuringNextReadBodySchema = z.strictObject({ cut: z.boolean().optional() });

export const noiseBodySchema = z.strictObject({ hex: hexSchema });

export const emptyBodySchema = z.strictObject({});

export type LayBody = z.infer<typeof layBodySchema>;
export type OwnCardBody = z.infer<typeof ownCardSchema>;
