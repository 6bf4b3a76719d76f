import { z } from 'zod';
import { chinaDateTime, isCalendarDateTime } from '../china-time.ts';
import { jsonValueSchema, type JsonValue } from '../json.ts';
import type { Settings } from '../options.ts';
import type { Device, DeviceAccount } from './device-account.ts';
import { DEVICE_CODES, deviceRefusal, type DeviceCode, type DeviceReply } from './device-replies.ts';
import { deviceSignature } from './device-signature.ts';

/** One call as it came in. */
export interface DeviceCall {
  readonly functionName: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly body: string;
  readonly receivedAt: number;
  readonly authRevoked: boolean;
}

/** A call whose parameters, signature and body are in order. */
export interface OpenedDeviceCall {
  readonly account: DeviceAccount;
  readonly device: Device;
  readonly functionName: string;
  readonly data: JsonValue;
}

type Opened =
  { readonly ok: true; readonly call: OpenedDeviceCall } | { readonly ok: false; readonly reply: DeviceReply };

const VERSION = '1.0';
const CHINA_HOURS = 8;

const refused = (code: DeviceCode, detail = ''): Opened => ({ ok: false, reply: deviceRefusal(code, detail) });

/** Milliseconds of a `yyyy-MM-dd HH:mm:ss` of China. */
function momentOf(text: string): number | undefined {
  if (!isCalendarDateTime(text)) return undefined;
  return Date.parse(`${text.replace(' ', 'T')}.000Z`) - CHINA_HOURS * 3_600_000;
}

/** In the order of the documented checks: what is missing first, then who, when and whether the signature is right. */
function parameterProblem(parameters: DeviceCall['parameters']): DeviceCode | undefined {
  const lacks = (name: string): boolean => (parameters.get(name) ?? '') === '';
  if (lacks('api_version')) return DEVICE_CODES.versionMissing;
  if (lacks('timestamp')) return DEVICE_CODES.timestampMissing;
  if (['api_key', 'client_serial', 'signature'].some(lacks)) return DEVICE_CODES.signatureParameterMissing;
  return undefined;
}

function clockProblem(call: DeviceCall, settings: Settings): Opened | undefined {
  const sentAt = momentOf(call.parameters.get('timestamp') ?? '');
  if (sentAt === undefined) return refused(DEVICE_CODES.timestampWrong, '应为yyyy-MM-dd HH:mm:ss');
  const isStale = Math.abs(call.receivedAt - sentAt) > settings.clockToleranceMs;
  return isStale ? refused(DEVICE_CODES.timestampWrong, `服务器时间为${chinaDateTime(call.receivedAt)}`) : undefined;
}

function readJson(text: string): JsonValue | undefined {
  try {
    return z.union([z.array(jsonValueSchema), z.record(z.string(), jsonValueSchema)]).safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

// The documents give no code for an unknown device; it is a business error with a text of this sandbox's own.
function openFor(call: DeviceCall, account: DeviceAccount): Opened {
  const device = account.devices.find((each) => each.serial === call.parameters.get('client_serial'));
  if (device?.enabled !== true) {
    return refused(DEVICE_CODES.businessError, device === undefined ? '设备未登记' : '设备已停用');
  }
  const data = readJson(call.body);
  if (data === undefined) return refused(DEVICE_CODES.bodyNotJson);
  return { ok: true, call: { account, device, functionName: call.functionName, data } };
}

/** Checks everything about a call but its content. */
export function openDeviceCall(call: DeviceCall, settings: Settings): Opened {
  const missing = parameterProblem(call.parameters);
  if (missing !== undefined) return refused(missing);
  const account = settings.deviceAccounts.find((each) => each.apiKey === call.parameters.get('api_key'));
  if (account === undefined || call.authRevoked) return refused(DEVICE_CODES.apiKeyInvalid);
  const clock = clockProblem(call, settings);
  if (clock !== undefined) return clock;
  const expected = deviceSignature(call.parameters, call.body, account.secret);
  if (call.parameters.get('signature') !== expected) return refused(DEVICE_CODES.signatureWrong);
  // No code is documented for a version that is not spoken; the one for a missing version is the nearest.
  if (call.parameters.get('api_version') !== VERSION) return refused(DEVICE_CODES.versionMissing, `只支持${VERSION}`);
  return openFor(call, account);
}
