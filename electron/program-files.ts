import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { outsideArchive } from '../native-bridge/contract/helper-node.ts';
import type { StartOptions } from '../native-bridge/rpc/shell-link.ts';
import type { ShellOptions } from './shell-options.ts';

/** The parts of the built program, as seen from the folder that a shell's own bundle lies in (`dist/<shell>`). */
export interface ProgramFiles {
  readonly page: string;
  readonly bridge: string;
  readonly assets: string;
  readonly version: string;
}

const packageSchema = z.object({ version: z.string() });

export function programFiles(shellFolder: string): ProgramFiles {
  const root = join(shellFolder, '..', '..');
  return {
    page: join(shellFolder, '..', 'renderer'),
    bridge: join(shellFolder, '..', 'bridge', 'main.js'),
    // Read by native code as well, which sees no archive.
    assets: outsideArchive(join(root, 'assets')),
    version: packageSchema.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).version,
  };
}

/** The name that the person signed in to the system with. An account without one exists in some containers. */
function signedInUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'operator';
  }
}

/** What the bridge is told at its start. */
export function startOptions(
  files: ProgramFiles,
  dataFolder: string,
  storeKey: Uint8Array | undefined,
  { practiceControlPort, offersFirstRun }: ShellOptions,
  shell?: StartOptions['shell'],
): StartOptions {
  return {
    version: files.version,
    dataFolder,
    assetsFolder: files.assets,
    ...(storeKey && { storeKey }),
    operator: signedInUser(),
    offersFirstRun,
    ...(shell && { shell }),
    ...(practiceControlPort === undefined ? {} : { practiceControlPort }),
  };
}
