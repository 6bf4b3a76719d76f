import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { findBrowser } from '../../electron/browser-shell/installed-browser.ts';
import { chromiumSwitches } from '../devices/shell.ts';
import { openStudio } from '../devices/studio.ts';
import { picturesOf } from '../../scripts/guide-page.ts';
import { languages, openRehearsal, type RehearsalPage } from './rehearsal.ts';
import { type View, views } from './views.ts';

/*
 * A picture of every screen in its states, in both languages and at both sizes of the desks' displays, for people to
 * look at. An argument limits them to views whose names contain it, or to those that the operator's guide shows.
 */

const folder = join(import.meta.dirname, '..', '..', 'docs', 'screenshots');
const guideOnly = 'guide';
const sizes = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const;

/** With few colours: the screens are drawn, and the pictures are looked at, not measured. */
async function take({ page }: RehearsalPage, file: string): Promise<void> {
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  await sharp(picture).png({ palette: true, colours: 256 }).toFile(file);
}

async function takeAll(shown: RehearsalPage, wanted: readonly View[], into: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  for (const view of wanted) {
    await shown.show(view);
    await take(shown, join(into, `${view.name}.png`));
  }
}

/** The guide shows some of the pictures; its own copies are part of the project. */
async function takeForGuide(shown: RehearsalPage): Promise<void> {
  const guide = readFileSync(join(folder, '..', 'operator-guide.zh-CN.md'), 'utf8');
  for (const path of picturesOf(guide)) {
    const view = views.find(({ name }) => name === basename(path, '.png'));
    if (view === undefined) throw new Error(`no view for the guide's ${path}`);
    await shown.show(view);
    await take(shown, join(folder, '..', path));
  }
}

async function run(part: string): Promise<void> {
  const wanted = views.filter(({ name }) => name.includes(part));
  const film = (await openStudio()).film('approach');
  const executablePath = findBrowser();
  const args = [...chromiumSwitches({ film })];
  const browser = await chromium.launch({ ...(executablePath !== undefined && { executablePath }), args });
  const rehearsal = await openRehearsal();
  for (const language of languages)
    for (const size of sizes) {
      const into = join(folder, `${language}-${size.width}`);
      if (part === '') rmSync(into, { recursive: true, force: true });
      const shown = await rehearsal.page(browser, language, size);
      await takeAll(shown, wanted, into);
      if ((part === '' || part === guideOnly) && language === 'zh-CN' && size === sizes[0]) await takeForGuide(shown);
      await shown.page.context().close();
      console.log(`  ${wanted.length} pictures in ${into}`);
    }
  await browser.close();
  await rehearsal.close();
}

await run(process.argv[2] ?? '');
