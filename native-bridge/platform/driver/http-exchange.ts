import { StationError } from '../../contract/errors.ts';
import { certificatePins } from '../../contract/certificate-pins.ts';
import { connectionTrouble } from './connection-trouble.ts';
import { pinnedFetch, type Send } from './pinned-fetch.ts';

export interface HttpOptions {
  /** http or https, without a user name or password in it. */
  readonly url: string;
  readonly fetch?: typeof fetch;
  /** Fingerprints as the settings have them; with any, the address has to be https. */
  readonly certificatePins?: string | undefined;
  /** For the whole exchange, from connecting to the last byte. */
  readonly timeoutMs?: number;
}

export interface HttpExchange {
  readonly url: URL;
  /** Posts once, follows no redirect. Rejects as `connectionTrouble` says, or with `platform.bad-answer`. */
  post(url: string, body: string | Uint8Array<ArrayBuffer>, contentType: string): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly date: string | undefined;
  /** `Content-Type` as it came; empty without one. */
  readonly type: string;
  readonly text: string;
}

const defaultTimeoutMs = 15_000;
/** The largest answers are query pages of 50 workers, far below this. */
const answerLimitBytes = 4 * 1024 * 1024;

/** Throws `platform.not-configured` for an address that is not plain http or https. */
export function createHttpExchange(options: HttpOptions): HttpExchange {
  const url = URL.parse(options.url);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new StationError('platform.not-configured', 'the address is not a plain http or https address');
  }
  const send = senderOf(url, options);
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  return {
    url,
    post: async (address, body, contentType) => {
      const headers = { 'content-type': contentType };
      const signal = AbortSignal.timeout(timeoutMs);
      return answerTo(send(address, { method: 'POST', body, headers, redirect: 'error', signal }));
    },
  };
}

/** Throws `platform.not-configured` for pins on an address that has no certificate. */
function senderOf(url: URL, { fetch: given, certificatePins: text = '' }: HttpOptions): Send {
  const pins = certificatePins(text);
  if (pins.length === 0) return given ?? fetch;
  if (url.protocol === 'https:') return pinnedFetch(pins);
  throw new StationError('platform.not-configured', 'a certificate is pinned, but the address is not https');
}

async function answerTo(sent: Promise<Response>): Promise<Answer> {
  try {
    const response = await sent;
    const date = response.headers.get('date') ?? undefined;
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, date, type, text: await boundedText(response) };
  } catch (cause) {
    throw cause instanceof StationError ? cause : connectionTrouble(cause);
  }
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // The runtime's stream is iterable although its type does not say what of.
  const body = response.body as AsyncIterable<Uint8Array> | null;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > answerLimitBytes) throw new StationError('platform.bad-answer', 'the answer is longer than 4 MiB');
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** Platform clock minus ours in seconds. The header has whole seconds, so the difference has no more. */
export function clockDifference({ date }: Answer, now: number): number | undefined {
  const platformTime = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(platformTime) ? undefined : Math.round((platformTime - now) / 1000);
}

/** Throws for a status that is not the platform's own answer. */
export function demandSuccess(status: number): void {
  if (status === 429) throw new StationError('platform.busy', 'HTTP 429');
  if (status < 200 || status > 299) throw new StationError('platform.bad-answer', `HTTP ${status}`);
}
