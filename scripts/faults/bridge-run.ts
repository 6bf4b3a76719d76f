import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type BridgeMessage, bridgeMessageSchema } from '../../native-bridge/rpc/shell-link.ts';
import { openStore } from '../../native-bridge/store/open-store.ts';
import type { Misfortune } from './misfortunes.ts';
import type { Round } from './round.ts';

const bridge = fileURLToPath(new URL('../../native-bridge/main.ts', import.meta.url));
const assetsFolder = fileURLToPath(new URL('../../assets', import.meta.url));

/** Longer than the bridge's first question for an outcome, which comes after two seconds. */
const longestLifeMs = 3000;

/** Connects the folder's station to the sandbox, as the settings screen does. */
function connect(round: Round): void {
  const store = openStore({ file: round.file, key: round.key });
  store.settings.set('project', { ...round.setting.connection });
  store.close();
}

/**
 * The station's own bridge process, as both shells start it, delivers what a desk has sealed, and is killed: while it
 * starts, or some time after it is ready.
 */
export const killedBridge: Misfortune = async (round, random) => {
  // Sealed while the platform is away, so that the bridge has something to deliver.
  await round.setting.sandbox.stop();
  await round.run({ enrolments: 4, drain: false });
  await round.setting.sandbox.start();
  connect(round);
  const child = fork(bridge, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const complaints: string[] = [];
  const lifeMs = random.below(longestLifeMs);
  const killAfter = (milliseconds: number) => setTimeout(() => child.kill('SIGKILL'), milliseconds);
  const hear = (message: BridgeMessage) => {
    if (message.kind === 'ready') killAfter(lifeMs);
    if (message.kind === 'fatal') {
      complaints.push(`the bridge did not start: ${message.error.code}`);
      child.kill('SIGKILL');
    }
  };
  child.on('message', (message) => hear(bridgeMessageSchema.parse(message)));
  if (random.below(4) === 0) killAfter(random.below(2000));
  const options = { version: '0', dataFolder: round.dataFolder, assetsFolder, storeKey: round.key, operator: 'desk' };
  child.send({ kind: 'start', options });
  await exited;
  return { ending: 'killed', complaints };
};
