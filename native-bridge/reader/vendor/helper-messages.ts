import { z } from 'zod';
import { photoCallNames } from './photo-calls.ts';
import { sdtFunctionNames } from './sdt-functions.ts';

/*
 * What the station and its vendor helper tell each other. JSON with bytes in base64, because the helper may run on
 * another Node (32-bit, hence older) whose binary serialisation need not be the same.
 */

const jobNumberSchema = z.int().min(0);

/** Decode the photo block in `block.wlt` of a private folder. */
const photoJobSchema = z.object({
  kind: z.literal('photo'),
  job: jobNumberSchema,
  library: z.string(),
  calls: z.array(z.enum(photoCallNames)).min(1),
  convention: z.enum(['__stdcall', '__cdecl']).optional(),
  number: z.int().optional(),
  folder: z.string(),
});

/** Call one function of a reader library. */
const sdtJobSchema = z.object({
  kind: z.literal('sdt'),
  job: jobNumberSchema,
  library: z.string(),
  function: z.enum(sdtFunctionNames),
  port: z.int(),
});

export const helperJobSchema = z.discriminatedUnion('kind', [photoJobSchema, sdtJobSchema]);
export type HelperJob = z.infer<typeof helperJobSchema>;
export type PhotoJob = z.infer<typeof photoJobSchema>;
export type SdtJob = z.infer<typeof sdtJobSchema>;

const readySchema = z.object({ kind: z.literal('ready'), version: z.string(), architecture: z.string() });

const photoAnswerSchema = z.object({
  kind: z.literal('photo'),
  job: jobNumberSchema,
  call: z.enum(photoCallNames),
  outcome: z.enum(['decoded', 'not-licensed', 'failed']),
  /** What the library gave for a picture; it is still to be checked. */
  picture: z.base64().optional(),
});

const sdtAnswerSchema = z.object({
  kind: z.literal('sdt'),
  job: jobNumberSchema,
  value: z.int(),
  outputs: z.array(z.base64()),
});

/** The library cannot be loaded (`library`) or lacks the function (`function`). */
const unusableSchema = z.object({
  kind: z.literal('unusable'),
  job: jobNumberSchema,
  part: z.enum(['library', 'function']),
});

export const helperMessageSchema = z.discriminatedUnion('kind', [
  readySchema,
  photoAnswerSchema,
  sdtAnswerSchema,
  unusableSchema,
]);
export type HelperReady = z.infer<typeof readySchema>;
export type HelperAnswer = Exclude<z.infer<typeof helperMessageSchema>, HelperReady>;
export type PhotoAnswer = z.infer<typeof photoAnswerSchema>;
export type SdtAnswer = z.infer<typeof sdtAnswerSchema>;
export type HelperMessage = z.infer<typeof helperMessageSchema>;

/** The photo block's file in a job's folder, and the picture that libraries write beside it. */
export const blockFile = 'block.wlt';
export const pictureFile = 'block.bmp';
