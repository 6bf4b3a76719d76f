import { z } from 'zod';
import { PIECES, type LineTrouble } from './line-trouble.ts';
import { COMMAND_NAMES } from './module-command.ts';
import type { ModuleFault } from './module-fault.ts';
import { CARD_HIDING, type ModuleVariant } from './module-variant.ts';

/** What can be played with a module, as JSON of the control interface and as settings of the command line. */

const countSchema = z.int().min(0).max(1_000_000);
const byteSchema = z.int().min(0).max(255);

/** Bytes as pairs of hex digits. */
export const hexSchema = z.string().regex(/^([0-9a-fA-F]{2}){1,4096}$/, 'must be pairs of hex digits');
const bytesSchema = hexSchema.transform((hex) => Uint8Array.from(Buffer.from(hex, 'hex')));

export const statusBodySchema: z.ZodType<ModuleFault> = z.strictObject({
  selfTestFails: z.boolean().optional(),
  notAuthorised: z.boolean().optional(),
  next: byteSchema.optional(),
  on: z.enum(COMMAND_NAMES).optional(),
  after: countSchema.optional(),
  times: z.union([countSchema.min(1), z.literal('always')]).optional(),
});

export const variantBodySchema: z.ZodType<ModuleVariant> = z.strictObject({
  hidesReadCard: z.enum(CARD_HIDING).optional(),
  firstNumberWrong: z.boolean().optional(),
  readsFingerprint: z.boolean().optional(),
  damagedFingerprint: z.enum(['with-text', 'bare']).optional(),
  readsAddedInformation: z.boolean().optional(),
  bodyNumberBytes: z.int().min(16).max(32).optional(),
});

/** Longest part of an answer that can be clipped, and most stray bytes. */
const strayBytesSchema = z.int().min(0).max(4096);

export const lineBodySchema: z.ZodType<LineTrouble> = z.strictObject({
  before: bytesSchema.optional(),
  after: bytesSchema.optional(),
  garbledAnswers: countSchema.optional(),
  badChecks: countSchema.optional(),
  swallow: countSchema.optional(),
  glue: countSchema.optional(),
  slowMs: z.int().min(0).max(60_000).optional(),
  pieces: z.enum(PIECES).optional(),
  firstClip: strayBytesSchema.optional(),
  firstZeros: strayBytesSchema.optional(),
  unplugInAnswer: z.boolean().optional(),
});
