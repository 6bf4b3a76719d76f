import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppUpdater } from 'electron-updater';
import type { Policy } from './deployment-policy.ts';

export interface UpdateFacts {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  /** Folder of the packaged program with `app-update.yml`. */
  readonly resources: string;
  readonly policy: Policy;
}

export type UpdatePlan =
  | { readonly isOn: true; readonly url: string; readonly channel: string }
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

function tellOf(updater: Updater, log: (line: string) => void): void {
  updater.on('update-available', ({ version }) => log(`updates: ${version} is being fetched`));
  updater.on('update-downloaded', ({ version }) => log(`updates: ${version} is put in place at the end`));
  // The errors beneath quote addresses and paths.
  updater.on('error', (error: NodeJS.ErrnoException) => log(`updates: failed, ${error.code ?? error.name}`));
}

/** `electron-updater` looks at Electron as soon as it is loaded, so that happens where it is needed only. */
const ownUpdater = async (): Promise<Updater> => (await import('electron-updater')).default.autoUpdater;

/** Looks for updates now and every six hours, as far as there are to be any. Gives the plan. */
export async function startUpdates(
  facts: UpdateFacts,
  log: (line: string) => void,
  load: () => Promise<Updater> = ownUpdater,
): Promise<UpdatePlan> {
  const plan = updatePlan(facts);
  if (!plan.isOn) {
    log(`updates: off, ${plan.reason}`);
    return plan;
  }
  const updater = await load();
  setUpUpdater(updater, plan);
  tellOf(updater, log);
  const look = () => void updater.checkForUpdates().catch(() => undefined);
  look();
  setInterval(look, betweenChecksMs).unref();
  return plan;
}
