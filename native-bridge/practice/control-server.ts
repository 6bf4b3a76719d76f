import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { CONTROL_CALLS, deckListing } from './control-calls.ts';
import { ControlError } from './control-reply.ts';
import { listenOnLoopback, LOOPBACK, stopListening } from './loopback-listener.ts';
import type { VirtualReader } from './virtual-reader.ts';

/** Room for a portrait of some megapixels in base64. */
const LARGEST_BODY_BYTES = 12 * 1024 * 1024;

/** HTTP on the loopback address with which another process handles the cards: POST calls, GET /state and GET /deck. */
export class ControlServer {
  readonly #reader: VirtualReader;
  readonly #server: Server;
  #port: number;

  constructor(reader: VirtualReader, port: number) {
    this.#reader = reader;
    this.#port = port;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  get port(): number {
    return this.#port;
  }

  async open(): Promise<void> {
    this.#port = await listenOnLoopback(this.#server, this.#port, 'control-not-opened');
  }

  async close(): Promise<void> {
    const stopped = stopListening(this.#server);
    this.#server.closeAllConnections();
    await stopped;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      this.#refuseForeign(request);
      reply(response, 200, await this.#answer(request));
    } catch (cause) {
      const error = cause instanceof ControlError ? cause : new ControlError('internal', 'the call failed');
      reply(response, error.httpStatus, { ok: false, code: error.code, message: error.message });
    }
  }

  async #answer(request: IncomingMessage): Promise<object> {
    const path = request.url ?? '';
    if (path === '/state' || path === '/deck') return this.#show(path, request.method);
    const call = CONTROL_CALLS.get(path);
    if (!call) throw new ControlError('not-found', 'no such call');
    if (request.method !== 'POST') throw new ControlError('wrong-method', 'this call is a POST');
    await call(this.#reader, await jsonBody(request));
    return { ok: true, state: this.#reader.state() };
  }

  #show(path: '/state' | '/deck', method: string | undefined): object {
    if (method !== 'GET') throw new ControlError('wrong-method', 'this call is a GET');
    return path === '/state' ? this.#reader.state() : deckListing();
  }

  /** A web page that the operator has open elsewhere must not lay cards; browsers name themselves by these heads. */
  #refuseForeign(request: IncomingMessage): void {
    const hosts = [`${LOOPBACK}:${this.#port}`, `localhost:${this.#port}`];
    const { host, origin } = request.headers;
    if (origin !== undefined || host === undefined || !hosts.includes(host))
      throw new ControlError('foreign-origin', 'calls come from programs on this machine, not from web pages');
  }
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

/** An absent body counts as an empty object. */
async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const text = await bodyText(request);
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new ControlError('bad-json', 'the body is not JSON');
  }
}

async function bodyText(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const incoming: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const piece of incoming) {
    bytes += piece.length;
    if (bytes > LARGEST_BODY_BYTES) throw new ControlError('too-large', `more than ${LARGEST_BODY_BYTES} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
