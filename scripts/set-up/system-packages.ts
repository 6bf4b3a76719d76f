import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findBrowser } from '../../electron/browser-shell/installed-browser.ts';
import { SetUpError } from './set-up-error.mjs';

/** Something that a command needs from the system. `debian` is the package that brings it there. */
interface SystemPart {
  readonly debian: string;
  readonly what: string;
  /** Without it the command cannot run at all; otherwise it only does less. */
  readonly isEssential: boolean;
  readonly isPresent: () => boolean;
}

const onLinux = process.platform === 'linux';
const systemFolders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
const hasProgram = (name: string) => systemFolders.some((folder) => existsSync(join(folder, name)));
const fontsForChinese = () => spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' }).stdout ?? '';

const browser: SystemPart = {
  debian: 'chromium',
  what: 'Chromium, Chrome or Edge',
  isEssential: true,
  isPresent: () => findBrowser() !== undefined,
};
const chineseFont: SystemPart = {
  debian: 'fonts-noto-cjk',
  what: 'a Chinese font',
  isEssential: false,
  isPresent: () => !onLinux || fontsForChinese().trim() !== '',
};
/** Stands in for a serial cable and a smart-card reader; the tests with those are Linux only. */
const linuxProgram = (debian: string, isPresent: () => boolean): SystemPart => ({
  debian,
  what: debian,
  isEssential: false,
  isPresent: () => !onLinux || isPresent(),
});
const virtualReaderDriver = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
const testDevices = [
  linuxProgram('socat', () => hasProgram('socat')),
  linuxProgram('pcscd', () => hasProgram('pcscd')),
  linuxProgram('vsmartcard-vpcd', () => existsSync(virtualReaderDriver)),
];

/** A window is wanted but not essential: without a browser the program prints its address. */
export const systemPartsFor = {
  window: [{ ...browser, isEssential: false }, chineseFont],
  film: [browser, chineseFont],
  tests: [browser, chineseFont, ...testDevices],
} as const;

const isRootOnDebian = () => process.getuid?.() === 0 && hasProgram('apt-get');

function apt(argv: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', ['-qq', ...argv], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

function installFromDebian(parts: readonly SystemPart[]): void {
  const names = parts.map(({ debian }) => debian);
  console.error(`Installing system packages: ${names.join(', ')} …`);
  // Lists may be absent or partly unreachable; the installation itself tells.
  apt(['update']);
  apt(['install', '-y', '--no-install-recommends', ...names]);
}

function sentenceFor(parts: readonly SystemPart[]): string {
  const names = parts.map(({ what }) => what).join(', ');
  const command = `sudo apt-get install ${parts.map(({ debian }) => debian).join(' ')}`;
  return `Missing on this system: ${names}.${onLinux ? ` On Debian or Ubuntu: ${command}` : ''}`;
}

/** Installs what is missing where that can be done without asking; otherwise says in one line what is missing. */
export function prepareSystem(parts: readonly SystemPart[]): void {
  const absent = () => parts.filter((part) => !part.isPresent());
  if (absent().length > 0 && isRootOnDebian()) installFromDebian(absent());
  const missing = absent();
  if (missing.length === 0) return;
  if (missing.some(({ isEssential }) => isEssential)) throw new SetUpError(sentenceFor(missing));
  console.error(sentenceFor(missing));
}
