import { z } from 'zod';
import type { NativePlace } from '../contract/card.ts';

/** Division code → name and whether the code is still in use. */
export const divisionTableSchema = z.record(z.string(), z.tuple([z.string(), z.union([z.literal(0), z.literal(1)])]));
export type DivisionTable = z.infer<typeof divisionTableSchema>;

/** Names of a prefecture's own row that say nothing to a reader. */
const fillers = new Set(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划']);

/**
 * The native place that the first six digits of a number name. Codes that are no longer in use are known too; where a
 * county is not in the table its prefecture is named, else its province.
 */
export function nativePlace(code: string, table: DivisionTable): NativePlace {
  const at = (key: string) => table[key]?.[0];
  const province = at(`${code.slice(0, 2)}0000`);
  const prefecture = at(`${code.slice(0, 4)}00`);
  const county = code.endsWith('00') ? undefined : at(code);
  const level = county ? 'county' : prefecture ? 'prefecture' : province ? 'province' : 'unknown';
  const names = [province, prefecture, county].filter((name) => name !== undefined && !fillers.has(name));
  return { code, level, name: [...new Set(names)].join(''), abolished: county !== undefined && table[code]?.[1] === 0 };
}
