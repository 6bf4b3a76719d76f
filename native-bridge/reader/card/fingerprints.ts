import { StationError } from '../../contract/errors.ts';
import type { Fingerprint } from '../../contract/card.ts';

/** One record of GA 1012; a card has none, one or two of them. */
const recordBytes = 512;
const mostRecords = 2;

/** First byte of a record that is there: `C`. */
const recordMark = 0x43;
const registrationAt = 4;
const positionAt = 5;

const registrations: ReadonlyMap<number | undefined, Fingerprint['registration']> = new Map([
  [1, 'registered'],
  [2, 'failed'],
  [3, 'not-registered'],
]);

/**
 * Which fingers the card has records of, and whether they were registered. The templates themselves are not kept: nobody
 * here may use them. `block` has 0, 512 or 1024 bytes; any other length is refused with `card.length-wrong`.
 */
export function readFingerprints(block: Uint8Array): readonly Fingerprint[] {
  const count = block.length / recordBytes;
  if (!Number.isInteger(count) || count > mostRecords) throw new StationError('card.length-wrong');
  const records = Array.from({ length: count }, (_, index) => block.subarray(index * recordBytes));
  return records
    .filter(([mark]) => mark === recordMark)
    .map((record) => ({
      position: record[positionAt] ?? 0,
      registration: registrations.get(record[registrationAt]) ?? 'unknown',
    }));
}
