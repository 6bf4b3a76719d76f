import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Channel } from '../../native-bridge/rpc/channel.ts';
import { fromServerSocket } from '../../native-bridge/rpc/server-socket-channel.ts';
import { maximumMessageBytes } from '../../native-bridge/rpc/wire.ts';
import type { PageFiles } from '../page-files.ts';
import { freshNonce, pageResponse, securityHeaders } from '../page-response.ts';
import { hasSession, type Identity, isOwnHost, isOwnOrigin, isOwnPage, sessionCookie } from './admission.ts';
import { OneTimeTokens } from './one-time-tokens.ts';
import { pingIdleSockets } from './socket-pulse.ts';

export interface PageServerOptions {
  /** Called once, for all of them: the page stays whole when the program is replaced while it runs. */
  readonly readFiles: () => PageFiles;
  /** 0 for any free port. */
  readonly port: number;
  /** A socket waits for this before it stands; when it rejects, the socket is refused. */
  readonly whenServing: () => Promise<unknown>;
  readonly onClient: (channel: Channel) => void;
  readonly limits?: Partial<ServerLimits>;
  /** Milliseconds from anywhere that never count back. */
  readonly now?: () => number;
}

/** What one machine's own browser never needs more of. */
export interface ServerLimits {
  /** For a request's whole head, and for the whole of it. */
  readonly requestMs: number;
  /** How often is looked for requests that are too slow. */
  readonly lookMs: number;
  readonly connections: number;
  readonly sockets: number;
  /** Without a socket and without a request; a session ends then. */
  readonly idleMs: number;
}

const usualLimits: ServerLimits = {
  requestMs: 10_000,
  lookMs: 1_000,
  connections: 64,
  sockets: 8,
  idleMs: 30 * 60_000,
};

const longestHeadBytes = 8 * 1024;

export interface PageServer {
  readonly port: number;
  /** An address that opens the page once, in whichever browser it is opened first. */
  issueAddress(): string;
  /** Reads the page's files, as the first request for one would. */
  readPage(): void;
  close(): Promise<void>;
}

const loopback = '127.0.0.1';
const startPath = '/start';
const socketPath = '/station';
const unsupportedData = 1003;

const refusals = {
  403: 'This address cannot be used again. Start the program again for a new one.',
  405: 'Not allowed',
  421: 'Not this server',
} as const;

type Refusal = keyof typeof refusals;

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

const unavailable = (stream: Duplex) =>
  void stream.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');

function newServer({ requestMs, lookMs, connections }: ServerLimits): Server {
  const server = createServer({
    headersTimeout: requestMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: lookMs,
    maxHeaderSize: longestHeadBytes,
  });
  server.maxConnections = connections;
  return server;
}

/** Everything that decides about a request; one for each started server. */
class Door {
  readonly #options: PageServerOptions;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maximumMessageBytes,
    perMessageDeflate: false,
  });
  readonly #tokens: OneTimeTokens;
  readonly #port: number;
  readonly #limits: ServerLimits;
  readonly #now: () => number;
  #files: PageFiles | undefined;
  readonly #stopPings: () => void;
  #seenAt: number;

  constructor(options: PageServerOptions, limits: ServerLimits, port: number) {
    this.#options = options;
    this.#limits = limits;
    this.#now = options.now ?? (() => performance.now());
    this.#tokens = new OneTimeTokens(this.#now);
    this.#port = port;
    this.#seenAt = this.#now();
    this.#stopPings = pingIdleSockets(this.#sockets.clients);
  }

  get #identity(): Identity {
    return { port: this.#port, session: this.#tokens.session };
  }

  get #pageFiles(): PageFiles {
    return (this.#files ??= this.#options.readFiles());
  }

  readPage(): void {
    void this.#pageFiles;
  }

  issueAddress(): string {
    return `http://${loopback}:${this.#port}${startPath}?token=${this.#tokens.issue()}`;
  }

  close(): void {
    this.#stopPings();
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const { headers, method, url = '/' } = request;
    const [path = '/'] = url.split('?', 1);
    if (!isOwnHost(headers, this.#identity)) return this.#refuse(response, 421);
    if (!isOwnPage(headers)) return this.#refuse(response, 403);
    if (method === 'GET' && path === startPath) return this.#exchange(response, url);
    if (method !== 'GET' && method !== 'HEAD') return this.#refuse(response, 405);
    if (!this.#hasSession(headers)) return this.#refuse(response, 403);
    const page = pageResponse(this.#pageFiles, path, `ws://${headers.host}`);
    response.writeHead(page.status, page.headers).end(method === 'HEAD' ? undefined : page.body);
  }

  /** A page may open its socket before the bridge is ready; it then waits, instead of trying again and again. */
  async upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    stream.on('error', () => stream.destroy());
    if (!this.#mayConnect(request)) return void stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    try {
      await this.#options.whenServing();
    } catch {
      return unavailable(stream);
    }
    if (this.#sockets.clients.size >= this.#limits.sockets) return unavailable(stream);
    if (!stream.destroyed) this.#sockets.handleUpgrade(request, stream, head, (socket) => this.#connect(socket));
  }

  #mayConnect({ headers, url }: IncomingMessage): boolean {
    const isOwn = isOwnHost(headers, this.#identity) && isOwnOrigin(headers) && isOwnPage(headers);
    return url === socketPath && isOwn && this.#hasSession(headers);
  }

  /** A session that nobody used for a while is over, and does not come back with its cookie. */
  #hasSession(headers: IncomingHttpHeaders): boolean {
    const isIdle = this.#sockets.clients.size === 0 && this.#now() - this.#seenAt >= this.#limits.idleMs;
    if (isIdle) this.#tokens.endSession();
    const isKnown = hasSession(headers, this.#identity);
    if (isKnown) this.#seenAt = this.#now();
    return isKnown;
  }

  #connect(socket: WebSocket): void {
    socket.on('close', () => (this.#seenAt = this.#now()));
    socket.on('message', (_, isBinary) => {
      if (!isBinary) socket.close(unsupportedData);
    });
    this.#options.onClient(fromServerSocket(socket));
  }

  #exchange(response: ServerResponse, url: string): void {
    const token = new URLSearchParams(url.slice(startPath.length)).get('token');
    if (token === null || !this.#tokens.redeem(token)) return this.#refuse(response, 403);
    this.#seenAt = this.#now();
    const headers = { Location: '/', 'Set-Cookie': sessionCookie(this.#identity) };
    response.writeHead(303, { ...securityHeaders(freshNonce(), undefined), ...headers }).end();
  }

  #refuse(response: ServerResponse, status: Refusal): void {
    const headers = { ...securityHeaders(freshNonce(), undefined), 'Content-Type': 'text/plain; charset=utf-8' };
    response.writeHead(status, headers).end(refusals[status]);
  }
}

/**
 * Serves the page and its socket on this machine only. The page is given to whoever opens a one-time address; that
 * browser then carries a session cookie. Rejects when the port is taken (`EADDRINUSE`).
 */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const limits = { ...usualLimits, ...options.limits };
  const server = newServer(limits);
  const port = await listen(server, options.port);
  const door = new Door(options, limits, port);
  server.on('request', (request, response) => door.answer(request, response));
  server.on('upgrade', (request, stream, head) => void door.upgrade(request, stream, head));
  const close = () =>
    new Promise<void>((resolve) => {
      door.close();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port, issueAddress: () => door.issueAddress(), readPage: () => door.readPage(), close };
}
