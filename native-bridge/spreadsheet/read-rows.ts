import { readSheet } from 'read-excel-file/node';
import { StationError } from '../contract/errors.ts';
import { boundedArchive } from './bounded-archive.ts';

/** No cell of a list of people is longer; one that is stays long enough to be told so. */
const longestCell = 500;

/** A cell as a person reads it. A day has no time zone: it is written as the sheet shows it. */
function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  return typeof cell === 'string' ? cell.slice(0, longestCell).trim() : '';
}

/** The first sheet's rows. Amounts keep the form that the file has them in, so that none loses digits. */
export async function readRows(file: Uint8Array, mostRows: number): Promise<string[][]> {
  const archive = boundedArchive(file);
  try {
    const rows = await readSheet(archive, { parseNumber: (text: string) => text });
    if (rows.length > mostRows) throw new StationError('workbook.too-large', 'rows');
    return rows.map((row) => row.map(textOf));
  } catch (cause) {
    if (cause instanceof StationError) throw cause;
    throw new StationError('workbook.unreadable', 'parser', { cause });
  }
}
