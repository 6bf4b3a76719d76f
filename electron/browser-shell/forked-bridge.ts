import { fork } from 'node:child_process';
import { bridgeEnvironment, type BridgeNeeds } from '../bridge-environment.ts';
import type { BridgeProcess } from '../supervisor.ts';

const standardError = 2;

/**
 * The bridge as a child of this Node. Structured copies on the line keep bytes as bytes. What the bridge prints goes to
 * standard error, since the shell's standard output may be read by a program.
 */
export function forkBridge(script: string, needs: BridgeNeeds = {}): BridgeProcess {
  const child = fork(script, [], {
    serialization: 'advanced',
    stdio: ['ignore', standardError, standardError, 'ipc'],
    execArgv: [],
    env: bridgeEnvironment(needs),
  });
  return {
    // A process that is just ending closes the line first; its end is reported by `onExit`.
    send: (message) => void (child.connected && child.send(message, () => undefined)),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      child.once('exit', listener);
      // Without a process id it was never started, and there will be no exit.
      child.once('error', () => void (child.pid === undefined && listener()));
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
