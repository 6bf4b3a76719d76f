import { StationError } from '../../contract/errors.ts';
import { chinaTime } from '../driver/china-time.ts';
import type { CwrDialect } from '../driver/dialect.ts';
import { clockDifference, createHttpExchange, demandSuccess, type HttpOptions } from '../driver/http-exchange.ts';
import { noEnvelope } from '../driver/connection-trouble.ts';
import { createMask } from '../driver/masked-text.ts';
import { readEnvelope, type Reply, replyOf } from './envelope.ts';
import { signature } from './signature.ts';

export interface CwrAccess extends HttpOptions {
  readonly apiKey: string;
  readonly secret: string;
  /** What the platform knows this station by, such as FT and eight digits. */
  readonly deviceSerial: string;
  readonly dialect: CwrDialect;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface CwrClient {
  /** Calls one function. Rejects with a `StationError` of a `platform.*` code. */
  send(functionName: string, data: object): Promise<Reply>;
  /** Platform clock minus ours in seconds, from the last answer that told it. */
  clockDifferenceSeconds: number | undefined;
}

/** The address may be given with or without the protocol's own folder. */
const baseOf = (url: URL) => `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/CWRService$/i, '')}`;

/** Throws `platform.not-configured` for an address, key or serial that no request could be made with. */
export function createCwrClient(access: CwrAccess): CwrClient {
  const { apiKey, secret, deviceSerial, dialect, now = Date.now } = access;
  if ([apiKey, secret, deviceSerial].includes('')) throw new StationError('platform.not-configured', 'device account');
  const exchange = createHttpExchange(access);
  const base = baseOf(exchange.url);
  const mask = createMask(secret);
  const client: CwrClient = {
    clockDifferenceSeconds: undefined,
    send: async (functionName, data) => {
      const body = JSON.stringify(data);
      const address = `${base}/CWRService/${functionName}?${query(access, body, now())}`;
      const answer = await exchange.post(address, body, 'application/json; charset=utf-8');
      const envelope = readEnvelope(answer.text);
      if (envelope !== undefined) {
        client.clockDifferenceSeconds = clockDifference(answer, now()) ?? client.clockDifferenceSeconds;
      }
      demandSuccess(answer.status);
      if (envelope === undefined) throw noEnvelope(answer);
      return replyOf(envelope, dialect.resultCodes, mask);
    },
  };
  return client;
}

/** `%20` rather than `+` for the blank in the time: not every server takes a plus sign for one. */
function query({ apiKey, secret, deviceSerial, dialect }: CwrAccess, body: string, now: number): string {
  const signed = {
    api_key: apiKey,
    api_version: dialect.version,
    client_serial: deviceSerial,
    timestamp: chinaTime(now, dialect.timeFormat),
  };
  const parameters = { ...signed, signature: signature({ ...signed, body }, secret, dialect) };
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}
