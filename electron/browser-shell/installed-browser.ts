import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What the search depends on, so that it can be tried for another system than the one it runs on. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isProgram: (path: string) => boolean;
}

const linuxNames = ['chromium', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chromium-browser'];

// Edge last: every Windows has it, so an installed Chrome is somebody's choice.
const windowsPaths = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];
const windowsFolders = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export const ownSurroundings = (): Surroundings => ({
  platform: process.platform,
  environment: process.env,
  isProgram,
});

function windowsCandidates(environment: Surroundings['environment']): string[] {
  const folders = windowsFolders.map((name) => environment[name]).filter((folder) => folder !== undefined);
  return windowsPaths.flatMap((path) => folders.map((folder) => join(folder, ...path)));
}

function linuxCandidates(environment: Surroundings['environment']): string[] {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return linuxNames.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * Path of an installed Chromium, Chrome or Edge. `ENROL_DESK_BROWSER` names another one. `undefined` when there is none.
 */
export function findBrowser(surroundings: Surroundings = ownSurroundings()): string | undefined {
  const { environment, platform } = surroundings;
  const chosen = environment['ENROL_DESK_BROWSER'];
  const candidates = platform === 'win32' ? windowsCandidates(environment) : linuxCandidates(environment);
  return [...(chosen === undefined ? [] : [chosen]), ...candidates].find(surroundings.isProgram);
}
