import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeIcons } from './icons.ts';
import { licenceList } from './licences.ts';

/** Makes what electron-builder.yml names and no other step makes: the icons and the list of licences. */
export async function preparePacking(root: string): Promise<void> {
  await makeIcons(root, join(root, 'packaging', 'icons'));
  mkdirSync(join(root, 'release'), { recursive: true });
  writeFileSync(join(root, 'release', 'third-party-licences.txt'), licenceList(root));
}
