import { z } from 'zod';
import { dateSchema } from './basic.ts';
import { call } from './call.ts';
import { checkNameSchema } from './capture.ts';
import { workerSearchSchema } from './worker-calls.ts';
import { workbookSchema } from './sheet.ts';

/** Why a picture was taken anew: the first check that the file did not meet, else the comparison, else the operator's eye. */
export const retakeReasonSchema = z.enum([
  ...checkNameSchema.options,
  'compared-no-match',
  'compared-review',
  'operator',
]);
export type RetakeReason = z.infer<typeof retakeReasonSchema>;

/** Figures of one day, or of all days of a range together. */
export const figuresSchema = z.object({
  enrolled: z.int(),
  /** Enrolments whose first picture was kept. */
  firstShot: z.int(),
  /** Whole seconds from the first reading of the card to the seal; absent without an enrolment. An hour stands for more. */
  seconds: z.object({ median: z.number(), p90: z.number() }).optional(),
  /** Comparisons made, also of enrolments that were given up. */
  compared: z.int(),
  grey: z.int(),
  refused: z.int(),
  notCompared: z.int(),
  retakes: z.array(z.object({ reason: retakeReasonSchema, count: z.int() })),
  /** Enrolments given up. */
  discarded: z.int(),
  /** Sealed on the day and not with the platform now. */
  unsent: z.int(),
});
export type Figures = z.infer<typeof figuresSchema>;

export const statisticsQuerySchema = z
  .object({
    from: dateSchema,
    to: dateSchema,
    teamName: z.string().max(100).optional(),
    operator: z.string().max(100).optional(),
  })
  .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) < 366 * 86_400_000);
export type StatisticsQuery = z.infer<typeof statisticsQuerySchema>;

export const statisticsSchema = z.object({
  /** Every day of the range, also those on which nothing was done. */
  days: z.array(figuresSchema.extend({ day: dateSchema })),
  total: figuresSchema,
  /** What can be chosen from, in this range. */
  teamNames: z.array(z.string()),
  operators: z.array(z.string()),
});
export type Statistics = z.infer<typeof statisticsSchema>;

export const statisticsCalls = {
  'statistics.days': call(statisticsQuerySchema, statisticsSchema),
  'statistics.export': call(statisticsQuerySchema, workbookSchema),
  /** Workers that fit a search, with their whole numbers; more than `mostExportedWorkers` is `workbook.too-large`. */
  'worker.export': call(workerSearchSchema.pick({ text: true, teamName: true, state: true }), workbookSchema),
} as const;
