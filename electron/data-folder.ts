import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const ownSurroundings = (): Surroundings => ({ platform: process.platform, environment: process.env, home: homedir() });

/**
 * Where a station keeps its files when nothing else is said. On Windows the local folder, not the roaming one: the store
 * belongs to this machine and is too large to be carried along at every sign-in.
 */
export function defaultDataFolder({ platform, environment, home }: Surroundings = ownSurroundings()): string {
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'EnrolDesk');
  return join(environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'enrol-desk');
}

/** The absolute path of the station's folder, which exists afterwards and is its user's alone. */
export function openDataFolder(chosen: string | undefined): string {
  const folder = resolve(chosen ?? defaultDataFolder());
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
