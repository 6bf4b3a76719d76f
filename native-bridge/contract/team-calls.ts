import { z } from 'zod';
import { bytesUpTo, dateSchema, emptySchema, idSchema, lineSchema } from './basic.ts';
import { call } from './call.ts';
import { teamSchema, workerFieldsSchema } from './enrolment.ts';
import { attachmentSchema } from './report.ts';
import { comparedTeamSchema, teamDetailsSchema, teamEntrySchema, teamOffersSchema, teamPassageSchema } from './team.ts';

const teamIdSchema = z.object({ id: idSchema });

/** A company that takes part in the project (参建单位). */
export const companySchema = z.object({
  corpCode: lineSchema.min(1).max(18),
  corpName: lineSchema.min(1).max(200),
});
export type Company = z.infer<typeof companySchema>;

/** A photo straight from a phone has up to 15 MB. */
export const largestChosenFile = 30_000_000;

/** Calls about teams, their companies, and the papers that go with what is reported. */
export const teamCalls = {
  'team.list': call(emptySchema, z.object({ teams: z.array(teamSchema) })),
  'team.add': call(
    z.object({ teamName: lineSchema.min(1).max(100), workType: workerFieldsSchema.shape.workType }),
    teamSchema,
  ),
  'team.choose': call(teamIdSchema, teamSchema),

  /** Everything of the project's teams, and what its platform offers for them. */
  'team.overview': call(
    emptySchema,
    z.object({ teams: z.array(teamEntrySchema), offers: teamOffersSchema, companies: z.array(companySchema) }),
  ),
  /** The same name at the same company is `team.name-taken`. */
  'team.create': call(teamDetailsSchema, teamEntrySchema),
  'team.change': call(teamDetailsSchema.extend({ id: idSchema }), teamEntrySchema),
  /** Also after a refusal. */
  'team.upload': call(teamIdSchema, teamEntrySchema),
  'team.set-passage': call(teamPassageSchema.extend({ id: idSchema }), teamEntrySchema),
  /** Asks the platform; nothing is taken over yet. */
  'team.compare': call(emptySchema, z.object({ teams: z.array(comparedTeamSchema) })),
  /** Of the last comparison, by its keys. */
  'team.take-over': call(
    z.object({ keys: z.array(z.string().max(400)).min(1).max(1000) }),
    z.object({ teams: z.array(teamEntrySchema) }),
  ),

  /** Companies of the project as the platform lists them; they can be chosen from then on. */
  'company.list': call(emptySchema, z.object({ companies: z.array(companySchema) })),
  /**
   * Enters a company as taking part. The answer is the platform's: `waiting` where it has none after a while. Faults of
   * form are `report.refused-here`.
   */
  'company.add': call(
    companySchema.extend({
      corpType: z.string().regex(/^\d{3}$/),
      /** Division and day of registration: a company that the platform does not know at all is uploaded with them first. */
      registered: z.object({ areaCode: z.string().regex(/^[1-9]\d{5}$/), registerDate: dateSchema }).optional(),
    }),
    z.object({ state: z.enum(['done', 'already-present', 'waiting', 'refused']), text: z.string().optional() }),
  ),

  /**
   * A chosen file as the platform takes it: a picture is made a JPEG file anew, a PDF stays as it is. Throws
   * `attachment.unreadable` and `attachment.too-large`.
   */
  'attachment.prepare': call(
    z.object({ name: lineSchema.min(1).max(200), bytes: bytesUpTo(largestChosenFile) }),
    attachmentSchema,
  ),
} as const;

export const teamEvents = {
  /** Teams are to be asked for anew. */
  'teams.changed': emptySchema,
  'reports.changed': emptySchema,
} as const;
