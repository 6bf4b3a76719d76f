import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultBoard, PlannedFaults } from './faults.ts';
import { answerWithFaults, type FinishedReply, reset, send } from './faulty-exchange.ts';
import type { ReferencePlatform } from './reference-platform.ts';
import { CODES, refusal, replyText, type Reply } from './replies.ts';
import { hasMediaType, readBody } from './request-body.ts';

interface Arrived {
  readonly platform: ReferencePlatform;
  readonly request: IncomingMessage;
  readonly pairs: readonly (readonly [string, string])[];
  readonly plan: PlannedFaults;
}

const finished = (platform: ReferencePlatform, reply: Reply): FinishedReply => ({
  code: reply.code,
  serial: reply.serial,
  body: replyText(reply, platform.settings.codeForm),
});

const firstValue = (pairs: Arrived['pairs'], name: string): string => pairs.find(([each]) => each === name)?.[1] ?? '';

/**
 * What the log may show of a request before anything has been checked: accounts that exist, and words of a method name's
 * form. Anything else could be a number or a name of somebody's.
 */
function shownAccount({ settings }: ReferencePlatform, pairs: Arrived['pairs']): string {
  const given = firstValue(pairs, 'appid');
  return settings.accounts.some(({ appid }) => appid === given) ? given : '?';
}

function shownMethod(pairs: Arrived['pairs']): string {
  const given = firstValue(pairs, 'method');
  return /^[A-Za-z]{1,32}\.[A-Za-z]{1,32}$/.test(given) ? given : '?';
}

function note(arrived: Pick<Arrived, 'platform' | 'pairs'>, code: string, fault?: string, serial?: string): void {
  arrived.platform.note({
    time: arrived.platform.settings.now(),
    appid: shownAccount(arrived.platform, arrived.pairs),
    method: shownMethod(arrived.pairs),
    code,
    ...(serial === undefined ? {} : { serial }),
    ...(fault === undefined ? {} : { fault }),
  });
}

async function handled({ platform, request, pairs, plan }: Arrived): Promise<Reply> {
  const remoteAddress = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const receivedAt = platform.settings.now();
  const call = { pairs, remoteAddress, receivedAt, authRevoked: plan.authRevoked };
  try {
    return await platform.handle(call, plan.failAsync);
  } catch {
    return refusal(CODES.otherError, 'Internal Error');
  }
}

// HTTP 405, 415 and 413 are this sandbox's choice; the body is an ordinary envelope for clients that only read that.
function transportRefusal(request: IncomingMessage): { status: number; message: string } | undefined {
  if (request.method !== 'POST') return { status: 405, message: '只支持POST请求' };
  if (hasMediaType(request, 'application/x-www-form-urlencoded')) return undefined;
  return { status: 415, message: 'Content-Type应为application/x-www-form-urlencoded' };
}

function refuseTransport(platform: ReferencePlatform, response: ServerResponse, status: number, message: string): void {
  note({ platform, pairs: [] }, CODES.badParameter, `http${status}`);
  send(response, status, 'application/json', finished(platform, refusal(CODES.badParameter, message)).body);
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
  const plan = faults.plan(shownMethod(pairs));
  const arrived = { platform, request, pairs, plan };
  await answerWithFaults({
    request,
    response,
    plan,
    busy: finished(platform, refusal(CODES.tooFrequent, '访问过于频繁，请稍后再试')),
    handle: async () => finished(platform, await handled(arrived)),
    note: (code, fault, serial) => note(arrived, code, fault, serial),
  });
}
