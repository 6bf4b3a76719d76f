import { randomBytes } from 'node:crypto';
import { StationError } from '../../contract/errors.ts';
import { chinaTime } from '../driver/china-time.ts';
import {
  type Answer,
  clockDifference,
  createHttpExchange,
  demandSuccess,
  type HttpOptions,
} from '../driver/http-exchange.ts';
import type { Dialect } from './dialect.ts';
import { noEnvelope } from '../driver/connection-trouble.ts';
import type { Envelope, Reply } from './envelope.ts';
import { readEnvelope, replyOf } from './envelope.ts';
import { fieldNamesIn } from './field-names.ts';
import { formBody } from './form-body.ts';
import type { Mask } from '../driver/masked-text.ts';
import { createMask } from '../driver/masked-text.ts';
import type { Parameters } from './sign.ts';
import { corpSign, encodedText, sign } from './sign.ts';

export interface OpenApiOptions extends HttpOptions {
  readonly appid: string;
  readonly secret: string;
  /** Needed where the dialect wants `corpsign`. */
  readonly enterpriseKey?: string | undefined;
  readonly dialect: Dialect;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface OpenApiClient {
  /** Sends one request and gives the platform's word on it. Rejects with a `StationError` of a `platform.*` code. */
  send(method: string, data: object): Promise<Reply>;
  /** Asks a question and gives the answer's `data`. Rejects like `send`; a refused question is `platform.bad-answer`. */
  ask(method: string, data: object): Promise<unknown>;
  /** Platform clock minus ours in seconds, from the last answer of the platform that told it. */
  readonly clockDifferenceSeconds: number | undefined;
}

const longestDetail = 120;

const formType = 'application/x-www-form-urlencoded;charset=UTF-8';

/** Throws `platform.not-configured` for an address that is not plain http or https. */
export function createOpenApiClient(options: OpenApiOptions): OpenApiClient {
  const now = options.now ?? Date.now;
  const mask = createMask(options.secret);
  const exchange = createHttpExchange(options);
  let clockDifferenceSeconds: number | undefined;
  const send = async (method: string, data: object): Promise<Reply> => {
    const body = signedForm(options, method, JSON.stringify(data), now());
    const answer = await exchange.post(exchange.url.href, body, formType);
    const envelope = readEnvelope(answer.text);
    // Whatever answers in the platform's place has its own clock.
    if (envelope !== undefined) clockDifferenceSeconds = clockDifference(answer, now()) ?? clockDifferenceSeconds;
    return blamingClock(clockDifferenceSeconds, () => replyIn(answer, envelope, options.dialect, mask));
  };
  return {
    get clockDifferenceSeconds() {
      return clockDifferenceSeconds;
    },
    send,
    ask: async (method, data) => answerTo(await send(method, data)),
  };
}

/** `data` arrives as text because the signature covers exactly the text that is sent. */
function signedForm(options: OpenApiOptions, method: string, data: string, now: number): Uint8Array<ArrayBuffer> {
  const { appid, dialect, secret } = options;
  const timestamp = chinaTime(now, dialect.timeFormat);
  const parameters: Parameters = {
    appid,
    ...(dialect.corpsign && { corpsign: corpSign(demandEnterpriseKey(options), timestamp, secret) }),
    data: encodedText(data),
    format: 'json',
    method,
    nonce: randomBytes(16).toString('hex'),
    timestamp,
    version: dialect.version,
  };
  const signed = sign(parameters, secret);
  return formBody({ ...parameters, sign: dialect.signHex === 'upper' ? signed.toUpperCase() : signed });
}

/** Throws `platform.not-configured` where the dialect wants an enterprise key and there is none. */
export function demandEnterpriseKey({ enterpriseKey = '' }: Pick<OpenApiOptions, 'enterpriseKey'>): string {
  if (enterpriseKey === '') throw new StationError('platform.not-configured', 'the enterprise key is missing');
  return enterpriseKey;
}

function replyIn(answer: Answer, envelope: Envelope | undefined, dialect: Dialect, mask: Mask): Reply {
  demandSuccess(answer.status);
  if (envelope !== undefined) return replyOf(envelope, mask, dialect.resultCodes);
  throw noEnvelope(answer);
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
