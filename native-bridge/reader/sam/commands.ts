import { encodeRequest } from './frames.ts';

export interface SamCommand {
  readonly name: string;
  readonly request: Uint8Array;
  /** How long the answer may take at 115200 baud, in milliseconds. */
  readonly waitMs: number;
  /** The answer's size in bytes, for the wire time at lower speeds. */
  readonly answerBytes: number;
}

const command = (name: string, code: number, parameter: number, waitMs: number, answerBytes: number): SamCommand => ({
  name,
  request: encodeRequest(code, parameter),
  waitMs,
  answerBytes,
});

export const samCommands = {
  reset: command('reset', 0x10, 0xff, 1500, 11),
  status: command('status', 0x11, 0xff, 500, 11),
  number: command('number', 0x12, 0xff, 500, 27),
  find: command('find', 0x20, 0x01, 500, 15),
  select: command('select', 0x20, 0x02, 1500, 19),
  readTextAndPhoto: command('read', 0x30, 0x01, 3000, 1295),
  readTextPhotoAndFingerprint: command('read-fingerprint', 0x30, 0x10, 4000, 2321),
  readAddedInformation: command('added-information', 0x30, 0x02, 1500, 291),
  readNewestAddress: command('newest-address', 0x30, 0x03, 1500, 81),
  readBodyNumber: command('body-number', 0x30, 0x05, 1500, 43),
} as const;

/** Largest radio frame in bytes that a module may be told to use. */
const smallestRadioFrame = 24;
const largestRadioFrame = 255;

/** The command that limits the module's radio frames to `bytes`, 24 to 255. */
export function setRadioFrame(bytes: number): SamCommand {
  const limit = Math.min(Math.max(Math.trunc(bytes), smallestRadioFrame), largestRadioFrame);
  return {
    ...command('set-radio-frame', 0x61, 0xff, 500, 11),
    request: encodeRequest(0x61, 0xff, Uint8Array.of(limit)),
  };
}

/** The answer's time on the wire at a speed below 115200 baud, ten bits a byte, to be added to the wait. */
export function extraWireMs(answerBytes: number, baudRate: number): number {
  return Math.ceil((answerBytes * 10_000) / baudRate - (answerBytes * 10_000) / 115_200);
}

/**
 * A module's number as it is printed: two u16, then three u32, all little-endian
 * (`05.01-20130101-1234567890-0987654321`). Compare modules by the bytes, not by this text.
 */
export function printSamNumber(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const short = (offset: number) => String(view.getUint16(offset, true)).padStart(2, '0');
  const long = (offset: number, digits: number) => String(view.getUint32(offset, true)).padStart(digits, '0');
  return `${short(0)}.${short(2)}-${long(4, 8)}-${long(8, 10)}-${long(12, 10)}`;
}
