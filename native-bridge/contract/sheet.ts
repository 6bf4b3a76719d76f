import { z } from 'zod';
import { bytesSchema } from './basic.ts';

/** A workbook made here, with the name under which it is offered. */
export const workbookSchema = z.object({ fileName: z.string(), bytes: bytesSchema });
export type WorkbookFile = z.infer<typeof workbookSchema>;

/** A list of ten thousand people has less than 1 MB. */
export const largestWorkbook = 5_000_000;

/** People or teams in one list; more is another kind of file. */
export const mostListRows = 5_000;

/** What is wrong with one cell. The cell itself is not repeated but where the page shows the list it came from. */
export const cellProblemSchema = z.enum([
  'missing',
  'too-long',
  'number-form',
  'number-check',
  'number-as-amount',
  'phone',
  'bank-card',
  'code',
  'date',
  'team',
  'twice',
  'form',
]);
export type CellProblem = z.infer<typeof cellProblemSchema>;

/** A column of the lists that are read here. */
export const listColumnSchema = z.enum([
  'name',
  'number',
  'team',
  'trade',
  'phone',
  'education',
  'politics',
  'bankCard',
  'bankName',
  'entryDate',
  'leader',
  'corpCode',
  'corpName',
  'leaderName',
  'leaderPhone',
  'remark',
]);
export type ListColumn = z.infer<typeof listColumnSchema>;

/** One row of a list that was read: `new` can be taken, `known` is there already, `wrong` has a problem. */
export const readRowSchema = z.object({
  /** As the spreadsheet program counts it, the heading being 1. */
  row: z.int().min(1),
  name: z.string(),
  maskedNumber: z.string().optional(),
  state: z.enum(['new', 'known', 'wrong']),
  problems: z.array(z.object({ column: listColumnSchema, problem: cellProblemSchema })),
});
export type ReadRow = z.infer<typeof readRowSchema>;

/** What a list holds, row by row; nothing is taken over yet. */
export const readListSchema = z.object({
  /** Names this reading when its good rows are taken. */
  id: z.uuid(),
  rows: z.array(readRowSchema),
  /** Columns that the file does not have; only ones that may be absent. */
  absent: z.array(listColumnSchema),
});
export type ReadList = z.infer<typeof readListSchema>;

/**
 * What is done with a spreadsheet, in this order: a list is opened and its rows are checked; for an export the rows are
 * gathered, written and packed. Opening and packing cannot say how far they are.
 */
export const workbookStepSchema = z.enum(['opening', 'checking', 'gathering', 'writing', 'packing']);
export type WorkbookStep = z.infer<typeof workbookStepSchema>;

/** What a spreadsheet is about, and so which screen asked for the work on it. */
export const workbookSubjectSchema = z.enum(['expected', 'teams', 'workers', 'statistics']);
export type WorkbookSubject = z.infer<typeof workbookSubjectSchema>;

/** How far the work on a spreadsheet is; told of work alone that takes longer than a moment. */
export const workbookProgressSchema = z.object({
  subject: workbookSubjectSchema,
  /** Whole seconds since it was begun. */
  seconds: z.int().min(0),
  /** Of the file that is read. */
  fileBytes: z.int().min(0).optional(),
  step: workbookStepSchema,
  /** From 1, of so many. */
  number: z.int().min(1),
  steps: z.int().min(1),
  rows: z.object({ done: z.int(), total: z.int(), perSecond: z.number().min(0) }).optional(),
});
export type WorkbookProgress = z.infer<typeof workbookProgressSchema>;

/** The work under way; without one there is none that takes longer than a moment. */
export const workbookStateSchema = z.object({ progress: workbookProgressSchema.optional() });
export type WorkbookState = z.infer<typeof workbookStateSchema>;
