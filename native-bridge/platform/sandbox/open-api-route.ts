import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultBoard, PlannedFaults } from './faults.ts';
import type { ReferencePlatform } from './reference-platform.ts';
import { CODES, refusal, replyText, type Reply } from './replies.ts';
import { hasMediaType, readBody } from './request-body.ts';

interface Exchange {
  readonly platform: ReferencePlatform;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly pairs: readonly (readonly [string, string])[];
  readonly plan: PlannedFaults;
}

const GATEWAY_PAGE =
  '<!DOCTYPE html><html><head><title>网络认证</title></head><body><h1>请先登录网络</h1></body></html>';

function reset(request: IncomingMessage): void {
  request.socket.resetAndDestroy();
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': `${type};charset=UTF-8`, 'Cache-Control': 'no-store' }).end(body);
}

function sendReply(platform: ReferencePlatform, response: ServerResponse, reply: Reply, status = 200): void {
  send(response, status, 'application/json', replyText(reply, platform.settings.codeForm));
}

/** The first value of a form parameter, shortened: it goes into logs before anything has been checked. */
function shownParameter(pairs: Exchange['pairs'], name: string): string {
  const value = pairs.find(([each]) => each === name)?.[1] ?? '';
  return /^[\w.-]{1,64}$/.test(value) ? value : '?';
}

function note(exchange: Pick<Exchange, 'platform' | 'pairs'>, code: string, fault?: string, serial?: string): void {
  exchange.platform.note({
    time: exchange.platform.settings.now(),
    appid: shownParameter(exchange.pairs, 'appid'),
    method: shownParameter(exchange.pairs, 'method'),
    code,
    ...(serial === undefined ? {} : { serial }),
    ...(fault === undefined ? {} : { fault }),
  });
}

/** Plays a fault that stands in for the whole handling. */
function playInstead(exchange: Exchange, fault: NonNullable<PlannedFaults['instead']>): void {
  const { platform, request, response } = exchange;
  note(exchange, fault === 'busy' ? CODES.tooFrequent : '', fault);
  switch (fault) {
    case 'resetBefore':
      return reset(request);
    case 'http500':
      return send(response, 500, 'text/plain', 'Internal Error');
    case 'htmlAnswer':
      return send(response, 200, 'text/html', GATEWAY_PAGE);
    case 'busy':
      return sendReply(platform, response, refusal(CODES.tooFrequent, '访问过于频繁，请稍后再试'));
  }
}

async function handled({ platform, request, pairs, plan }: Exchange): Promise<Reply> {
  const remoteAddress = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const receivedAt = platform.settings.now();
  const call = { pairs, remoteAddress, receivedAt, authRevoked: plan.authRevoked };
  try {
    return await platform.handle(call, plan.failAsync);
  } catch {
    return refusal(CODES.otherError, 'Internal Error');
  }
}

/** Unreferenced, so that a slow answer never keeps a stopped sandbox alive. */
async function dawdle({ slowMs }: PlannedFaults): Promise<void> {
  if (slowMs > 0) await wait(slowMs, undefined, { ref: false });
}

// The call is handled before the wait: a client that gives up in between must reckon with a write that happened.
async function answer(exchange: Exchange): Promise<void> {
  const { platform, request, response, plan } = exchange;
  const reply = plan.instead ? undefined : await handled(exchange);
  if (reply) note(exchange, reply.code, plan.loseAnswer ? 'loseAnswer' : undefined, reply.serial);
  await dawdle(plan);
  if (plan.instead) return playInstead(exchange, plan.instead);
  if (plan.loseAnswer) return reset(request);
  if (reply) sendReply(platform, response, reply);
}

// HTTP 405, 415 and 413 are this sandbox's choice; the body is an ordinary envelope for clients that only read that.
function transportRefusal(request: IncomingMessage): { status: number; message: string } | undefined {
  if (request.method !== 'POST') return { status: 405, message: '只支持POST请求' };
  if (hasMediaType(request, 'application/x-www-form-urlencoded')) return undefined;
  return { status: 415, message: 'Content-Type应为application/x-www-form-urlencoded' };
}

function refuseTransport(platform: ReferencePlatform, response: ServerResponse, status: number, message: string): void {
  note({ platform, pairs: [] }, CODES.badParameter, `http${status}`);
  sendReply(platform, response, refusal(CODES.badParameter, message), status);
}

/** Serves one request to /open.api. */
export async function serveOpenApi(
  platform: ReferencePlatform,
  faults: FaultBoard,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (faults.current().down) return reset(request);
  const wrong = transportRefusal(request);
  if (wrong) return refuseTransport(platform, response, wrong.status, wrong.message);
  const body = await readBody(request);
  if (!body.ok) return refuseTransport(platform, response, 413, body.problem);
  const pairs = [...new URLSearchParams(body.value)];
  const plan = faults.plan(shownParameter(pairs, 'method'));
  await answer({ platform, request, response, pairs, plan });
}
