import { type Sheet, writeWorkbook } from '../spreadsheet/workbook-job.ts';
import type { WorkbookSubject } from '../contract/sheet.ts';
import type { WorkbookDesk, WorkbookRun } from './workbook-desk.ts';

/** Writes the sheets within a run that has got them together: says how many rows are written, then that they are packed. */
export function writeWithin({ signal, at }: WorkbookRun, sheets: readonly Sheet[]): Promise<Uint8Array> {
  const total = sheets.reduce((sum, { rows }) => sum + rows.length, 0);
  at('writing', { done: 0, total });
  return writeWorkbook(sheets, {
    signal,
    onWritten: (done) => (done < total ? at('writing', { done, total }) : at('packing')),
  });
}

/** The bytes of an .xlsx file of sheets that are there already. */
export const writtenWorkbook = (
  workbooks: WorkbookDesk,
  subject: WorkbookSubject,
  sheets: readonly Sheet[],
): Promise<Uint8Array> => workbooks.run({ subject, steps: ['writing', 'packing'] }, (run) => writeWithin(run, sheets));
