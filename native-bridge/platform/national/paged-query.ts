import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import type { Dialect } from './dialect.ts';
import { unwrapJson } from '../driver/lenient-json.ts';
import type { OpenApiClient } from './open-api-client.ts';

export interface PagedQuery {
  readonly method: string;
  readonly filter: Readonly<Record<string, string | number>>;
}

const rowsSchema = z
  .union([z.array(z.unknown()), z.object({ rows: z.array(z.unknown()).nullish() })])
  .nullish()
  .transform((data) => (Array.isArray(data) ? data : (data?.rows ?? [])));

/**
 * The first defined value that `pick` gives for a row; pages are fetched until then or until the last one.
 * Throws `platform.bad-answer` when the pages do not end: "not there" must never be said by mistake, it makes the
 * station send again.
 */
export async function firstInPages<T>(
  client: Pick<OpenApiClient, 'ask'>,
  query: PagedQuery,
  { queryPageSize, queryPages }: Dialect['limits'],
  pick: (row: unknown) => T | undefined,
): Promise<T | undefined> {
  let before: readonly unknown[] | undefined;
  for (let pageIndex = 0; pageIndex < queryPages; pageIndex += 1) {
    const data = { pageIndex, pageSize: queryPageSize, ...query.filter };
    const rows = rowsOf(await client.ask(query.method, data));
    const found = rows.map(pick).find((value) => value !== undefined);
    if (found !== undefined || isLastPage(rows, before, queryPageSize)) return found;
    before = rows;
  }
  throw new StationError('platform.bad-answer', `${query.method} does not come to an end`);
}

/** Every row of all pages, each once. Throws like `firstInPages`. */
export async function allInPages(
  client: Pick<OpenApiClient, 'ask'>,
  query: PagedQuery,
  limits: Dialect['limits'],
): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  await firstInPages(client, query, limits, (row) => {
    // A platform that gives its last page again gives rows that are there already.
    if (!rows.some((known) => isDeepStrictEqual(known, row))) rows.push(row);
    return undefined;
  });
  return rows;
}

/**
 * A short page is not the end by itself, since a platform may allow smaller pages than we ask for. It is when it comes
 * again, from a platform that ignores the index or gives its last page for every later one.
 */
function isLastPage(rows: readonly unknown[], before: readonly unknown[] | undefined, pageSize: number): boolean {
  return rows.length === 0 || (rows.length < pageSize && isDeepStrictEqual(rows, before));
}

function rowsOf(data: unknown): readonly unknown[] {
  const parsed = rowsSchema.safeParse(data);
  if (!parsed.success) throw new StationError('platform.bad-answer', 'a query answer without rows');
  return parsed.data.map(unwrapJson);
}
