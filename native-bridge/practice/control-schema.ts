import { z } from 'zod';
import { COMMAND_NAMES } from './module-command.ts';
import { mainlandFieldsSchema } from './practice-card.ts';

/** Bodies of the control interface; every body is a JSON object, an empty one where nothing is to be said. */

const byteSchema = z.int().min(0).max(255);

const ownCardSchema = z.strictObject({
  fields: mainlandFieldsSchema,
  /** JPEG or PNG; without it the card gets a drawing. */
  portrait: z.base64().optional(),
  newestAddress: z.string().min(1).optional(),
});

/** A card of the deck by id or name, or one made from fields. */
export const layBodySchema = z.union([
  z.strictObject({ deck: z.string().min(1) }),
  z.strictObject({ card: ownCardSchema }),
]);

export const liftDuringNextReadBodySchema = z.strictObject({ cut: z.boolean().optional() });

export const statusBodySchema = z.strictObject({
  selfTestFails: z.boolean().optional(),
  notAuthorised: z.boolean().optional(),
  next: byteSchema.optional(),
  on: z.enum(COMMAND_NAMES).optional(),
});

export const noiseBodySchema = z.strictObject({
  hex: z.string().regex(/^([0-9a-fA-F]{2}){1,4096}$/, 'must be pairs of hex digits'),
});

export const emptyBodySchema = z.strictObject({});

export type LayBody = z.infer<typeof layBodySchema>;
export type OwnCardBody = z.infer<typeof ownCardSchema>;
