import { StationError } from '../../contract/errors.ts';

/** Codes with which Node refuses the other side's certificate or fails to agree on TLS at all. */
const distrust =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY|GET_ISSUER)|HOSTNAME_MISMATCH|INVALID_CA)/;

/**
 * What went wrong below the platform's own words. Only the system's code is kept: the errors beneath can quote what was
 * sent or received. A redirect is never followed, for the platform has none: it comes from a network's own login page.
 */
export function connectionTrouble(cause: unknown): StationError {
  const reason = reasonOf(cause);
  if (reason === 'redirect') return new StationError('platform.captive-portal', 'the address redirects elsewhere');
  return new StationError(distrust.test(reason) ? 'platform.not-trusted' : 'platform.unreachable', reason);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'connection failed';
  if (error.name === 'TimeoutError') return 'no complete answer in time';
  if (error.message === 'unexpected redirect') return 'redirect';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^[A-Z][A-Z_\d]{2,40}$/.test(code)) return code;
  return error.cause === undefined ? 'connection failed' : reasonOf(error.cause);
}

/** Whether what came with status 200 in place of an envelope is a page for people. Some platforms mislabel JSON. */
function isForeignPage(contentType: string, text: string): boolean {
  return (
    /^\s*(?:text\/html|application\/xhtml)/i.test(contentType) ||
    /^[\s\ufeff]*<(?:!doctype|html|head|body|script|meta)/i.test(text)
  );
}

/** What it means that something answered which is no envelope of a platform's. */
export const noEnvelope = ({ type, text }: { readonly type: string; readonly text: string }): StationError =>
  isForeignPage(type, text)
    ? new StationError('platform.captive-portal', 'a page instead of an answer')
    : new StationError('platform.bad-answer', 'not a JSON envelope');
