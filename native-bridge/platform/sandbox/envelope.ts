import { parseChinaStamp } from './china-time.ts';
import { readJsonObject, type JsonObject } from './json.ts';
import { QUERY_METHODS, WRITE_METHODS } from './methods/method-table.ts';
import type { Account, Settings } from './options.ts';
import { CODES, refusal, type Reply } from './replies.ts';
import type { State } from './state.ts';
import { decryptField, signatureOf } from './wire-crypto.ts';

/** One call as it came in: the form's pairs in their order, and the caller's address. */
export interface Call {
  readonly pairs: readonly (readonly [string, string])[];
  readonly remoteAddress: string;
  readonly receivedAt: number;
  readonly authRevoked: boolean;
}

/** A call whose envelope is in order. */
export interface OpenedCall {
  readonly account: Account;
  readonly method: string;
  readonly data: JsonObject;
}

export type Opened = { readonly ok: true; readonly call: OpenedCall } | { readonly ok: false; readonly reply: Reply };

interface Examined {
  readonly call: Call;
  readonly parameters: ReadonlyMap<string, string>;
  readonly account: Account;
  readonly settings: Settings;
  readonly state: State;
}

const REQUIRED = ['appid', 'data', 'format', 'method', 'nonce', 'timestamp', 'version', 'sign'];
// 6 digits, 20 characters, 32 hex digits and a dashed UUID have all been seen.
const NONCE = /^[0-9A-Za-z-]{6,64}$/;
const SIGN = /^[0-9a-f]{64}$/;

function parameter(parameters: ReadonlyMap<string, string>, name: string): string {
  return parameters.get(name) ?? '';
}

function bad(message: string): Reply {
  return refusal(CODES.badParameter, message);
}

function parameterProblem(pairs: Call['pairs']): Reply | undefined {
  const names = pairs.map(([name]) => name);
  const given = new Map(pairs);
  const missing = REQUIRED.find((name) => !given.get(name));
  if (missing !== undefined) return bad(`${missing}不能为空`);
  if (new Set(names).size !== names.length) return bad('参数重复');
  const unknown = names.find((name) => name !== 'corpsign' && !REQUIRED.includes(name));
  return unknown === undefined ? undefined : bad(`未知参数${unknown.slice(0, 40)}`);
}

function formProblem(parameters: ReadonlyMap<string, string>): Reply | undefined {
  if (parameter(parameters, 'format') !== 'json') return bad('format只支持json');
  if (parameter(parameters, 'version') !== '1.0') return bad('version只支持1.0');
  if (parseChinaStamp(parameter(parameters, 'timestamp')) === undefined) {
    return bad('timestamp格式不正确，应为yyyyMMddHHmmss');
  }
  return NONCE.test(parameter(parameters, 'nonce')) ? undefined : bad('nonce格式不正确');
}

// No code is documented for an unknown account. -3 is chosen: whoever is unknown has no permission, and clients treat it
// as a matter of configuration, which it is.
function accountProblem({ call, settings, account }: Examined): Reply | undefined {
  if (call.authRevoked) return refusal(CODES.noPermission, `appid已停用，无接口权限：${account.appid}`);
  const allowed = settings.ipAllowList?.includes(call.remoteAddress) ?? true;
  return allowed ? undefined : refusal(CODES.addressRefused, `IP地址不在白名单中：${call.remoteAddress}`);
}

function signProblem({ call, parameters, account }: Examined): Reply | undefined {
  const sign = parameter(parameters, 'sign');
  const matches = SIGN.test(sign) && sign === signatureOf(call.pairs, account.secret);
  return matches ? undefined : refusal(CODES.wrongSign, 'sign签名错误');
}

/** `corpsign` is the enterprise key followed by the same timestamp, encrypted; only accounts with a key must send it. */
function corpSignProblem({ parameters, account }: Examined): Reply | undefined {
  if (account.enterpriseKey === undefined) return undefined;
  const plain = decryptField(parameter(parameters, 'corpsign'), account.secret);
  const matches = plain.ok && plain.value === `${account.enterpriseKey}${parameter(parameters, 'timestamp')}`;
  return matches ? undefined : refusal(CODES.wrongSign, 'corpsign签名错误');
}

function freshnessProblem({ call, parameters, settings, account, state }: Examined): Reply | undefined {
  const sentAt = parseChinaStamp(parameter(parameters, 'timestamp')) ?? 0;
  if (Math.abs(call.receivedAt - sentAt) > settings.clockToleranceMs) {
    return bad('timestamp与服务器时间相差过大，请校准时间');
  }
  const nonce = parameter(parameters, 'nonce');
  const replayed = state.nonces.some((each) => each.nonce === nonce && each.appid === account.appid);
  return replayed ? bad('nonce重复，请求已被处理') : undefined;
}

/** Remembers a nonce as long as a request with it could still pass the clock check. */
function rememberNonce({ call, parameters, account, settings, state }: Examined): void {
  const oldest = call.receivedAt - 2 * settings.clockToleranceMs;
  const recent = state.nonces.filter((each) => each.seenAt >= oldest);
  state.nonces = [...recent, { appid: account.appid, nonce: parameter(parameters, 'nonce'), seenAt: call.receivedAt }];
}

function openData({ parameters, account, state }: Examined): Opened {
  const method = parameter(parameters, 'method');
  if (!WRITE_METHODS.has(method) && !QUERY_METHODS.has(method)) return { ok: false, reply: bad('method无效') };
  const data = readJsonObject(parameter(parameters, 'data'));
  if (!data) return { ok: false, reply: bad('data不是有效的JSON对象') };
  const project = data['projectCode'];
  const foreign = typeof project === 'string' && project !== '' && !isOwnProject(account, state, project);
  // Known before anything is queued, hence answered at once; the documents do not say when a real platform answers it.
  if (foreign) return { ok: false, reply: refusal(CODES.noPermission, '[projectCode]无权访问该项目') };
  return { ok: true, call: { account, method, data } };
}

/** Listed for the account, or opened by it through the interface. */
function isOwnProject(account: Account, state: State, projectCode: string): boolean {
  const opened = state.projects.filter((each) => each.appid === account.appid);
  return [...account.projects, ...opened].some((each) => each.projectCode === projectCode);
}

function firstProblem(examined: Examined): Reply | undefined {
  const checks = [accountProblem, signProblem, corpSignProblem, freshnessProblem];
  for (const check of checks) {
    const problem = check(examined);
    if (problem) return problem;
  }
  return undefined;
}

/** Checks everything about a call that is answered at once, cheapest and most telling first. */
export function openCall(call: Call, settings: Settings, state: State): Opened {
  const parameters = new Map(call.pairs);
  const problem = parameterProblem(call.pairs) ?? formProblem(parameters);
  if (problem) return { ok: false, reply: problem };
  const account = settings.accounts.find((each) => each.appid === parameter(parameters, 'appid'));
  if (!account) return { ok: false, reply: refusal(CODES.noPermission, 'appid无效') };
  const examined = { call, parameters, account, settings, state };
  const refused = firstProblem(examined);
  if (refused) return { ok: false, reply: refused };
  rememberNonce(examined);
  return openData(examined);
}
