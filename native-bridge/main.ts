import './young-generation.ts';
import { type MainPort, fromMainPort } from './rpc/message-port-channel.ts';
import { type BridgeMessage, RelayedClients, type ShellMessage, shellMessageSchema } from './rpc/shell-link.ts';
import { asStationError } from './contract/errors.ts';
import { keepCompiledCode, keepCompiledCodeSoon } from './compiled-code.ts';
import { isLateRelease } from './reader/pcsc/late-release.ts';
import { framesOf, StationHost } from './station-host.ts';

/*
 * Entry of the bridge process. It runs as a child of either shell: forked by Node (messages over its IPC line) or as
 * Electron's utility process (messages over `parentPort`, a client's port beside its message).
 */

interface UtilityParentPort {
  postMessage(message: unknown): void;
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly MainPort[] }) => void,
  ): void;
}

interface ShellLink {
  send(message: BridgeMessage): void;
  listen(listener: (message: unknown, port: MainPort | undefined) => void): void;
}

function shellLink(): ShellLink {
  const parentPort = (process as { readonly parentPort?: UtilityParentPort }).parentPort;
  if (parentPort !== undefined) {
    return {
      send: (message) => parentPort.postMessage(message),
      listen: (listener) => parentPort.on('message', (event) => listener(event.data, event.ports[0])),
    };
  }
  // A bridge without its shell has nobody to work for.
  process.on('disconnect', () => process.exit(0));
  return {
    send: (message) => process.connected && process.send?.(message),
    listen: (listener) => process.on('message', (message: unknown) => listener(message, undefined)),
  };
}

const link = shellLink();
const clients = new RelayedClients((message) => link.send(message));
const host = new StationHost({
  onReady: (addresses) => {
    link.send({ kind: 'ready', ...addresses });
    keepCompiledCodeSoon();
  },
  onNewShellKey: (key) => link.send({ kind: 'keep-key', key }),
  onUpdateOrder: (order) => link.send({ kind: 'update-order', order }),
  onFatal: (error) => link.send({ kind: 'fatal', error: { code: error.code, detail: error.detail } }),
});

async function stop(): Promise<void> {
  await host.stop();
  keepCompiledCode();
  link.send({ kind: 'stopped' });
  // Sockets and timers of libraries may still be open; everything of ours is stored.
  setImmediate(() => process.exit(0));
}

function obey(message: ShellMessage, port: MainPort | undefined): void {
  switch (message.kind) {
    case 'start':
      return void host.start(message.options);
    case 'client-open':
      return host.serve(clients.open(message.client));
    case 'client-port':
      return port && host.serve(fromMainPort(port));
    case 'client-message':
      return clients.deliver(message.client, message.message);
    case 'client-close':
      return clients.close(message.client);
    case 'ping':
      return link.send({ kind: 'pong', beat: message.beat });
    case 'system':
      return host.systemEvent(message.event);
    case 'updates':
      return host.updatesTold(message.state);
    case 'stop':
      return void stop();
  }
}

link.listen((message, port) => {
  const checked = shellMessageSchema.safeParse(message);
  if (checked.success) obey(checked.data, port);
});

// An unforeseen error may have left the station half-way: end, and let the shell start a fresh one from the store.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (cause: unknown) => {
    if (isLateRelease(cause)) return;
    console.error(`bridge: ${event}: ${framesOf(cause)}`);
    link.send({ kind: 'fatal', error: { code: asStationError(cause).code } });
    process.exit(1);
  });
}
