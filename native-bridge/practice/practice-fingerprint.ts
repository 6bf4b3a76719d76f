import { createHash } from 'node:crypto';
import { z } from 'zod';

const RECORD_BYTES = 512;
/** GA 1012: a record that is there begins with `C`. */
const RECORD_MARK = 0x43;
const REGISTRATION_AT = 4;
const POSITION_AT = 5;
const QUALITY_AT = 6;
const TEMPLATE_AT = 7;

export const fingerprintSchema = z.strictObject({
  /** 11..15 right thumb to little finger, 16..20 left, 97 and 98 an unnamed finger of the right and left, 99 other. */
  position: z.union([z.int().min(11).max(20), z.int().min(97).max(99)]),
  /** 1 registered, 2 failed, 3 not registered, 9 unknown. */
  registration: z.literal([1, 2, 3, 9]),
  quality: z.int().min(0).max(100),
});

export type PracticeFingerprint = Readonly<z.infer<typeof fingerprintSchema>>;

/** The most that a card holds. */
export const MOST_FINGERPRINTS = 2;

/** The fingerprint block: 512 bytes for each record. What follows the head looks like a template and is none. */
export function encodeFingerprints(prints: readonly PracticeFingerprint[], seed: string): Uint8Array {
  return Uint8Array.from(prints.flatMap((print) => [...record(print, seed)]));
}

function record({ position, registration, quality }: PracticeFingerprint, seed: string): Uint8Array {
  const bytes = new Uint8Array(RECORD_BYTES);
  bytes[0] = RECORD_MARK;
  bytes[REGISTRATION_AT] = registration;
  bytes[POSITION_AT] = position;
  bytes[QUALITY_AT] = quality;
  bytes.set(noise(`${seed} ${position}`, RECORD_BYTES - TEMPLATE_AT), TEMPLATE_AT);
  return bytes;
}

function noise(seed: string, bytes: number): Uint8Array {
  return Uint8Array.from(createHash('shake256', { outputLength: bytes }).update(seed).digest());
}
