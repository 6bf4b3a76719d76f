import { z } from 'zod';
import { errorCodeSchema } from '../../contract/basic.ts';
import { StationError } from '../../contract/errors.ts';

export const codeEntrySchema = z.strictObject({
  code: z.string().regex(/^-?\d+$/),
  zh: z.string().min(1),
  en: z.string().min(1).optional(),
  /** First letters of the pinyin, for finding an entry by keyboard. */
  initials: z.string().optional(),
});
export type CodeEntry = z.infer<typeof codeEntrySchema>;

/** What a result code says: the request was accepted, its content was refused, or there is trouble of a known kind. */
export const resultMeaningSchema = z.union([z.literal('accepted'), z.literal('refused'), errorCodeSchema]);
export type ResultMeaning = z.infer<typeof resultMeaningSchema>;

const distinct = (entries: readonly { readonly code: string }[]) =>
  new Set(entries.map(({ code }) => code)).size === entries.length;

const tableOf = <E extends z.ZodType<{ readonly code: string }>>(entrySchema: E) =>
  z.strictObject({
    title: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
    version: z.string().min(1),
    source: z.string().min(1),
    entries: z.array(entrySchema).min(1).refine(distinct),
  });

export const codeTableFileSchema = tableOf(codeEntrySchema);
export type CodeTableFile = z.infer<typeof codeTableFileSchema>;
export const resultTableFileSchema = tableOf(codeEntrySchema.extend({ means: resultMeaningSchema }));

/** What a platform has otherwise than the data standard: codes of its own, or fewer. */
export const codeOverrideSchema = z.strictObject({
  /** The platform takes these codes of the table and no others. */
  only: z.array(z.string()).optional(),
  /** Codes of the platform's own; one that the table has already gets the platform's name. */
  add: z.array(codeEntrySchema).optional(),
  remove: z.array(z.string()).optional(),
});
export type CodeOverride = z.infer<typeof codeOverrideSchema>;

/** The table with a platform's peculiarities in it. */
export function withOverride(entries: readonly CodeEntry[], override: CodeOverride): readonly CodeEntry[] {
  const { only, add = [], remove = [] } = override;
  const own = new Map(add.map((entry) => [entry.code, entry]));
  const kept = entries.filter(({ code }) => !remove.includes(code) && (only === undefined || only.includes(code)));
  return [...kept.filter(({ code }) => !own.has(code)), ...own.values()];
}

/** The name of a code; one outside the table stays visible as it is. */
export const nameOf = (entries: readonly CodeEntry[], code: string): string =>
  entries.find((entry) => entry.code === code)?.zh ?? code;

/** A table file of the station itself. Throws `internal` for one that is not well formed. */
export function readCodeTable(value: unknown): readonly CodeEntry[] {
  const parsed = codeTableFileSchema.safeParse(value);
  if (parsed.success) return parsed.data.entries;
  throw new StationError('internal', 'code table');
}

/** The meanings of a platform's result codes. Throws like `readCodeTable`. */
export function readResultTable(value: unknown): ReadonlyMap<string, ResultMeaning> {
  const parsed = resultTableFileSchema.safeParse(value);
  if (!parsed.success) throw new StationError('internal', 'table of result codes');
  return new Map(parsed.data.entries.map(({ code, means }) => [code, means]));
}
