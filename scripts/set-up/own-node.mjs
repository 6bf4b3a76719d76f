import { accessSync, chmodSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpError } from './set-up-error.mjs';

const ownMajor = 24;

/** Type stripping, which the rest of the project needs, comes with the project's own Node; this one only starts it. */
export function refuseOldNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetUpError(`Node 20.19 or newer is needed to set the project up; this is ${version}.`);
}

function makeExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    chmodSync(path, 0o755);
  }
}

/** Path of the Node that the project brings as a package, or of the running one where there is no such package. */
export function findOwnNode(root) {
  const { arch, platform, versions, execPath } = process;
  const name = platform === 'win32' ? 'win' : platform;
  const program = platform === 'win32' ? 'node.exe' : 'node';
  const packaged = join(root, 'node_modules', `node-${name}-${arch}`, 'bin', program);
  if (existsSync(packaged)) {
    makeExecutable(packaged);
    return packaged;
  }
  if (Number.parseInt(versions.node, 10) >= ownMajor) return execPath;
  throw new SetUpError(
    `No Node ${ownMajor} comes with the packages for ${platform}-${arch}: install Node ${ownMajor}.`,
  );
}
