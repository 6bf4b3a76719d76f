import { StationError } from '../../../native-bridge/contract/errors.ts';
import { maximumTableText } from '../../../native-bridge/contract/station.ts';

/** Chinese spreadsheets save text in GB 18030 unless told otherwise; what is not UTF-8 is read as that. */
export function decodeTable(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** The text of a chosen file. Throws `tables.too-large` for one that no code table can be. */
export async function readTableFile(file: Blob): Promise<string> {
  if (file.size > maximumTableText) throw new StationError('tables.too-large');
  const text = decodeTable(new Uint8Array(await file.arrayBuffer()));
  // A Chinese character takes two bytes in GB 18030 and three on the way to the station.
  if (new TextEncoder().encode(text).length > maximumTableText) throw new StationError('tables.too-large');
  return text;
}
