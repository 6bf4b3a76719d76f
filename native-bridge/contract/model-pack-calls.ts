import { z } from 'zod';
import { emptySchema, errorSchema } from './basic.ts';
import { call } from './call.ts';

/** `first` replaces the built-in recogniser, `second` is asked beside the first one, `none` is not used. */
export const packRoleSchema = z.enum(['none', 'second', 'first']);
export type PackRole = z.infer<typeof packRoleSchema>;

/** A recogniser that the site has put into the station's folder of model packs. */
export const modelPackSchema = z.object({
  /** Name of the pack's folder. */
  id: z.string(),
  role: packRoleSchema,
  /** What its manifest says; absent where that cannot be read. */
  about: z.object({ name: z.string(), version: z.string(), licence: z.string(), source: z.string() }).optional(),
  /** Why it cannot be used; the built-in recogniser does its part meanwhile. */
  trouble: errorSchema.optional(),
});
export type ModelPack = z.infer<typeof modelPackSchema>;

const packsSchema = z.object({
  /** Where packs are looked for. */
  folder: z.string(),
  packs: z.array(modelPackSchema),
});

export const modelPackCalls = {
  'model-packs.list': call(emptySchema, packsSchema),
  /** One pack has each role at most; whoever had it before has none. */
  'model-packs.set-role': call(z.object({ id: z.string().min(1).max(100), role: packRoleSchema }), packsSchema),
} as const;
