// A device written for the tests alone and from the description alone: it shares nothing with the server, so that a
// mistake in one is not hidden by the same mistake in the other.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { NUMBERS, pictureText, START } from '../client-for-tests.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox.ts';

export const DEVICE = { api_key: 'SANDBOXDEVICEKEY01', client_serial: 'FT00000001', api_version: '1.0' };
export const DEVICE_SECRET = 'sandbox-device-secret';
export const COMPANY = '示例建筑劳务有限公司';
export const DEVICE_PROJECT = 'SANDBOXPROJECT0001';

const answerSchema = z.strictObject({
  result: z.union([z.string(), z.boolean()]),
  status: z.literal(200),
  code: z.union([z.string(), z.number()]),
  message: z.string(),
  detail_message: z.string(),
  result_data: z.json(),
});
export type DeviceAnswer = z.infer<typeof answerSchema>;

/** `yyyy-MM-dd HH:mm:ss` in China. */
export const timeText = (milliseconds: number): string =>
  new Date(milliseconds + 8 * 3600 * 1000).toISOString().slice(0, 19).replace('T', ' ');

/** Names spelled out in their order instead of sorted. */
export function signed(
  parameters: Record<string, string>,
  body: string,
  secret = DEVICE_SECRET,
): Record<string, string> {
  const { api_key, api_version, client_serial, timestamp } = parameters;
  const text = `api_key${api_key}api_version${api_version}body${body}client_serial${client_serial}timestamp${timestamp}`;
  const hash = createHash('md5').update(Buffer.from(`${secret}${text}${secret}`, 'utf8'));
  return { ...parameters, signature: hash.digest('hex').toUpperCase() };
}

export interface DeviceBench {
  readonly sandbox: Sandbox;
  readonly clock: { now: number };
  readonly post: (functionName: string, parameters: Record<string, string>, body: string) => Promise<DeviceAnswer>;
  /** Calls as it should be; `changes` replace parameters before signing. */
  readonly call: (functionName: string, data: unknown, changes?: Record<string, string>) => Promise<DeviceAnswer>;
}

export async function startDeviceBench(options: SandboxOptions = {}): Promise<DeviceBench> {
  const clock = { now: START };
  const sandbox = await startSandbox({ now: () => clock.now, ...options });
  const post: DeviceBench['post'] = async (functionName, parameters, body) => {
    const query = new URLSearchParams(parameters).toString();
    const headers = { 'content-type': 'application/json' };
    const url = `${sandbox.deviceUrl}/CWRService/${functionName}?${query.toString()}`;
    const response = await fetch(url, { method: 'POST', headers, body });
    return answerSchema.parse(await response.json());
  };
  const call: DeviceBench['call'] = (functionName, data, changes = {}) => {
    const body = JSON.stringify(data);
    return post(functionName, signed({ ...DEVICE, timestamp: timeText(clock.now), ...changes }, body), body);
  };
  return { sandbox, clock, post, call };
}

/** Bare Base64, as devices send pictures. */
export const barePicture = async (seed?: number): Promise<string> =>
  (await pictureText('jpeg', seed)).replace(/^data:[^,]*,/, '');

export async function employeeData(changes: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  return {
    ...{ Project_ID: DEVICE_PROJECT, id_code: NUMBERS.wei, id_photo: await barePicture(100), emp_name: '韦试样' },
    ...{ emp_phone: '13800000000', emp_nativeplace: '广西示例市示例路1号', emp_nation: '壮' },
    ...{ pass_period: '2026-03-02:2040-01-01', match_flag: 'Y', facephoto: await barePicture(200) },
    ...{ emp_company: COMPANY, work_typename: '木工', emp_category: '建筑工人', cwr_iskeypsn: 0 },
    ...{ job_typename: '作业岗位', job_name: '0001', contract_status: 0, id_agency: '示例市公安局' },
    ...{ id_validdate: '2020.01.01-长期' },
    ...changes,
  };
}

export const teamData = { Project_ID: DEVICE_PROJECT, company_name: COMPANY, team_name: '木工一班' };
