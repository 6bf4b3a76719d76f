import { StationError } from '../contract/errors.ts';
import { publicStationSchema, type PublicStation } from '../store/transfer/station-identity.ts';

const prefix = 'enrolstation1:';

/** A station's name and public keys as one line that can be sent by any message. */
export function stationCode({ name, signingKey, sealingKey }: PublicStation): string {
  return prefix + Buffer.from(JSON.stringify({ name, signingKey, sealingKey })).toString('base64url');
}

/** Throws `rpc.bad-argument` for a line that is none. */
export function stationOfCode(code: string): PublicStation {
  try {
    if (!code.startsWith(prefix)) throw new Error('prefix');
    return publicStationSchema.parse(JSON.parse(Buffer.from(code.slice(prefix.length), 'base64url').toString()));
  } catch (cause) {
    throw new StationError('rpc.bad-argument', 'station code', { cause });
  }
}
