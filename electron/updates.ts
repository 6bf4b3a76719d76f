import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppUpdater } from 'electron-updater';
import type { UpdateOrder } from '../native-bridge/contract/update-calls.ts';
import type { Policy } from './deployment-policy.ts';
import { type UpdateListeners, UpdateWatch } from './update-watch.ts';

export interface UpdateFacts {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  /** Folder of the packaged program with `app-update.yml`. */
  readonly resources: string;
  readonly policy: Policy;
}

export type UpdatePlan =
  | { readonly isOn: true; readonly url: string; readonly channel: 'latest' | 'beta' }
  | { readonly isOn: false; readonly reason: 'no address' | 'not packaged' | 'not on this system' | 'not signed' };

const betweenChecksMs = 6 * 60 * 60 * 1000;

/** Whose signature an installer must carry; written into the package when it was itself signed. */
function namesPublisher(resources: string): boolean {
  try {
    return /^publisherName:(?:[ \t]*[^\s#]|[ \t]*\r?\n\s*-[ \t]*\S)/m.test(
      readFileSync(join(resources, 'app-update.yml'), 'utf8'),
    );
  } catch {
    return false;
  }
}

/**
 * Whether this program fetches its own updates. Windows only, for there alone the fetched installer's signature is
 * checked before it runs; and there only when the package names a publisher, without which nothing would be checked.
 */
export function updatePlan({ platform, isPackaged, resources, policy }: UpdateFacts): UpdatePlan {
  if (policy.update === undefined) return { isOn: false, reason: 'no address' };
  if (!isPackaged) return { isOn: false, reason: 'not packaged' };
  if (platform !== 'win32') return { isOn: false, reason: 'not on this system' };
  if (!namesPublisher(resources)) return { isOn: false, reason: 'not signed' };
  return { isOn: true, ...policy.update };
}

type Updater = Pick<
  AppUpdater,
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'allowDowngrade'
  | 'allowPrerelease'
  | 'disableWebInstaller'
  | 'logger'
  | 'setFeedURL'
  | 'checkForUpdates'
  | 'on'
>;

/** Fetched in the background, put in place when the operator ends the program: never in the middle of somebody's work. */
export function setUpUpdater(updater: Updater, { url, channel }: { url: string; channel: string }): void {
  updater.autoDownload = true;
  updater.autoInstallOnAppQuit = true;
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  updater.disableWebInstaller = true;
  // Its own log names files and addresses; ours says what happened.
  updater.logger = null;
  updater.setFeedURL({ provider: 'generic', url, channel });
}

/** `electron-updater` looks at Electron as soon as it is loaded, so that happens where it is needed only. */
const ownUpdater = async (): Promise<Updater> => (await import('electron-updater')).default.autoUpdater;

const reasonOff = {
  'no address': 'no-address',
  'not packaged': 'not-packaged',
  'not on this system': 'not-on-this-system',
  'not signed': 'not-signed',
} as const;

/**
 * Looks for updates now and every six hours, as far as there are to be any, and tells what comes of it. Gives what obeys the
 * operator's orders.
 */
export async function startUpdates(
  facts: UpdateFacts,
  listeners: UpdateListeners,
  load: () => Promise<Updater> = ownUpdater,
): Promise<(order: UpdateOrder) => void> {
  const plan = updatePlan(facts);
  if (!plan.isOn) {
    listeners.log(`updates: off, ${plan.reason}`);
    listeners.tell({ source: { kind: 'package', reason: reasonOff[plan.reason] }, work: { kind: 'resting' } });
    return () => undefined;
  }
  const updater = await load();
  setUpUpdater(updater, plan);
  const watch = new UpdateWatch(updater, { kind: 'server', channel: plan.channel }, listeners);
  void watch.look();
  setInterval(() => void watch.look(), betweenChecksMs).unref();
  return watch.obey;
}
