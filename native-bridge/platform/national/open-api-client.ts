import { randomBytes } from 'node:crypto';
import { StationError } from '../../contract/errors.ts';
import { connectionTrouble, isForeignPage } from './connection-trouble.ts';
import { chinaTimestamp } from './china-timestamp.ts';
import type { Envelope, Reply } from './envelope.ts';
import { readEnvelope, replyOf } from './envelope.ts';
import { fieldNamesIn } from './field-names.ts';
import { formBody } from './form-body.ts';
import type { Mask } from './masked-text.ts';
import { createMask } from './masked-text.ts';
import type { Parameters } from './sign.ts';
import { sign } from './sign.ts';

export interface OpenApiOptions {
  /** The platform's one address, http or https. */
  readonly url: string;
  readonly appid: string;
  readonly secret: string;
  /** Interface version, `1.0` on the national platform. */
  readonly version: string;
  readonly fetch?: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** For the whole exchange, from connecting to the last byte. */
  readonly timeoutMs?: number;
}

export interface OpenApiClient {
  /** Sends one request and gives the platform's word on it. Rejects with a `StationError` of a `platform.*` code. */
  send(method: string, data: object): Promise<Reply>;
  /** Asks a question and gives the answer's `data`. Rejects like `send`; a refused question is `platform.bad-answer`. */
  ask(method: string, data: object): Promise<unknown>;
  /** Platform clock minus ours in seconds, from the last answer of the platform that told it. */
  readonly clockDifferenceSeconds: number | undefined;
}

const defaultTimeoutMs = 15_000;
/** The largest answers are query pages of 50 workers, far below this. */
const answerLimitBytes = 4 * 1024 * 1024;
const longestDetail = 120;

interface Exchange {
  readonly url: string;
  readonly send: typeof fetch;
  readonly timeoutMs: number;
}

interface Answer {
  readonly status: number;
  readonly date: string | undefined;
  /** `Content-Type` as it came; empty without one. */
  readonly type: string;
  readonly text: string;
}

/** Throws `platform.not-configured` for an address that is not plain http or https. */
export function createOpenApiClient(options: OpenApiOptions): OpenApiClient {
  const now = options.now ?? Date.now;
  const mask = createMask(options.secret);
  const exchange = exchangeFor(options);
  let clockDifferenceSeconds: number | undefined;
  const send = async (method: string, data: object): Promise<Reply> => {
    const answer = await post(exchange, signedForm(options, method, JSON.stringify(data), now()));
    const envelope = readEnvelope(answer.text);
    // Whatever answers in the platform's place has its own clock.
    if (envelope !== undefined) clockDifferenceSeconds = clockDifference(answer, now()) ?? clockDifferenceSeconds;
    return blamingClock(clockDifferenceSeconds, () => replyIn(answer, envelope, mask));
  };
  return {
    get clockDifferenceSeconds() {
      return clockDifferenceSeconds;
    },
    send,
    ask: async (method, data) => answerTo(await send(method, data)),
  };
}

function exchangeFor(options: OpenApiOptions): Exchange {
  const url = URL.parse(options.url);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new StationError('platform.not-configured', 'the address is not a plain http or https address');
  }
  return { url: url.href, send: options.fetch ?? fetch, timeoutMs: options.timeoutMs ?? defaultTimeoutMs };
}

/** `data` arrives as text because the signature covers exactly the text that is sent. */
function signedForm(options: OpenApiOptions, method: string, data: string, now: number): Uint8Array<ArrayBuffer> {
  const parameters: Parameters = {
    appid: options.appid,
    data,
    format: 'json',
    method,
    nonce: randomBytes(16).toString('hex'),
    timestamp: chinaTimestamp(now),
    version: options.version,
  };
  return formBody({ ...parameters, sign: sign(parameters, options.secret) });
}

const headers = { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' };

async function post({ url, send, timeoutMs }: Exchange, body: Uint8Array<ArrayBuffer>): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await send(url, { method: 'POST', headers, body, redirect: 'error', signal });
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

/** The header has whole seconds, so the difference has no more. */
function clockDifference({ date }: Answer, now: number): number | undefined {
  const platformTime = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(platformTime) ? undefined : Math.round((platformTime - now) / 1000);
}

function replyIn({ status, type, text }: Answer, envelope: Envelope | undefined, mask: Mask): Reply {
  if (status === 429) throw new StationError('platform.busy', 'HTTP 429');
  if (status < 200 || status > 299) throw new StationError('platform.bad-answer', `HTTP ${status}`);
  if (envelope !== undefined) return replyOf(envelope, mask);
  throw isForeignPage(type, text)
    ? new StationError('platform.captive-portal', 'a page instead of an answer')
    : new StationError('platform.bad-answer', 'not a JSON envelope');
}

/** Clocks that are further apart make a platform refuse timestamps, in seconds; it allows some minutes. */
const clockTolerance = 120;

/** A refused signature has the clock for its cause when the clocks are apart: the timestamp is part of what is signed. */
function blamingClock(difference: number | undefined, reply: () => Reply): Reply {
  try {
    return reply();
  } catch (cause) {
    const isRefusal = cause instanceof StationError && cause.code === 'platform.sign-refused';
    if (!isRefusal || Math.abs(difference ?? 0) < clockTolerance) throw cause;
    throw new StationError('platform.clock-wrong', `the platform's clock is ${difference} s from ours`, { cause });
  }
}

/** A refused question says nothing about the record it was asked for, but perhaps about what was asked with. */
export class QuestionRefused extends StationError {
  /** The interface's field names in the refusal. */
  readonly fields: readonly string[];

  constructor({ text, message }: Extract<Reply, { state: 'refused' }>) {
    super('platform.bad-answer', `question refused: ${text}`.slice(0, longestDetail));
    this.fields = fieldNamesIn(message);
  }
}

function answerTo(reply: Reply): unknown {
  if (reply.state === 'accepted') return reply.data;
  throw new QuestionRefused(reply);
}
