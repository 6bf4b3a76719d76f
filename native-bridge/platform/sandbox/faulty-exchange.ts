import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { PlannedFaults } from './faults.ts';

/** What the platform answers to one request, and how it is noted. */
export interface FinishedReply {
  readonly code: string;
  readonly serial?: string | undefined;
  readonly body: string;
}

/** One request whose body has been read, with the fate that the fault switches have for it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly plan: PlannedFaults;
  /** What "too frequent" looks like on this interface. */
  readonly busy: FinishedReply;
  handle(): Promise<FinishedReply>;
  note(code: string, fault?: string, serial?: string): void;
}

const GATEWAY_PAGE =
  '<!DOCTYPE html><html><head><title>网络认证</title></head><body><h1>请先登录网络</h1></body></html>';

export function reset(request: IncomingMessage): void {
  request.socket.resetAndDestroy();
}

const headersFor = (type: string) => ({ 'Content-Type': `${type};charset=UTF-8`, 'Cache-Control': 'no-store' });

export function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, headersFor(type)).end(body);
}

/** Announces the whole answer and ends the connection in the middle of it. */
function sendHalf({ request, response }: Exchange, { body }: FinishedReply): void {
  const bytes = Buffer.from(body);
  response.writeHead(200, { ...headersFor('application/json'), 'Content-Length': bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => request.socket.destroy());
}

/** Plays a fault that stands in for the whole handling. */
function playInstead(exchange: Exchange, fault: NonNullable<PlannedFaults['instead']>): void {
  const { request, response, busy } = exchange;
  exchange.note(fault === 'busy' ? busy.code : '', fault);
  switch (fault) {
    case 'resetBefore':
      return reset(request);
    case 'http500':
      return send(response, 500, 'text/plain', 'Internal Error');
    case 'htmlAnswer':
      return send(response, 200, 'text/html', GATEWAY_PAGE);
    case 'busy':
      return send(response, 200, 'application/json', busy.body);
  }
}

/** Unreferenced, so that a slow answer never keeps a stopped sandbox alive. */
async function dawdle({ slowMs }: PlannedFaults): Promise<void> {
  if (slowMs > 0) await wait(slowMs, undefined, { ref: false });
}

/** Handles the request once, or twice in a row; only the last reply can leave. */
async function handleAsDelivered(exchange: Exchange): Promise<FinishedReply> {
  const { plan } = exchange;
  if (plan.deliverTwice) {
    const unheard = await exchange.handle();
    exchange.note(unheard.code, 'deliverTwice', unheard.serial);
  }
  const reply = await exchange.handle();
  exchange.note(reply.code, plan.afterwards, reply.serial);
  return reply;
}

// The call is handled before the wait: a client that gives up in between must reckon with a write that happened.
export async function answerWithFaults(exchange: Exchange): Promise<void> {
  const { request, response, plan } = exchange;
  const reply = plan.instead ? undefined : await handleAsDelivered(exchange);
  await dawdle(plan);
  if (plan.instead) return playInstead(exchange, plan.instead);
  if (plan.afterwards === 'loseAnswer') return reset(request);
  if (reply && plan.afterwards === 'cutAnswer') return sendHalf(exchange, reply);
  if (reply) send(response, 200, 'application/json', reply.body);
}
