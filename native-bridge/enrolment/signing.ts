import type { Consent } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import type { Signing } from '../contract/signing.ts';

/**
 * How a consent that is being given is signed; who vouches for a spoken one is who is at the desk, whatever was said. Throws
 * `rpc.bad-argument` when a signature is there or is missing against what is said.
 */
export function signingOf({ signature, signing }: Omit<Consent, 'givenAt'>, operator: string): Signing {
  const isDrawn = signature !== undefined;
  const said: Signing = signing ?? { kind: isDrawn ? 'screen' : 'none' };
  if ((said.kind === 'screen') !== isDrawn) throw new StationError('rpc.bad-argument', 'signing');
  return said.kind === 'attested' ? { ...said, by: operator } : said;
}
