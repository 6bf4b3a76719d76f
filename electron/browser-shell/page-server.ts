import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Channel } from '../../native-bridge/rpc/channel.ts';
import { fromServerSocket } from '../../native-bridge/rpc/server-socket-channel.ts';
import { maximumMessageBytes } from '../../native-bridge/rpc/wire.ts';
import type { PageFiles } from '../page-files.ts';
import { freshNonce, pageResponse, securityHeaders } from '../page-response.ts';
import { hasSession, type Identity, isOwnHost, isOwnOrigin, sessionCookie } from './admission.ts';
import { OneTimeTokens } from './one-time-tokens.ts';
import { pingIdleSockets } from './socket-pulse.ts';

export interface PageServerOptions {
  readonly files: PageFiles;
  /** 0 for any free port. */
  readonly port: number;
  /** A socket waits for this before it stands; when it rejects, the socket is refused. */
  readonly whenServing: () => Promise<unknown>;
  readonly onClient: (channel: Channel) => void;
}

export interface PageServer {
  readonly port: number;
  /** An address that opens the page once, in whichever browser it is opened first. */
  issueAddress(): string;
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

/** Everything that decides about a request; one for each started server. */
class Door {
  readonly #options: PageServerOptions;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maximumMessageBytes,
    perMessageDeflate: false,
  });
  readonly #tokens = new OneTimeTokens();
  readonly #identity: Identity;
  readonly #stopPings: () => void;

  constructor(options: PageServerOptions, port: number) {
    this.#options = options;
    this.#identity = { port, session: this.#tokens.session };
    this.#stopPings = pingIdleSockets(this.#sockets.clients);
  }

  issueAddress(): string {
    return `http://${loopback}:${this.#identity.port}${startPath}?token=${this.#tokens.issue()}`;
  }

  close(): void {
    this.#stopPings();
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const { headers, method, url = '/' } = request;
    const [path = '/'] = url.split('?', 1);
    if (!isOwnHost(headers, this.#identity)) return this.#refuse(response, 421);
    if (method === 'GET' && path === startPath) return this.#exchange(response, url);
    if (method !== 'GET' && method !== 'HEAD') return this.#refuse(response, 405);
    if (!hasSession(headers, this.#identity)) return this.#refuse(response, 403);
    const page = pageResponse(this.#options.files, path, `ws://${headers.host}`);
    response.writeHead(page.status, page.headers).end(method === 'HEAD' ? undefined : page.body);
  }

  /** A page may open its socket before the bridge is ready; it then waits, instead of trying again and again. */
  async upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    stream.on('error', () => stream.destroy());
    if (!this.#mayConnect(request)) return void stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    try {
      await this.#options.whenServing();
    } catch {
      return void stream.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
    }
    if (!stream.destroyed) this.#sockets.handleUpgrade(request, stream, head, (socket) => this.#connect(socket));
  }

  #mayConnect({ headers, url }: IncomingMessage): boolean {
    const isOwn = isOwnHost(headers, this.#identity) && isOwnOrigin(headers);
    return url === socketPath && isOwn && hasSession(headers, this.#identity);
  }

  #connect(socket: WebSocket): void {
    socket.on('message', (_, isBinary) => {
      if (!isBinary) socket.close(unsupportedData);
    });
    this.#options.onClient(fromServerSocket(socket));
  }

  #exchange(response: ServerResponse, url: string): void {
    const token = new URLSearchParams(url.slice(startPath.length)).get('token');
    if (token === null || !this.#tokens.redeem(token)) return this.#refuse(response, 403);
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
  const server = createServer();
  const port = await listen(server, options.port);
  const door = new Door(options, port);
  server.on('request', (request, response) => door.answer(request, response));
  server.on('upgrade', (request, stream, head) => void door.upgrade(request, stream, head));
  const close = () =>
    new Promise<void>((resolve) => {
      door.close();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port, issueAddress: () => door.issueAddress(), close };
}
