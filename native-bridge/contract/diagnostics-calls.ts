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
  /** Whole milliseconds. */
  tookMs: z.int().min(0),
});
export type DiagnosticStep = z.infer<typeof diagnosticStepSchema>;

/** How far an examination is, or what came of it. */
const examinationSchema = z.object({
  /** When it began. */
  at: instantSchema,
  /** What was found so far. */
  steps: z.array(diagnosticStepSchema),
  /** The step under way; absent once it is over. */
  step: z.enum(diagnosticStepNames).optional(),
  /** Given up by the operator: the steps that follow were not taken. */
  cancelled: z.boolean(),
});
export type Examination = z.infer<typeof examinationSchema>;

export const diagnosticsCalls = {
  /** Answers when it is over; one that is under way already is joined. */
  'diagnostics.examine': call(emptySchema, examinationSchema),
  /** Ends the examination after the step under way, whoever began it. */
  'diagnostics.cancel': call(emptySchema, emptySchema),
  /** Everything that support needs and nothing about a person, as a text to be saved as a file. */
  'diagnostics.bundle': call(emptySchema, z.object({ name: z.string(), text: z.string() })),
} as const;

export const diagnosticsEvents = { 'diagnostics.changed': examinationSchema } as const;
