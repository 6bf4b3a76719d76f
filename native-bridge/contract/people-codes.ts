import { z } from 'zod';
import { emptySchema } from './basic.ts';
import { call } from './call.ts';

const entrySchema = z.object({
  code: z.string(),
  zh: z.string(),
  en: z.string(),
  /** First letters of the pinyin, for finding an entry by keyboard. */
  initials: z.string(),
});

const tableSchema = z.array(entrySchema);

/** The tables that a worker's fields are chosen from. */
export const peopleCodesSchema = z.object({
  workType: tableSchema,
  cultureLevelType: tableSchema,
  politicsType: tableSchema,
});
export type PeopleCodes = z.infer<typeof peopleCodesSchema>;

export const peopleCodeCalls = {
  /** As the connected platform has them: the data standard's with its dialect's overrides and additions. */
  'codes.people': call(emptySchema, peopleCodesSchema),
} as const;
