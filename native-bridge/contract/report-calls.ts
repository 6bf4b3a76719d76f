import { z } from 'zod';
import { dateSchema, emptySchema, idSchema } from './basic.ts';
import { call } from './call.ts';
import { contractReportSchema, reportSummarySchema, trainingReportSchema } from './report.ts';

/** Sealed records that stand for their workers. */
const workersSchema = z.array(idSchema).min(1).max(500);

/**
 * Calls about what is reported of enrolled workers: they name workers by a record, and the station finds the number. What
 * the platform would refuse is `report.refused-here`, with `field:reason` of each fault in the detail.
 */
export const reportCalls = {
  /** Newest first; with a record only those about its worker. */
  'report.list': call(
    z.object({ recordId: idSchema.optional(), limit: z.int().min(1).max(200) }),
    z.object({ reports: z.array(reportSummarySchema) }),
  ),
  /** One report for each worker; a worker without a team is `enrolment.team-required`. */
  'report.add-passages': call(
    z.object({ recordIds: workersSchema, date: dateSchema, type: z.literal([0, 1]) }),
    z.object({ ids: z.array(idSchema) }),
  ),
  'report.add-contract': call(
    contractReportSchema.omit({ kind: true, teamId: true, person: true }).extend({ recordId: idSchema }),
    z.object({ id: idSchema }),
  ),
  'report.add-training': call(
    trainingReportSchema.omit({ kind: true, projectCode: true, trainees: true }).extend({
      trainees: z
        .array(trainingReportSchema.shape.trainees.element.omit({ person: true }).extend({ recordId: idSchema }))
        .min(1)
        .max(500),
    }),
    z.object({ id: idSchema }),
  ),
  /** Takes a report back that the platform refused or never had. */
  'report.withdraw': call(z.object({ id: idSchema }), emptySchema),
  'report.retry': call(z.object({ id: idSchema }), emptySchema),
} as const;
