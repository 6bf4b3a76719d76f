import { expect, test } from 'vitest';
import { DialectShelf } from './dialect-shelf.ts';
import { expectedForm, understandList } from './list-reading.ts';
import { peopleCodesOf } from './people-codes.ts';
import type { RowCount, WorkbookRun } from './workbook-desk.ts';

const codes = peopleCodesOf({ dialects: new DialectShelf(), connection: undefined });
const list = [['姓名'], ...Array.from({ length: 500 }, (_, row) => [`样${row}`])];

/** A run that notes what it is told, and is ended once so many rows are done. */
function run(endAt = Infinity) {
  const stop = new AbortController();
  const told: RowCount[] = [];
  const at: WorkbookRun['at'] = (_step, rows) => {
    if (rows === undefined) return;
    told.push(rows);
    if (rows.done >= endAt) stop.abort();
  };
  return { told, given: { signal: stop.signal, at } };
}

test('a list says how many of its rows are checked', async () => {
  const { told, given } = run();
  const { rows } = await understandList(list, expectedForm, codes, given);
  expect(rows).toHaveLength(500);
  expect(told).toEqual([0, 200, 400].map((done) => ({ done, total: 501 })));
});

test('a list that is given up is checked no further', async () => {
  const { told, given } = run(200);
  await expect(understandList(list, expectedForm, codes, given)).rejects.toThrow();
  expect(told.map(({ done }) => done)).toEqual([0, 200]);
});
