/**
 * Frames of the module's terminal interface written out by hand from the published descriptions of GA 467 (SAM_V and
 * SAM_A interface notes), preamble and check byte included. Not made by the code under test.
 */
export const GOLDEN_REQUESTS = {
  reset: 'AA AA AA 96 69 00 03 10 FF EC',
  status: 'AA AA AA 96 69 00 03 11 FF ED',
  samNumber: 'AA AA AA 96 69 00 03 12 FF EE',
  find: 'AA AA AA 96 69 00 03 20 01 22',
  select: 'AA AA AA 96 69 00 03 20 02 21',
  readTextPhoto: 'AA AA AA 96 69 00 03 30 01 32',
  readNewestAddress: 'AA AA AA 96 69 00 03 30 03 30',
  readBodyNumber: 'AA AA AA 96 69 00 03 30 05 36',
  readFingerprint: 'AA AA AA 96 69 00 03 30 10 23',
  setLineSpeed: 'AA AA AA 96 69 00 03 60 00 63',
  setRadioFrame: 'AA AA AA 96 69 00 04 61 FF 50 CA',
} as const;

export const GOLDEN_ANSWERS = {
  done: 'AA AA AA 96 69 00 04 00 00 90 94',
  found: 'AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97',
  selected: 'AA AA AA 96 69 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C',
  badChecksum: 'AA AA AA 96 69 00 04 00 00 10 14',
  badLength: 'AA AA AA 96 69 00 04 00 00 11 15',
  wrongCommand: 'AA AA AA 96 69 00 04 00 00 21 25',
  notPermitted: 'AA AA AA 96 69 00 04 00 00 23 27',
  readingFailed: 'AA AA AA 96 69 00 04 00 00 41 45',
  selfTestFailed: 'AA AA AA 96 69 00 04 00 00 60 64',
  notAuthorised: 'AA AA AA 96 69 00 04 00 00 66 62',
  findFailed: 'AA AA AA 96 69 00 04 00 00 80 84',
  selectFailed: 'AA AA AA 96 69 00 04 00 00 81 85',
  noSuchContent: 'AA AA AA 96 69 00 04 00 00 91 95',
  /** Heads of the content answers, up to the first byte of the text block. */
  textPhotoHead: 'AA AA AA 96 69 05 08 00 00 90 01 00 04 00',
  noFingerprintHead: 'AA AA AA 96 69 05 0A 00 00 90 01 00 04 00 00 00',
  oneFingerprintHead: 'AA AA AA 96 69 07 0A 00 00 90 01 00 04 00 02 00',
  twoFingerprintsHead: 'AA AA AA 96 69 09 0A 00 00 90 01 00 04 00 04 00',
} as const;

export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .toUpperCase()
    .replace(/..(?=.)/g, '$& ');
}
