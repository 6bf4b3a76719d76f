import { z } from 'zod';
import { emptySchema, errorSchema } from './basic.ts';
import { call } from './call.ts';
import { projectConnectionSchema } from './project-connection.ts';

/** A kind of platform that can be chosen: its driver and what is peculiar to it. */
export const listedDialectSchema = z.object({
  name: z.string(),
  driver: z.enum(['national', 'cwr']),
  title: z.object({ zh: z.string(), en: z.string() }),
  needsEnterpriseKey: z.boolean(),
});
export type ListedDialect = z.infer<typeof listedDialectSchema>;

export const connectionStepNames = ['settings', 'address', 'tls', 'clock', 'sign', 'permission', 'functions'] as const;

const stateSchema = z.enum(['ok', 'warning', 'trouble', 'skipped']);

/** One step of trying a connection out, in the order of the names. */
export const connectionStepSchema = z.object({
  step: z.enum(connectionStepNames),
  state: stateSchema,
  error: errorSchema.optional(),
  /** Platform clock minus ours. */
  seconds: z.number().optional(),
  /** What was asked under the interface's own names, and whether the account may. */
  functions: z.array(z.object({ name: z.string(), error: errorSchema.optional() })).optional(),
});
export type ConnectionStep = z.infer<typeof connectionStepSchema>;

export const platformCalls = {
  /** `faulty`: files that were put there and are no dialects. */
  'settings.dialects': call(
    emptySchema,
    z.object({
      dialects: z.array(listedDialectSchema),
      faulty: z.array(z.object({ file: z.string(), error: errorSchema })),
    }),
  ),
  /** Asks harmless questions only. Without a connection the present one is tried. */
  'settings.test-connection': call(
    z.object({ connection: projectConnectionSchema.optional() }),
    z.object({ steps: z.array(connectionStepSchema) }),
  ),
} as const;
