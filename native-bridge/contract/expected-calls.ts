import { z } from 'zod';
import { bytesUpTo, emptySchema, idSchema } from './basic.ts';
import { call } from './call.ts';
import { expectedWorkerSchema, listingSchema, wholeTeamSchema } from './expected.ts';
import { largestWorkbook, readListSchema, workbookStateSchema, workbookSchema } from './sheet.ts';

const readingSchema = z.object({ file: bytesUpTo(largestWorkbook) });
const takenSchema = z.object({ taken: z.int() });

/** Lists of expected workers and of teams from a spreadsheet, and whole-team mode. */
export const expectedCalls = {
  /** The chosen team's list; `listing` only with a card in work while the team has a list. */
  'expected.view': call(
    emptySchema,
    z.object({
      mode: wholeTeamSchema,
      workers: z.array(expectedWorkerSchema),
      came: z.int(),
      listing: listingSchema.optional(),
    }),
  ),
  'expected.set-mode': call(wholeTeamSchema, emptySchema),
  'expected.template': call(emptySchema, workbookSchema),
  /** Reads a list for the chosen team; rows may name another one. Errors `enrolment.team-required`, `workbook.*`. */
  'expected.read': call(readingSchema, readListSchema),
  /** The good rows of the last reading; `store.not-found` when another one has taken its place. */
  'expected.take': call(z.object({ id: idSchema }), takenSchema),
  /** Whether the record of the same name is the person expected. */
  'expected.settle': call(z.object({ id: idSchema, samePerson: z.boolean() }), emptySchema),
  /** Takes one off the list, or with no id the chosen team's whole list. */
  'expected.remove': call(z.object({ id: idSchema.optional() }), emptySchema),
  /** Those who have not come, in the template's form. */
  'expected.export': call(emptySchema, workbookSchema),

  'team.template': call(emptySchema, workbookSchema),
  'team.read-list': call(readingSchema, readListSchema),
  'team.take-list': call(z.object({ id: idSchema }), takenSchema),

  /** For a page that loads anew: what it asked for is over with it, the work goes on until it is done or ended. */
  'workbook.state': call(emptySchema, workbookStateSchema),
  /** Ends whatever is being read or written; its call is refused with `workbook.cancelled`. */
  'workbook.cancel': call(emptySchema, emptySchema),
} as const;

export const expectedEvents = {
  /** The list, the mode or what it says of the card is to be asked for anew. */
  'expected.changed': emptySchema,
  'workbook.changed': workbookStateSchema,
} as const;
