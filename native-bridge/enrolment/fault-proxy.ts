import { Agent, createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What can happen to one request on its way. */
export const networkFaults = [
  'reset',
  'cut',
  'delay',
  'time-out',
  'http-500',
  'http-502',
  'http-503',
  'http-429',
  'busy',
  'wrong-sign',
  'page',
  'redirect',
  'duplicate',
] as const;
export type NetworkFault = (typeof networkFaults)[number];

/** `before`: the platform never sees the request, or sees it late. `after`: the platform has acted on it already. */
export type FaultSide = 'before' | 'after';

export interface PlannedFault {
  readonly fault: NetworkFault;
  readonly side: FaultSide;
}

export interface FaultProxyOptions {
  /** Where requests go: an http address of this machine. */
  readonly upstream: string;
  /** Where redirects point. */
  readonly portal: string;
  /** What happens to the next request with this `method`. */
  readonly plan: (method: string) => PlannedFault | undefined;
  /** 0 ≤ x < 1, for the place of a cut. */
  readonly random: () => number;
}

export interface FaultProxy {
  readonly url: string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
  readonly location?: string;
}

const delayMs = 25;
const json = (body: object, status = 200): Answer => ({
  status,
  type: 'application/json;charset=UTF-8',
  body: Buffer.from(JSON.stringify(body)),
});
const gateway = (status: number): Answer => ({ status, type: 'text/html', body: Buffer.from('<h1>gateway</h1>') });

/** What some box on the way answers in the platform's place. */
const madeUp = (fault: NetworkFault, portal: string): Answer => {
  switch (fault) {
    case 'busy':
      return json({ code: '-5', message: '访问过于频繁，请稍后再试', data: null });
    case 'wrong-sign':
      return json({ code: '-2', message: 'sign签名错误', data: null });
    case 'page':
      return { status: 200, type: 'text/html', body: Buffer.from('<!DOCTYPE html><html>请先登录网络</html>') };
    case 'redirect':
      return { status: 302, type: 'text/html', body: Buffer.alloc(0), location: portal };
    case 'http-429':
      return { status: 429, type: 'text/plain', body: Buffer.from('slow down') };
    default:
      return gateway(/^http-/.test(fault) ? Number(fault.slice(5)) : 502);
  }
};

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** One exchange with the platform, exactly the bytes that came. */
function forwarder(upstream: string, agent: Agent) {
  return (headers: IncomingMessage['headers'], body: Buffer): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const type = headers['content-type'] ?? '';
      const sent = httpRequest(upstream, { method: 'POST', agent, headers: { 'content-type': type } }, (answer) => {
        bodyOf(answer).then(
          (bytes) =>
            resolve({ status: answer.statusCode ?? 502, type: answer.headers['content-type'] ?? '', body: bytes }),
          reject,
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
}

function give(response: ServerResponse, answer: Answer): void {
  const location = answer.location === undefined ? {} : { location: answer.location };
  response.writeHead(answer.status, { 'content-type': answer.type, 'content-length': answer.body.length, ...location });
  response.end(answer.body);
}

/** Sends the beginning of an answer, cut anywhere from its first to its last but one byte, head or body. */
function giveCut(socket: Socket, { status, type, body }: Answer, random: () => number): void {
  const head = `HTTP/1.1 ${status} OK\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\n\r\n`;
  const whole = Buffer.concat([Buffer.from(head), body]);
  const length = 1 + Math.floor(random() * (whole.length - 1));
  socket.write(whole.subarray(0, length), () => socket.destroy());
}

type Forward = ReturnType<typeof forwarder>;

async function play(
  planned: PlannedFault | undefined,
  exchange: { readonly request: IncomingMessage; readonly response: ServerResponse; readonly body: Buffer },
  forward: Forward,
  { portal, random }: FaultProxyOptions,
): Promise<void> {
  const { request, response, body } = exchange;
  const send = () => forward(request.headers, body);
  if (planned === undefined) return give(response, await send());
  const { fault, side } = planned;
  if (fault === 'duplicate') {
    // The same bytes reach the platform twice; the answer that comes back is that of the original or of the copy.
    const [first, second] = [await send(), await send()];
    return give(response, side === 'before' ? second : first);
  }
  if (fault === 'delay' && side === 'before') await sleep(delayMs);
  const real = side === 'after' || fault === 'delay' ? await send() : undefined;
  if (fault === 'delay' && side === 'after') await sleep(delayMs);
  if (fault === 'reset') return void request.socket.resetAndDestroy();
  if (fault === 'time-out') return;
  const answer = fault === 'delay' || fault === 'cut' ? real : undefined;
  if (fault === 'cut')
    return giveCut(request.socket, answer ?? json({ code: '0', data: { requestSerialCode: '?' } }), random);
  give(response, answer ?? madeUp(fault, portal));
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Stands between the station and its platform on this machine and does to requests what networks do. For tests. */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  const forward = forwarder(options.upstream, agent);
  const server = createServer((request, response) => {
    bodyOf(request)
      .then((body) => {
        const method = new URLSearchParams(body.toString('latin1')).get('method') ?? '';
        return play(options.plan(method), { request, response, body }, forward, options);
      })
      .catch(() => request.socket.destroy());
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}/open.api`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      agent.destroy();
    },
  };
}
