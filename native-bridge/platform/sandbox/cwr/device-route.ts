import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultBoard, PlannedFaults } from '../faults.ts';
import { answerWithFaults, type FinishedReply, reset, send } from '../faulty-exchange.ts';
import type { ReferencePlatform } from '../reference-platform.ts';
import { hasMediaType, readBody } from '../request-body.ts';
import { openDeviceCall, type DeviceCall } from './device-envelope.ts';
import { DEVICE_CODES, deviceRefusal, deviceReplyText, type DeviceReply } from './device-replies.ts';
import { business } from './functions/function-context.ts';
import { DEVICE_FUNCTIONS, DEVICE_WRITES } from './functions/function-table.ts';

export const DEVICE_PATH = '/CWRService/';

const finished = (platform: ReferencePlatform, reply: DeviceReply): FinishedReply => ({
  code: reply.code,
  body: deviceReplyText(reply, platform.settings.codeForm),
});

/** As on the other interface, the log shows accounts that exist and words of a function name's form, and nothing else. */
const shownFunction = (given: string): string => (/^[A-Za-z]{1,64}$/.test(given) ? given : '?');

function shownAccount({ settings }: ReferencePlatform, given: string | undefined): string {
  return settings.deviceAccounts.find(({ apiKey }) => apiKey === given)?.apiKey ?? '?';
}

async function answerTo(platform: ReferencePlatform, call: DeviceCall, failText: string): Promise<DeviceReply> {
  const opened = openDeviceCall(call, platform.settings);
  if (!opened.ok) return opened.reply;
  const { device, functionName, data } = opened.call;
  const deviceFunction = DEVICE_FUNCTIONS.get(functionName);
  if (!deviceFunction) return deviceRefusal(DEVICE_CODES.reserved);
  if (failText !== '' && DEVICE_WRITES.has(functionName)) return business(failText);
  const { settings, state, shelf } = platform;
  return deviceFunction(data, { device, settings, state, shelf, receivedAt: call.receivedAt });
}

async function handled(platform: ReferencePlatform, call: DeviceCall, plan: PlannedFaults): Promise<DeviceReply> {
  try {
    return await platform.change(() => answerTo(platform, call, plan.failAsync));
  } catch {
    return business('Internal Error');
  }
}

function note(
  platform: ReferencePlatform,
  call: Pick<DeviceCall, 'functionName' | 'parameters'>,
  code: string,
  fault?: string,
) {
  const appid = shownAccount(platform, call.parameters.get('api_key'));
  const entry = { time: platform.settings.now(), appid, method: shownFunction(call.functionName), code };
  platform.note({ ...entry, ...(fault === undefined ? {} : { fault }) });
}

// HTTP 405, 415 and 413 are this sandbox's choice, as on the other interface.
function refuseTransport(platform: ReferencePlatform, response: ServerResponse, status: number, detail: string): void {
  note(platform, { functionName: '?', parameters: new Map() }, DEVICE_CODES.businessError, `http${status}`);
  send(response, status, 'application/json', finished(platform, business(detail)).body);
}

/** Serves one request to /CWRService/<function>. */
export async function serveDevice(
  platform: ReferencePlatform,
  faults: FaultBoard,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (faults.current().down) return reset(request);
  if (request.method !== 'POST') return refuseTransport(platform, response, 405, '只支持POST请求');
  if (!hasMediaType(request, 'application/json'))
    return refuseTransport(platform, response, 415, '应为application/json');
  const body = await readBody(request);
  if (!body.ok) return refuseTransport(platform, response, 413, body.problem);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const functionName = url.pathname.slice(DEVICE_PATH.length);
  const plan = faults.plan(shownFunction(functionName));
  const { authRevoked } = plan;
  const receivedAt = platform.settings.now();
  const call = { functionName, parameters: new Map(url.searchParams), body: body.value, receivedAt, authRevoked };
  await answerWithFaults({
    request,
    response,
    plan,
    busy: finished(platform, business('访问过于频繁，请稍后再试')),
    handle: async () => finished(platform, await handled(platform, call, plan)),
    note: (code, fault) => note(platform, call, code, fault),
  });
}
