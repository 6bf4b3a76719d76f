import { z } from 'zod';
import { emptySchema, errorSchema, instantSchema } from './basic.ts';
import { call } from './call.ts';

/** What the station looks at when it examines itself, numbered in this order from 1. */
export const diagnosticStepNames = [
  'data-folder',
  'disk',
  'data-file',
  'key-store',
  'recovery-key',
  'backups',
  'face-engine',
  'readers',
  'portrait-decoder',
  'clock',
  'platform',
  'log',
  'printer',
] as const;
export type DiagnosticStepName = (typeof diagnosticStepNames)[number];

export const diagnosticStepSchema = z.object({
  number: z.int().min(1),
  step: z.enum(diagnosticStepNames),
  /** `skipped`: there is nothing to look at, such as backups in practice mode. */
  state: z.enum(['ok', 'warning', 'trouble', 'skipped']),
  error: errorSchema.optional(),
  /** A figure or a name of the program's own, for support; nothing about a person. */
  value: z.string().max(120).optional(),
});
export type DiagnosticStep = z.infer<typeof diagnosticStepSchema>;

const selfExaminationSchema = z.object({ at: instantSchema, steps: z.array(diagnosticStepSchema) });

export const diagnosticsCalls = {
  'diagnostics.examine': call(emptySchema, selfExaminationSchema),
  /** Everything that support needs and nothing about a person, as a text to be saved as a file. */
  'diagnostics.bundle': call(emptySchema, z.object({ name: z.string(), text: z.string() })),
} as const;
