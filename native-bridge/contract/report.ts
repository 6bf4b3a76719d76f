import { z } from 'zod';
import { bytesUpTo, dateSchema, errorSchema, idSchema, instantSchema, lineSchema } from './basic.ts';
import { recordStateSchema } from './enrolment.ts';

/** A person as the platform knows one: kind of document and its number. */
export const personKeySchema = z.object({
  idCardType: z.string().regex(/^\d{2}$/),
  idCardNumber: z.string().min(1).max(30),
});
export type PersonKey = z.infer<typeof personKeySchema>;

const flag = z.literal([0, 1]);
const amount = z.number().min(0).max(1e9);

/** The interface takes 1 MB of Base64 text. */
const largestAttachment = 786_000;

/** A file that goes along: a scan of a contract, a photo of a training. */
export const attachmentSchema = z.object({ name: lineSchema.min(1).max(100), data: bytesUpTo(largestAttachment) });

/** Somebody comes to the site or leaves it. */
export const passageReportSchema = z.object({
  kind: z.literal('entry-exit'),
  teamId: idSchema,
  person: personKeySchema,
  date: dateSchema,
  /** 1 entry, 0 exit. */
  type: flag,
});

/** A labour contract, or the work agreement that stands for one. */
export const contractReportSchema = z.object({
  kind: z.literal('contract'),
  teamId: idSchema,
  person: personKeySchema,
  /** 0 fixed term, 1 until the work is done. */
  contractPeriodType: flag,
  startDate: dateSchema,
  endDate: dateSchema,
  /** 80 metre, 81 square metre, 82 cubic metre, with the price of one in yuan. */
  unit: z
    .string()
    .regex(/^\d{2}$/)
    .optional(),
  unitPrice: amount.optional(),
  attachments: z.array(attachmentSchema).max(2),
});

export const trainingReportSchema = z.object({
  kind: z.literal('training'),
  projectCode: z.string().min(1).max(40),
  trainingDate: dateSchema,
  /** Hours. */
  trainingDuration: z.number().min(0).max(1000),
  trainingName: lineSchema.min(1).max(100),
  trainingTypeCode: z.string().regex(/^\d{6}$/),
  trainer: lineSchema.max(50).optional(),
  trainingOrg: lineSchema.max(200).optional(),
  trainingAddress: lineSchema.max(200).optional(),
  trainees: z
    .array(z.object({ person: personKeySchema, isPass: flag, trainingScore: z.number().min(0).max(100).optional() }))
    .min(1)
    .max(500),
  attachments: z.array(attachmentSchema).max(10),
});

/** What a station reports about workers who are enrolled: goes to the platform after them, in its own order. */
export const reportSchema = z.discriminatedUnion('kind', [
  passageReportSchema,
  contractReportSchema,
  trainingReportSchema,
]);
export type Report = z.infer<typeof reportSchema>;
export type ReportKind = Report['kind'];

/** A report on its way; the states are those of a record. */
export const reportSummarySchema = z.object({
  id: idSchema,
  kind: z.enum(['entry-exit', 'contract', 'training']),
  /** What it says, without its files. */
  content: z.record(z.string(), z.json()),
  people: z.int(),
  /** The first few of them. */
  who: z.array(z.object({ name: z.string(), maskedNumber: z.string() })),
  state: recordStateSchema,
  madeAt: instantSchema,
  changedAt: instantSchema,
  /** A worker of it is not confirmed by the platform yet. */
  waitsForWorker: z.boolean(),
  error: errorSchema.optional(),
  platformText: z.string().optional(),
});
export type ReportSummary = z.infer<typeof reportSummarySchema>;
