import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import { unwrapJson } from '../driver/lenient-json.ts';
import type { CwrAccess, CwrClient } from './cwr-client.ts';
import { looseBoolean, looseText, type Reply } from './envelope.ts';
import { serverTime } from './server-time.ts';

/** What the platform tells a device that signs in. */
export interface SignedIn {
  /** The project that the device belongs to, where the platform tells it. */
  readonly projectId: string | undefined;
  /** The platform has changed people for this device to fetch. */
  readonly peopleChanged: boolean;
}

export interface CwrSession {
  signIn(): Promise<SignedIn>;
  /** Calls a function once the device is signed in and the clocks agree. Rejects like the client. */
  send(functionName: string, data: object): Promise<Reply>;
  /** Asks a question and gives its answer; a refused question is `platform.bad-answer`. */
  ask(functionName: string, data: object): Promise<unknown>;
  readonly clockDifferenceSeconds: number | undefined;
}

const projectSchema = z.object({
  Project_ID: looseText,
  project_id: looseText,
  projectCode: looseText,
});

const signinSchema = z.object({
  server_timestamp: looseText,
  emp_syncflag: looseBoolean,
  project_info: z.unknown().optional().transform(unwrapJson),
});

const longestDetail = 120;

/**
 * One device on the platform. Signs in before the first call and again whenever the clocks were too far apart; then
 * nothing is sent, for every signature would be refused.
 */
export function createCwrSession(client: CwrClient, access: CwrAccess, projectCode: string): CwrSession {
  let signedIn: Promise<SignedIn> | undefined;
  const { dialect, now = Date.now } = access;
  const clockAgrees = () => Math.abs(client.clockDifferenceSeconds ?? 0) <= dialect.clockToleranceSeconds;
  const signIn = async (): Promise<SignedIn> => {
    const versions = { version_list: [{ current_version: dialect.version, version_type: 'main' }] };
    const { time, ...told } = readSignin(answerOf(await client.send('Signin', versions)));
    if (time !== undefined) client.clockDifferenceSeconds = Math.round((time - now()) / 1000);
    if (!clockAgrees()) throw new StationError('platform.clock-wrong', `${client.clockDifferenceSeconds} s`);
    demandProject(told.projectId, projectCode);
    return told;
  };
  /** A failed attempt is forgotten, so that the next call makes its own. */
  const begin = () => {
    signedIn = signIn().catch((cause: unknown) => {
      signedIn = undefined;
      throw cause;
    });
    return signedIn;
  };
  const session = async () => {
    if (!clockAgrees()) signedIn = undefined;
    await (signedIn ?? begin());
  };
  const send = async (functionName: string, data: object) => {
    await session();
    return client.send(functionName, data);
  };
  return {
    signIn: begin,
    send,
    ask: async (functionName, data) => answerOf(await send(functionName, data)),
    get clockDifferenceSeconds() {
      return client.clockDifferenceSeconds;
    },
  };
}

/** A refused question says nothing about the record it was asked for. */
function answerOf(reply: Reply): unknown {
  if (reply.state === 'done') return reply.data;
  throw new StationError('platform.bad-answer', `question refused: ${reply.text}`.slice(0, longestDetail));
}

function readSignin(data: unknown): SignedIn & { readonly time: number | undefined } {
  const { server_timestamp: time, emp_syncflag: changed, project_info: info } = signinSchema.safeParse(data).data ?? {};
  const project = projectSchema.safeParse(Array.isArray(info) ? (info as unknown[])[0] : info).data;
  return {
    time: time === undefined ? undefined : serverTime(time),
    projectId: project?.Project_ID ?? project?.project_id ?? project?.projectCode,
    peopleChanged: changed ?? false,
  };
}

/** Workers of one project must never arrive in another. A platform that does not tell the project is believed. */
function demandProject(told: string | undefined, projectCode: string): void {
  if (told !== undefined && told !== '' && told !== projectCode) {
    throw new StationError('platform.wrong-project', 'the device signs in to another project');
  }
}
