import { Agent, request } from 'node:https';
import { Readable } from 'node:stream';
import { checkServerIdentity, type DetailedPeerCertificate, type PeerCertificate } from 'node:tls';
import { StationError } from '../../contract/errors.ts';

/** The one thing that an exchange asks of `fetch`. */
export type Send = (address: string, init: SendInit) => Promise<Response>;

export interface SendInit {
  readonly method: 'POST';
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
  readonly redirect: 'error';
  readonly signal: AbortSignal;
}

/** SHA-256 fingerprints of a chain's certificates from the platform's own on, as capital letters without colons. */
function fingerprints(certificate: Partial<DetailedPeerCertificate>): string[] {
  const seen: string[] = [];
  let at: Partial<DetailedPeerCertificate> | undefined = certificate;
  while (at?.fingerprint256 !== undefined) {
    const print = at.fingerprint256.replaceAll(':', '');
    // A root was signed by itself.
    if (seen.includes(print)) break;
    seen.push(print);
    at = at.issuerCertificate;
  }
  return seen;
}

/** The agent adds the pins to what is checked anyway: a pinned certificate that nobody vouches for is refused as well. */
const pinningAgent = (pins: readonly string[]) =>
  new Agent({
    keepAlive: true,
    minVersion: 'TLSv1.2',
    // A resumed session shows no certificate.
    maxCachedSessions: 0,
    // An agent of one's own goes past the proxy unless it is told; the platform's certificate is seen through it as well.
    ...(process.env['NODE_USE_ENV_PROXY'] === '1' && { proxyEnv: process.env }),
    checkServerIdentity: (host: string, certificate: PeerCertificate) => {
      const mismatch = checkServerIdentity(host, certificate);
      if (mismatch !== undefined) return mismatch;
      const isPinned = fingerprints(certificate).some((print) => pins.includes(print));
      return isPinned ? undefined : new StationError('platform.wrong-certificate');
    },
  });

const wordsOf = (headers: Readonly<Record<string, string | string[] | undefined>>) =>
  Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);

/** `fetch` for a platform one of whose certificates is known beforehand. Nothing is sent before it was looked at. */
export function pinnedFetch(pins: readonly string[]): Send {
  const agent = pinningAgent(pins);
  return (address, { method, body, headers, signal }) =>
    new Promise((resolve, reject) => {
      const sent = request(address, {
        method,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        agent,
      });
      const stop = () => sent.destroy(signal.reason as Error);
      signal.addEventListener('abort', stop);
      sent.once('close', () => signal.removeEventListener('abort', stop));
      sent.once('error', reject);
      sent.once('response', (answer) => {
        const { statusCode = 0 } = answer;
        if (statusCode >= 300 && statusCode < 400) return void sent.destroy(new TypeError('unexpected redirect'));
        const stream = Readable.toWeb(answer) as ReadableStream<Uint8Array>;
        resolve(new Response(stream, { status: statusCode, headers: wordsOf(answer.headers) }));
      });
      sent.end(body);
    });
}
