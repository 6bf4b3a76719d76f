import { type ErrorCode, StationError } from '../../contract/errors.ts';
import { type ApduChannel, done, exchange, statusText } from './apdu-channel.ts';

/** What an identity card's chip gives: the same as the security module's answer to its read command. */
export interface IdentityData {
  /** 256 bytes, UTF-16LE. */
  readonly text: Uint8Array;
  /** 1024 bytes, coded (WLT). */
  readonly photoBlock: Uint8Array;
}

const textBytes = 256;
const photoBytes = 1024;
/** Lengths of text and photo, big-endian. */
const head = Uint8Array.of(textBytes >> 8, 0, photoBytes >> 8, 0);
const fileBytes = head.length + textBytes + photoBytes;
const pageBytes = 256;
const pages = Math.ceil(fileBytes / pageBytes);

/** A page that came short is asked for once more: it mostly means that the card wavered in the field. */
const attempts = 2;

/** What is no matter of the card's place on the reader; every other status is. */
const refusals: Readonly<Record<number, ErrorCode>> = {
  0x6982: 'card.authentication-failed',
  0x6d00: 'card.not-recognised',
  0x6e00: 'card.not-recognised',
  0x6a81: 'card.not-recognised',
};

const bytesOfPage = (page: number) => Math.min(pageBytes, fileBytes - page * pageBytes);

async function readPage(channel: ApduChannel, page: number): Promise<Uint8Array> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { data, status } = await exchange(channel, Uint8Array.of(0xff, 0xb0, page, 0x00, 0x00));
    if (status !== done) throw new StationError(refusals[status] ?? 'card.moved', statusText(status));
    // The last page may come filled up to a whole one.
    if (data.length >= bytesOfPage(page)) return data.subarray(0, bytesOfPage(page));
  }
  throw new StationError('card.length-wrong', `page ${page}`);
}

/**
 * Reads an identity card from a reader with a security module that shows it as a storage card: pages FF B0 of a flat file
 * of 1284 bytes. Rejects with a `card.*` code when the card was moved, refused or has an odd length, and like the channel.
 */
export async function readIdentityPages(channel: ApduChannel): Promise<IdentityData> {
  const file = new Uint8Array(fileBytes);
  for (let page = 0; page < pages; page++) file.set(await readPage(channel, page), page * pageBytes);
  if (!head.every((byte, index) => file[index] === byte)) throw new StationError('card.length-wrong', 'head');
  return {
    text: file.slice(head.length, head.length + textBytes),
    photoBlock: file.slice(head.length + textBytes),
  };
}
