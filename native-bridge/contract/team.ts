import { z } from 'zod';
import { dateSchema, errorSchema, lineSchema } from './basic.ts';
import { teamSchema, workerFieldsSchema } from './enrolment.ts';
import { attachmentSchema } from './report.ts';

/** What a person says about a team. The widths are those of the national interface. */
export const teamDetailsSchema = z.object({
  teamName: lineSchema.min(1).max(100),
  corpCode: lineSchema.min(1).max(18),
  corpName: lineSchema.min(1).max(200),
  workType: workerFieldsSchema.shape.workType,
  leaderName: lineSchema.min(1).max(50).optional(),
  leaderPhone: z
    .string()
    .regex(/^[\d+\- ]{5,20}$/)
    .optional(),
  remark: lineSchema.min(1).max(200).optional(),
});
export type TeamDetails = z.infer<typeof teamDetailsSchema>;

/**
 * `local`: the platform does not know the team. `waiting`: is to go up, or is being processed there. `sent` and `adopted`:
 * the platform has it, by our upload or from before. `changed`: has it, and what changed here since is on its way.
 * `refused`: the platform's word wants a person.
 */
export const teamStateSchema = z.enum(['local', 'waiting', 'sent', 'adopted', 'changed', 'refused']);
export type TeamState = z.infer<typeof teamStateSchema>;

export const teamSideSchema = z.enum(['entry', 'exit']);
export type TeamSide = z.infer<typeof teamSideSchema>;

/** A team with everything that the Teams screen shows. */
export const teamEntrySchema = teamSchema.extend({
  ...teamDetailsSchema.pick({ leaderName: true, leaderPhone: true, remark: true }).shape,
  enteredOn: dateSchema.optional(),
  leftOn: dateSchema.optional(),
  state: teamStateSchema,
  /** People whose newest record is in this team. */
  workers: z.int(),
  error: errorSchema.optional(),
  platformText: z.string().optional(),
});
export type TeamEntry = z.infer<typeof teamEntrySchema>;

/** The day on which a team came or left, with the papers that the interface asks for. */
export const teamPassageSchema = z.object({
  side: teamSideSchema,
  date: dateSchema,
  attachments: z.array(attachmentSchema).min(1).max(5),
});
export type TeamPassage = z.infer<typeof teamPassageSchema>;

/** Words of a team in which the platform and the station may differ. */
export const teamDifferenceSchema = z.enum(['teamName', 'teamSysNo', 'leaderName', 'leaderPhone', 'remark', 'leftOn']);
export type TeamDifference = z.infer<typeof teamDifferenceSchema>;

/** A team as the platform lists it. */
export const heldTeamSchema = z.object({
  teamName: z.string(),
  corpCode: z.string().optional(),
  corpName: z.string().optional(),
  teamSysNo: z.int().optional(),
  leaderName: z.string().optional(),
  leaderPhone: z.string().optional(),
  remark: z.string().optional(),
  leftOn: z.string().optional(),
});
export type HeldTeam = z.infer<typeof heldTeamSchema>;

/** One team in a comparison with the platform: `key` names it when it is taken over. */
export const comparedTeamSchema = z.object({
  key: z.string(),
  kind: z.enum(['new', 'changed', 'same', 'only-here']),
  teamName: z.string(),
  held: heldTeamSchema.optional(),
  here: teamEntrySchema.optional(),
  differences: z.array(teamDifferenceSchema),
});
export type ComparedTeam = z.infer<typeof comparedTeamSchema>;

/** What the connected platform offers of what the Teams screen does. */
export const teamOffersSchema = z.object({
  /** Teams have numbers there; otherwise they are known by their names only. */
  numbers: z.boolean(),
  upload: z.boolean(),
  /** Leader, note, days of coming and leaving. */
  details: z.boolean(),
  /** `members`: only teams that somebody is registered in can be seen. */
  list: z.enum(['all', 'members', 'none']),
  reports: z.boolean(),
  companies: z.boolean(),
});
export type TeamOffers = z.infer<typeof teamOffersSchema>;
