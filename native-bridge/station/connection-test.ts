import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { ErrorReport } from '../contract/basic.ts';
import { asStationError, type ErrorCode, type StationError } from '../contract/errors.ts';
import type { ConnectionStep } from '../contract/platform-calls.ts';
import type { ProjectConnection } from '../contract/project-connection.ts';
import type { Questionable, Question } from '../platform/connection-questions.ts';
import type { Connector } from '../platform/connector.ts';
import type { DialectShelf } from './dialect-shelf.ts';
import { openConnector } from './open-connector.ts';

const connectLimitMs = 6000;
const clockWarningSeconds = 60;

const report = ({ code, detail }: StationError): ErrorReport => ({ code, ...(detail !== undefined && { detail }) });
const reportOf = (cause: unknown): ErrorReport => report(asStationError(cause));
const ok = (step: ConnectionStep['step']): ConnectionStep => ({ step, state: 'ok' });
const skipped = (step: ConnectionStep['step']): ConnectionStep => ({ step, state: 'skipped' });
const trouble = (step: ConnectionStep['step'], error: ErrorReport): ConnectionStep => ({
  step,
  state: 'trouble',
  error,
});

/** Tries a connection out, step by step, with questions that change nothing. Never throws. */
export async function testConnection(
  connection: ProjectConnection,
  dialects: DialectShelf,
): Promise<readonly ConnectionStep[]> {
  try {
    const connector = openConnector(connection, dialects);
    return [ok('settings'), ...(await testNetwork(new URL(connection.url), connector))];
  } catch (cause) {
    return [trouble('settings', reportOf(cause)), ...restSkipped('address')];
  }
}

const order = ['address', 'tls', 'clock', 'sign', 'permission', 'functions'] as const;
const restSkipped = (first: (typeof order)[number]) => order.slice(order.indexOf(first)).map(skipped);

async function testNetwork(url: URL, connector: Connector & Questionable): Promise<readonly ConnectionStep[]> {
  const address = await networkError(connectTcp(target(url)), 'connect');
  if (address !== undefined) return [trouble('address', address), ...restSkipped('tls')];
  const tls = url.protocol === 'https:' ? await testTls(url) : ({ step: 'tls', state: 'warning' } as const);
  if (tls.state === 'trouble') return [ok('address'), tls, ...restSkipped('clock')];
  const account = await testAccount(connector);
  // The connection was refused for it before the account was looked at.
  const pinned = account.find(({ error }) => error?.code === 'platform.wrong-certificate')?.error;
  if (pinned !== undefined) return [ok('address'), trouble('tls', pinned), ...restSkipped('clock')];
  return [ok('address'), tls, ...account];
}

/** A host in brackets is an IPv6 address, which the system wants bare. */
function target(url: URL): { host: string; port: number } {
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port };
}

async function testTls(url: URL): Promise<ConnectionStep> {
  const { host, port } = target(url);
  const error = await networkError(
    connectTls({ host, port, servername: isIP(host) === 0 ? host : '' }),
    'secureConnect',
  );
  return error === undefined ? ok('tls') : trouble('tls', error);
}

type Socket = ReturnType<typeof connectTcp> | TLSSocket;

/** Waits until a socket is connected and closes it. Only the system's code of an error is kept. */
async function networkError(socket: Socket, connected: 'connect' | 'secureConnect'): Promise<ErrorReport | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  socket.setTimeout(connectLimitMs, () => resolve('ETIMEDOUT'));
  socket.once(connected, () => resolve(undefined));
  socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'connection failed'));
  const code = await promise;
  socket.destroy();
  return code === undefined ? undefined : { code: 'platform.unreachable', detail: code };
}

async function testAccount(connector: Connector & Questionable): Promise<readonly ConnectionStep[]> {
  const [first, ...others] = connector.questions;
  const error = first && (await errorOf(first));
  const clock = clockStep(connector.clockDifferenceSeconds, error?.code);
  if (first === undefined || error === undefined) {
    return [clock, ok('sign'), ok('permission'), await testFunctions(first, others)];
  }
  return [clock, ...accountTrouble(error)];
}

const errorOf = (question: Question): Promise<ErrorReport | undefined> =>
  question.ask().then(
    () => undefined,
    (cause: unknown) => reportOf(cause),
  );

function clockStep(seconds: number | undefined, code: ErrorCode | undefined): ConnectionStep {
  const told = seconds === undefined ? {} : { seconds };
  if (code === 'platform.clock-wrong') return { ...trouble('clock', { code }), ...told };
  if (seconds === undefined) return skipped('clock');
  return { step: 'clock', state: Math.abs(seconds) > clockWarningSeconds ? 'warning' : 'ok', seconds };
}

/** The platform knew the signature before it looked at these. */
const afterSign: ReadonlySet<ErrorCode> = new Set(['platform.device-unknown', 'platform.wrong-project']);
/** Whether the signature was right is not known: the account may be looked at first. */
const aboutAccount: ReadonlySet<ErrorCode> = new Set(['platform.no-permission', 'platform.address-not-allowed']);

function accountTrouble(error: ErrorReport): readonly ConnectionStep[] {
  if (afterSign.has(error.code)) return [ok('sign'), trouble('permission', error), skipped('functions')];
  if (aboutAccount.has(error.code)) return [skipped('sign'), trouble('permission', error), skipped('functions')];
  if (error.code === 'platform.clock-wrong') return restSkipped('sign');
  return [trouble('sign', error), ...restSkipped('permission')];
}

async function testFunctions(first: Question | undefined, others: readonly Question[]): Promise<ConnectionStep> {
  const functions: NonNullable<ConnectionStep['functions']> = first === undefined ? [] : [{ name: first.name }];
  for (const question of others) {
    const error = await errorOf(question);
    functions.push({ name: question.name, ...(error && { error }) });
  }
  const state = functions.some(({ error }) => error !== undefined) ? 'warning' : 'ok';
  return { step: 'functions', state, functions };
}
