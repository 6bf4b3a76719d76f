import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { DeviceAccount } from './cwr/device-account.ts';
import { FaultBoard, type Faults, type FaultsPatch } from './faults.ts';
import { serve, type Site } from './http-routes.ts';
import { settingsFrom, type Account, type SandboxOptions, type ServerCertificate } from './options.ts';
import { picturePath } from './page.ts';
import { ReferencePlatform } from './reference-platform.ts';
import type { KeptPicture, Pass, Team } from './state.ts';
import {
  countersOf,
  requestViews,
  teamViews,
  workerViews,
  type Counters,
  type RequestView,
  type WorkerView,
} from './views.ts';

export { DEMO_ACCOUNT, type Account, type SandboxOptions } from './options.ts';
export type { Faults, FaultsPatch } from './faults.ts';
export type { Counters, RequestView, WorkerView } from './views.ts';

/** A running reference platform on 127.0.0.1. Everything that inspects it first handles the writes whose delay is over. */
export interface Sandbox {
  /** Where calls go: `http://127.0.0.1:<port>/open.api`, or `https` with a certificate. */
  readonly url: string;
  /** The address that devices are given: `http://127.0.0.1:<port>`. */
  readonly deviceUrl: string;
  readonly deviceAccounts: readonly DeviceAccount[];
  /** The page for people. */
  readonly pageUrl: string;
  readonly port: number;
  readonly accounts: readonly Account[];
  faults(): Faults;
  /** Changes the named switches. Throws a ZodError for values that make no sense. */
  setFaults(patch: FaultsPatch): void;
  clearFaults(): void;
  settle(): Promise<void>;
  workers(): Promise<readonly WorkerView[]>;
  teams(): Promise<readonly Team[]>;
  passes(): Promise<readonly Pass[]>;
  /** The latest 2000 requests, oldest first; no personal data. */
  requests(): Promise<readonly RequestView[]>;
  counters(): Promise<Counters>;
  /** Bytes of a picture named in a worker's `pictures`. */
  picture(picture: KeptPicture): Buffer | undefined;
  /** Closes the port and all connections: callers are refused. What the platform knows is kept. */
  stop(): Promise<void>;
  /** Opens the same port again. */
  start(): Promise<void>;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

const serverFor = (listener: Listener, tls: ServerCertificate | undefined): Server =>
  tls === undefined
    ? createServer(listener)
    : createSecureServer({ cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.2' }, listener);

/** The network side: one server at a time, always on the port it first got. */
class Port {
  #server: Server | undefined;
  #number: number;
  readonly #newServer: () => Server;

  constructor(wanted: number, newServer: () => Server) {
    this.#number = wanted;
    this.#newServer = newServer;
  }

  get number(): number {
    return this.#number;
  }

  async open(): Promise<void> {
    if (this.#server) return;
    const server = this.#newServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port: this.#number, host: '127.0.0.1' }, resolve);
    });
    const address = server.address();
    if (typeof address === 'object' && address) this.#number = address.port;
    this.#server = server;
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }
}

/** A request whose connection broke while it was read has nobody left to answer. */
function listenerFor(site: Site): Listener {
  return (request, response) => {
    serve(site, request, response).catch(() => request.socket.destroy());
  };
}

function inspection(
  platform: ReferencePlatform,
): Pick<Sandbox, 'settle' | 'workers' | 'teams' | 'passes' | 'requests' | 'counters'> {
  const settled = async <View>(view: (state: ReferencePlatform['state']) => View): Promise<View> => {
    await platform.settle();
    return view(platform.state);
  };
  return {
    settle: () => platform.settle(),
    workers: () => settled(workerViews),
    teams: () => settled(teamViews),
    passes: () => settled((state) => structuredClone(state.passes)),
    requests: () => settled(requestViews),
    counters: () => settled(countersOf),
  };
}

/**
 * Starts a strict reference server of the national `open.api` interface and of the devices' `CWRService` for tests and training.
 * Rejects when the port is taken, an account is malformed or the state file cannot be read.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const faults = new FaultBoard();
  const scheme = options.tls === undefined ? 'http' : 'https';
  const origin = (): string => `${scheme}://127.0.0.1:${port.number}`;
  const settings = settingsFrom(options);
  const now = () => settings.now() + faults.current().clockOffMs;
  const platform = new ReferencePlatform({ ...settings, now }, (picture) => `${origin()}${picturePath(picture)}`);
  const listener = listenerFor({ platform, faults, origin });
  const port = new Port(options.port ?? 0, () => serverFor(listener, options.tls));
  await port.open();
  return {
    url: `${origin()}/open.api`,
    deviceUrl: origin(),
    deviceAccounts: platform.settings.deviceAccounts,
    pageUrl: `${origin()}/`,
    port: port.number,
    accounts: platform.settings.accounts,
    faults: () => faults.current(),
    setFaults: (patch) => faults.set(patch),
    clearFaults: () => faults.clear(),
    ...inspection(platform),
    picture: (picture) => platform.shelf.get(picture),
    stop: async () => {
      await port.close();
      await platform.settle();
    },
    start: () => port.open(),
  };
}
