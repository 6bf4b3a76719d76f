// A caller of the interface, written for the tests alone and from the description alone: it shares nothing with the
// server, so that a mistake in one is not hidden by the same mistake in the other.
import { createCipheriv, createDecipheriv, createHash, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { z } from 'zod';
import { DEMO_ACCOUNT, startSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';

export const SECRET = DEMO_ACCOUNT.secret;
export const PROJECT = 'SANDBOXPROJECT0001';
export const CORP = { corpCode: '91459999TEST00001X', corpName: '示例建筑劳务有限公司' };
export const PLACE = { projectCode: PROJECT, ...CORP };

/** 2026-03-02 10:00:00 in China. */
export const START = Date.UTC(2026, 2, 2, 2, 0, 0);

export type Data = Record<string, unknown>;

const replySchema = z.object({
  code: z.union([z.string(), z.number()]),
  message: z.string(),
  data: z.record(z.string(), z.json()).nullable(),
});
export type ClientReply = z.infer<typeof replySchema>;

/** Encrypts with AES-256-CBC the way the description says, key and IV cut from the secret. */
export function seal(plain: string, secret = SECRET): string {
  const cipher = createCipheriv('aes-256-cbc', Buffer.from(secret), Buffer.from(secret.substring(0, 16)));
  return cipher.update(plain, 'utf8', 'base64') + cipher.final('base64');
}

export function unseal(sealed: string, secret = SECRET): string {
  const decipher = createDecipheriv('aes-256-cbc', Buffer.from(secret), Buffer.from(secret.substring(0, 16)));
  return decipher.update(sealed, 'base64', 'utf8') + decipher.final('utf8');
}

/** `yyyyMMddHHmmss` in China. */
export function stampOf(milliseconds: number): string {
  const shifted = new Date(milliseconds + 8 * 3600 * 1000);
  const two = (value: number): string => value.toString().padStart(2, '0');
  const day = `${shifted.getUTCFullYear()}${two(shifted.getUTCMonth() + 1)}${two(shifted.getUTCDate())}`;
  return `${day}${two(shifted.getUTCHours())}${two(shifted.getUTCMinutes())}${two(shifted.getUTCSeconds())}`;
}

/** Signs in the documented order of names, spelled out instead of sorted. */
export function withSign(form: Record<string, string>, secret = SECRET): Record<string, string> {
  const order = ['appid', 'corpsign', 'data', 'format', 'method', 'nonce', 'timestamp', 'version'];
  const joined = order.filter((name) => form[name] !== undefined).map((name) => `${name}=${form[name]}&`);
  const text = `${joined.join('')}appsecret=${secret}`.toLowerCase();
  return { ...form, sign: createHash('sha256').update(Buffer.from(text, 'utf8')).digest('hex') };
}

export async function readReply(response: Response): Promise<ClientReply> {
  return replySchema.parse(await response.json());
}

export function postForm(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(form) });
}

/** A sandbox with a clock that stands still until it is told otherwise, and a caller for it. */
export interface Bench {
  readonly sandbox: Sandbox;
  readonly clock: { now: number };
  readonly form: (method: string, data: Data | string, changes?: Record<string, string>) => Record<string, string>;
  readonly call: (method: string, data: Data | string, changes?: Record<string, string>) => Promise<ClientReply>;
  /** Sends a write, lets its delay pass and fetches the outcome. */
  readonly write: (method: string, data: Data) => Promise<{ status: unknown; result: unknown }>;
}

export const DELAY_MS = 5000;

export async function startBench(options: SandboxOptions = {}): Promise<Bench> {
  const clock = { now: START };
  const sandbox = await startSandbox({ asyncDelayMs: DELAY_MS, now: () => clock.now, ...options });
  const form: Bench['form'] = (method, data, changes = {}) => ({
    ...{ appid: DEMO_ACCOUNT.appid, format: 'json', method, nonce: randomUUID(), version: '1.0' },
    timestamp: stampOf(clock.now),
    data: typeof data === 'string' ? data : JSON.stringify(data),
    ...changes,
  });
  const call: Bench['call'] = async (method, data, changes) =>
    readReply(await postForm(sandbox.url, withSign(form(method, data, changes))));
  const write: Bench['write'] = async (method, data) => {
    const accepted = await call(method, data);
    if (String(accepted.code) !== '0') throw new Error(`${accepted.code} ${accepted.message}`);
    clock.now += DELAY_MS;
    const requestSerialCode = accepted.data?.['requestSerialCode'];
    const outcome = await call('AsyncHandleResult.Query', { requestSerialCode });
    return { status: outcome.data?.['status'], result: outcome.data?.['result'] };
  };
  return { sandbox, clock, form, call, write };
}

/** A JSON value that has to be a text. */
export function textIn(value: unknown): string {
  return z.string().parse(value);
}

/** The object without some of its fields. */
export function without<Value>(
  record: Readonly<Record<string, Value>>,
  ...names: readonly string[]
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** Adds a team and returns its number. */
export async function addTeam(bench: Bench, teamName = '木工一班'): Promise<number> {
  const outcome = await bench.write('Team.Add', { ...PLACE, teamName });
  return z.object({ teamSysNo: z.int() }).parse(outcome.result).teamSysNo;
}

/** Grey pictures of a real size; `seed` makes them differ. */
export async function pictureText(kind: 'jpeg' | 'png' = 'jpeg', seed = 120, prefix: string = kind): Promise<string> {
  const plain = sharp({ create: { width: 120, height: 150, channels: 3, background: { r: seed, g: 130, b: 140 } } });
  const bytes = await plain.toFormat(kind).toBuffer();
  return `data:image/${prefix};base64,${bytes.toString('base64')}`;
}

/** Impossible numbers: division 459999 was never given out. */
export const NUMBERS = {
  wei: withCheckDigit('45999919900101001'),
  qin: withCheckDigit('45999919900101002'),
  lu: withCheckDigit('45999919900101003'),
} as const;

/** Finds the check character by the congruence of ISO 7064 itself: the weighted sum including it must be 1 modulo 11. */
export function withCheckDigit(digits: string): string {
  const candidates = [...'0123456789X'].map((character) => digits + character);
  const weighted = (number: string): number =>
    [...number].reduce((sum, character) => (sum * 2 + (character === 'X' ? 10 : Number(character))) % 11, 0);
  const fitting = candidates.find((number) => weighted(number) === 1);
  if (fitting === undefined) throw new Error('no check character fits');
  return fitting;
}

export async function workerData(idCardNumber: string = NUMBERS.wei, changes: Data = {}): Promise<Data> {
  return {
    ...{ workerName: '韦试样', isTeamLeader: 0, idCardType: '01', idCardNumber: seal(idCardNumber) },
    ...{ workType: '240', workRole: 20, nation: '壮', address: '广西示例市示例路1号', politicsType: '13' },
    ...{ headImage: await pictureText('jpeg', 100, 'jpeg'), cellPhone: '13800000000', cultureLevelType: '02' },
    ...{ grantOrg: '示例市公安局', issueCardPic: await pictureText('jpeg', 200) },
    ...changes,
  };
}

export function addCall(teamSysNo: number, workerList: readonly unknown[], changes: Data = {}): Data {
  return { ...PLACE, teamSysNo, teamName: '木工一班', workerList, ...changes };
}
