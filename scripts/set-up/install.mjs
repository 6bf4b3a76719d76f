import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpError } from './set-up-error.mjs';
import { isStamped, stamp } from './stamp.mjs';

const { arch, platform } = process;

// No package of this project needs its install script; see the rule on dependencies in the documentation.
const npmArguments = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];

/** npm's own program when npm started us; otherwise `npm` by name, which on Windows is a batch file and needs a shell. */
function runNpm(root) {
  const program = process.env.npm_execpath;
  const options = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] };
  if (program?.endsWith('.js')) return spawnSync(process.execPath, [program, ...npmArguments], options);
  if (platform === 'win32') return spawnSync(`npm ${npmArguments.join(' ')}`, { ...options, shell: true });
  return spawnSync('npm', npmArguments, options);
}

function packagesOf(path) {
  return Object.entries(JSON.parse(readFileSync(path, 'utf8')).packages).filter(([place]) => place !== '');
}

const isForHere = ({ os, cpu, libc }) => os?.includes(platform) && cpu?.includes(arch) && libc === undefined;

/** npm leaves out optional packages for other systems, and what only those need. */
const mayBeMissing = (entry) => entry.optional === true && !isForHere(entry);

/**
 * Whether what npm noted as installed is what is locked, so that an install by hand is not done over. npm writes its note
 * last, so a broken-off install has none.
 */
export function isInstalled(root) {
  const note = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = new Map(packagesOf(note).map(([place, { version }]) => [place, version]));
  const locked = packagesOf(join(root, 'package-lock.json'));
  return locked.every(([place, entry]) =>
    installed.has(place) ? installed.get(place) === entry.version : mayBeMissing(entry),
  );
}

function install(root) {
  console.error('Installing the locked packages; this takes about a minute the first time …');
  if (runNpm(root).status === 0) return;
  throw new SetUpError('The packages could not be installed: npm ci failed, its message is above.');
}

/** Installs what package-lock.json names, when that is not what is there. */
export function installPackages(root) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(join(root, 'node_modules')) && isStamped('packages', lock)) return;
  if (!isInstalled(root)) install(root);
  stamp('packages', lock);
}
