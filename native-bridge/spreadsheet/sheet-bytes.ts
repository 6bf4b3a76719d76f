import writeSheets from 'write-excel-file/node';
import type { Sheet } from './workbook-job.ts';

const headCell = (title: string) => ({
  value: title,
  type: String,
  fontWeight: 'bold' as const,
  backgroundColor: '#E8F0FD',
  wrap: true,
});

/** Text keeps the format of text, so that a cell which is opened for writing does not turn into a formula or an amount. */
const cellOf = (value: string | number) =>
  typeof value === 'number' ? { value, type: Number } : { value, type: String, format: '@' };

/** The bytes of an .xlsx file. The first row stays in view. */
export async function sheetBytes(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const written = writeSheets(
    sheets.map(({ name, columns, rows }) => ({
      sheet: name,
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      data: [columns.map(({ title }) => headCell(title)), ...rows.map((row) => row.map(cellOf))],
    })),
  );
  return new Uint8Array(await written.toBuffer());
}
