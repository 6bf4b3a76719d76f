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

/** Rows between two times that somebody is told how many are written. */
const tellEveryRows = 250;

/**
 * The library takes all rows at once and tells nobody how far it is; it does ask for every cell when it writes it. So the
 * first cell of some rows notes that everything before its row is written.
 */
function notingRow(row: readonly (string | number)[], note: () => void) {
  const [first = '', ...rest] = row;
  const cell = cellOf(first);
  let isNoted = false;
  const noting = {
    ...cell,
    get value() {
      if (!isNoted) note();
      isNoted = true;
      return cell.value;
    },
  };
  return [noting as typeof cell, ...rest.map(cellOf)];
}

/** The bytes of an .xlsx file. The first row stays in view. `onWritten` hears how many rows of all sheets are written. */
export async function sheetBytes(
  sheets: readonly Sheet[],
  onWritten: (rows: number) => void = () => undefined,
): Promise<Uint8Array> {
  let before = 0;
  const dataOf = ({ columns, rows }: Sheet) => {
    const first = before;
    before += rows.length;
    const body = rows.map((row, index) =>
      index % tellEveryRows === 0 && index > 0 ? notingRow(row, () => onWritten(first + index)) : row.map(cellOf),
    );
    return [columns.map(({ title }) => headCell(title)), ...body];
  };
  const written = writeSheets(
    sheets.map((sheet) => ({
      sheet: sheet.name,
      columns: sheet.columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      data: dataOf(sheet),
    })),
  );
  onWritten(before);
  return new Uint8Array(await written.toBuffer());
}
