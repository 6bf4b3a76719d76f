import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedPackages, type ProductionPackage } from './production-packages.ts';

/**
 * Licences that a program may be shipped under to a site without its own sources: permissive ones, and the LGPL for
 * libraries that stay files of their own beside the program, which libvips does.
 */
const allowed = new Set([
  'MIT',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Python-2.0',
  'CC0-1.0',
  'X11',
]);
const weakCopyleft = new Set(['LGPL-3.0-or-later']);
/** Native libraries that come in packages of their own. */
const isReplaceable = ({ name }: ProductionPackage) => name.startsWith('@img/sharp-');

/** Whether an SPDX expression of the simple kind that packages use is met by what is allowed. */
function isAllowed(expression: string, isKnown: (licence: string) => boolean): boolean {
  const bare = expression.replaceAll(/[()]/g, '');
  if (bare.includes(' OR ')) return bare.split(' OR ').some((part) => isAllowed(part, isKnown));
  return bare.split(' AND ').every((part) => isKnown(part.trim()));
}

/** Why a package may not be shipped; undefined when it may. */
export function licenceFault(shipped: ProductionPackage): string | undefined {
  const { name, license } = shipped;
  if (license === undefined) return `${name}: no licence named`;
  const isKnown = (one: string) => allowed.has(one) || (isReplaceable(shipped) && weakCopyleft.has(one));
  return isAllowed(license, isKnown) ? undefined : `${name}: ${license}`;
}

const licenceName = /^(?:licen[cs]e|copying|notice|third-?party-?notices?)(?:[.-].*)?$/i;

function textsOf(root: string, { path }: ProductionPackage): string[] {
  const folder = join(root, path);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && licenceName.test(entry.name))
    .map((entry) => readFileSync(join(folder, entry.name), 'utf8').trim());
}

/** A package that came without a text says in its own words only what its licence is called. */
const noText = 'The package brings no text of its licence.';

/** Every package that is shipped from this system, with the licences that it brings. Electron brings its own list. */
export function licenceList(root: string): string {
  const shipped = installedPackages(root).filter(({ path }) => existsSync(join(root, path)));
  const parts = shipped.map((each) => {
    const texts = textsOf(root, each);
    return `${each.name} ${each.version} — ${each.license}\n\n${texts.length === 0 ? noText : texts.join('\n\n')}`;
  });
  return `${parts.join(`\n\n${'='.repeat(80)}\n\n`)}\n`;
}
