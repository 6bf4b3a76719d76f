import type { WorkCard } from '../../contract/other-card.ts';
import { type ApduChannel, done, exchange } from './apdu-channel.ts';
import { hexText } from './hex.ts';

/** Lengths of a UID in ISO/IEC 14443-3. */
const uidLengths = [4, 7, 10];
/** A four-byte UID with this first byte is made anew for each presentation (phones, bank cards): it names no card. */
const randomUidHead = 0x08;

/** The UID as the reader gives it (PC/SC part 3), undefined when the card has none that reader or standard knows. */
export async function readUid(channel: ApduChannel): Promise<Uint8Array | undefined> {
  const { data, status } = await exchange(channel, Uint8Array.of(0xff, 0xca, 0x00, 0x00, 0x00));
  return status === done && uidLengths.includes(data.length) ? data : undefined;
}

/** Whether a UID names one card: neither zero nor random. */
export function isLasting(uid: Uint8Array): boolean {
  return uid.some((byte) => byte !== 0) && !(uid.length === 4 && uid[0] === randomUidHead);
}

const digits = (value: number, length: number) => String(value).padStart(length, '0');

function decimals(uid: Uint8Array): WorkCard['decimals'] {
  if (uid.length !== 4) return undefined;
  const view = new DataView(uid.buffer, uid.byteOffset, 4);
  const little = view.getUint32(0, true);
  return {
    littleEndian: digits(little, 10),
    bigEndian: digits(view.getUint32(0, false), 10),
    wiegand: digits((little >>> 16) & 0xff, 3) + digits(little & 0xffff, 5),
  };
}

/** A UID in every way in which sites write it. */
export function uidForms(uid: Uint8Array): Pick<WorkCard, 'uid' | 'uidReversed' | 'decimals'> {
  const numbers = decimals(uid);
  return {
    uid: hexText(uid),
    uidReversed: hexText(uid.toReversed()),
    ...(numbers && { decimals: numbers }),
  };
}
