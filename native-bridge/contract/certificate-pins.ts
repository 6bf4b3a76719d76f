import { z } from 'zod';

const fingerprint = String.raw`(?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}`;

/**
 * SHA-256 fingerprints of certificates as browsers and `openssl x509 -fingerprint -sha256` show them, with or without
 * colons; up to four, so that the next certificate can be named before it takes the place of the present one. Empty: none.
 */
export const certificatePinsSchema = z
  .string()
  .trim()
  .max(500)
  .regex(new RegExp(`^(?:${fingerprint}(?:[\\s,;]+${fingerprint}){0,3})?$`));

/** Each fingerprint as capital letters without colons. */
export const certificatePins = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map((part) => part.replaceAll(':', '').toUpperCase());
