import { type MessagePortMain, utilityProcess } from 'electron';
import type { ShellMessage } from '../native-bridge/rpc/shell-link.ts';
import { bridgeEnvironment, type BridgeNeeds } from './bridge-environment.ts';
import type { BridgeProcess } from './supervisor.ts';

/** A bridge that takes a client's port itself, so that frames do not go through the main process. */
export interface UtilityBridge extends BridgeProcess {
  sendPort(port: MessagePortMain): void;
}

/** SIGKILL, because a hanging process would not handle the signal that Electron's own `kill` sends. */
function killAtOnce(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** The bridge in one of Electron's utility processes: Node without a page and without the main process's powers. */
export function forkUtilityBridge(script: string, needs: BridgeNeeds): UtilityBridge {
  const child = utilityProcess.fork(script, [], {
    serviceName: 'Enrol Desk station',
    stdio: 'inherit',
    env: bridgeEnvironment(needs),
  });
  let hasExited = false;
  child.once('exit', () => (hasExited = true));
  const post = (message: ShellMessage, ports: MessagePortMain[] = []) => {
    if (!hasExited) child.postMessage(message, ports);
  };
  return {
    send: (message) => post(message),
    sendPort: (port) => post({ kind: 'client-port' }, [port]),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', () => listener()),
    kill: () => killAtOnce(child.pid),
  };
}
