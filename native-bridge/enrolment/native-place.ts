import { z } from 'zod';
import type { NativePlace } from '../contract/card.ts';

const yearSchema = z.int().min(1900).max(2999).optional();

/**
 * A name that a code had. `from` and `to` are the first and the last year in which a source shows it in use; `to` is
 * left out while it still is. `notBefore` and `notAfter` bound what lies between two lists: outside of them the name
 * was certainly not in use, before `notBefore` at least since `absentFrom`: codes have been given out twice. Every year is left out where no source tells; a name without any year is an old one.
 */
export const divisionNameSchema = z.object({
  name: z.string().min(1),
  from: yearSchema,
  to: yearSchema,
  notBefore: yearSchema,
  notAfter: yearSchema,
  absentFrom: yearSchema,
});
export type DivisionName = z.infer<typeof divisionNameSchema>;

/** A six-digit code: its names from the oldest to the newest, and whether it is in use today. */
export const divisionSchema = z.object({ current: z.boolean(), names: z.array(divisionNameSchema).min(1) });
export type Division = z.infer<typeof divisionSchema>;

export const divisionTableSchema = z.record(z.string().regex(/^\d{6}$/), divisionSchema);
export type DivisionTable = z.infer<typeof divisionTableSchema>;

/** The table as a file; `newest` says of which day its newest list is. */
export const divisionFileSchema = z.object({ newest: z.iso.date(), divisions: divisionTableSchema });
export type DivisionFile = z.infer<typeof divisionFileSchema>;

/** Whether a name is one of which nobody says when it was in use. */
export const isUndated = ({ from, to }: DivisionName) => from === undefined && to === undefined;

/** Rows that only hold a place in the code's order: 市辖区, 县, and 省直辖县级行政区划 in its many spellings. */
const isFiller = (name: string) => name === '市辖区' || name === '县' || name === '市' || name.includes('直辖');

/** How many years lie between a year and the years in which a name was in use. */
function yearsAway(name: DivisionName, year: number): number {
  const { from, to } = name;
  if (isUndated(name)) return Number.MAX_SAFE_INTEGER;
  return Math.max(0, (from ?? to ?? year) - year, year - (to ?? year));
}

/** A name without years is older than every list, so it is nearest to a year before all of them. */
function nearest(names: readonly DivisionName[], year: number): DivisionName | undefined {
  const undated = names.find(isUndated);
  const isBeforeLists = names.every((name) => isUndated(name) || year < (name.from ?? 0));
  if (undated !== undefined && isBeforeLists) return undated;
  return names.toSorted((a, b) => yearsAway(a, year) - yearsAway(b, year) || names.indexOf(b) - names.indexOf(a))[0];
}

/** The name of a code in a year; without a year, the newest. */
export function nameIn(division: Division | undefined, year: number | undefined): string | undefined {
  if (division === undefined) return undefined;
  return (year === undefined ? division.names.at(-1) : nearest(division.names, year))?.name;
}

function usedUnderName(name: DivisionName, year: number): boolean | undefined {
  const { from, to, notBefore, notAfter, absentFrom } = name;
  if (from !== undefined && from <= year && year <= (to ?? year)) return true;
  const isTooEarly = notBefore !== undefined && year < notBefore && year >= (absentFrom ?? year);
  return isTooEarly || (notAfter !== undefined && year > notAfter) ? false : undefined;
}

/** Whether a code was in use in a year, as far as the sources tell. */
export function usedIn(division: Division, year: number): boolean | undefined {
  const answers = division.names.map((name) => usedUnderName(name, year));
  if (answers.includes(true)) return true;
  return answers.every((answer) => answer === false) ? false : undefined;
}

const levels = ['province', 'prefecture', 'county'] as const;
type Row = readonly [level: (typeof levels)[number], code: string];

/** The codes of a place and of what it belongs to, from the province down. */
function rowsOf(code: string): readonly Row[] {
  const codes = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code];
  return levels.flatMap((level, index) => {
    const at = codes[index] ?? code;
    return at === codes[index - 1] ? [] : [[level, at] as const];
  });
}

/**
 * The native place that the first six digits of a number name, under the names of the holder's year of birth, else of
 * the nearest year known. Codes that are no longer in use are known too; where a county is not in the table its
 * prefecture is named, else its province.
 */
export function nativePlace(code: string, birthYear: number | undefined, table: DivisionTable): NativePlace {
  const named = rowsOf(code).flatMap(([level, at]) => {
    const name = nameIn(table[at], birthYear);
    return name === undefined || isFiller(name) ? [] : [{ level, name }];
  });
  const own = table[code];
  const used = own && birthYear !== undefined ? usedIn(own, birthYear) : undefined;
  return {
    code,
    level: named.at(-1)?.level ?? 'unknown',
    name: [...new Set(named.map(({ name }) => name))].join(''),
    abolished: own?.current === false,
    ...(used !== undefined && { usedAtBirth: used }),
  };
}
