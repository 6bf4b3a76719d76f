import { createHash } from 'node:crypto';
import type { CwrDialect } from '../driver/dialect.ts';

/** What a request's signature covers. */
export interface SignedParts {
  readonly api_key: string;
  readonly api_version: string;
  /** The JSON text exactly as it is sent. */
  readonly body: string;
  readonly client_serial: string;
  readonly timestamp: string;
}

export type SignatureForm = Pick<CwrDialect, 'signHex' | 'signsDeviceSerial'>;

/**
 * MD5 over the secret, each name followed by its value in ascending order of names without separators, and the secret
 * again, as 32 hex digits.
 */
export function signature(parts: SignedParts, secret: string, form: SignatureForm): string {
  const { api_key, api_version, body, client_serial, timestamp } = parts;
  const serial = form.signsDeviceSerial ? `client_serial${client_serial}` : '';
  const text = `api_key${api_key}api_version${api_version}body${body}${serial}timestamp${timestamp}`;
  const hex = createHash('md5').update(`${secret}${text}${secret}`, 'utf8').digest('hex');
  return form.signHex === 'upper' ? hex.toUpperCase() : hex;
}
