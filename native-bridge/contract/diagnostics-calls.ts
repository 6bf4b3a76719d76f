import { z } from 'zod';
import { emptySchema, errorSchema, instantSchema } from './basic.ts';
import { call } from './call.ts';
import { printerTestSchema } from './printer-calls.ts';
import { readerStateSchema } from './reader.ts';

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

/**
 * What a step found besides its state: figures and names of the program's own, which the screens say in their language and
 * support reads as they are; nothing about a person.
 */
export const diagnosticFactSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('free-space'), gigabytes: z.number().min(0) }),
  /** Names as the shell gives them, such as `dpapi`; `before` when the start before found another one. */
  z.object({ kind: z.literal('key-store'), now: z.string().max(60), before: z.string().max(60).optional() }),
  z.object({ kind: z.literal('backup-age'), hours: z.int() }),
  z.object({ kind: z.literal('readers'), readers: z.array(readerStateSchema.pick({ transport: true, state: true })) }),
  /** Program that runs the maker's library. */
  z.object({ kind: z.literal('decoder'), runtime: z.string().max(120) }),
  z.object({ kind: z.literal('clock-difference'), seconds: z.int() }),
  z.object({ kind: z.literal('platform'), state: z.enum(['not-configured', 'unknown']) }),
  printerTestSchema.extend({ kind: z.literal('printer-test') }),
]);
export type DiagnosticFact = z.infer<typeof diagnosticFactSchema>;

export const diagnosticStepSchema = z.object({
  number: z.int().min(1),
  step: z.enum(diagnosticStepNames),
  /** `skipped`: there is nothing to look at, such as backups in practice mode. */
  state: z.enum(['ok', 'warning', 'trouble', 'skipped']),
  error: errorSchema.optional(),
  fact: diagnosticFactSchema.optional(),
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
  /** The examination under way, or the last one since the start. */
  'diagnostics.state': call(emptySchema, z.object({ examination: examinationSchema.optional() })),
  /** Answers when it is over; one that is under way already is joined. */
  'diagnostics.examine': call(emptySchema, examinationSchema),
  /** Ends the examination after the step under way, whoever began it. */
  'diagnostics.cancel': call(emptySchema, emptySchema),
  /** Everything that support needs and nothing about a person, as a text to be saved as a file. */
  'diagnostics.bundle': call(emptySchema, z.object({ name: z.string(), text: z.string() })),
} as const;

export const diagnosticsEvents = { 'diagnostics.changed': examinationSchema } as const;
