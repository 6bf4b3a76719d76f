import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { type Language, languages, type RehearsalPage } from './views/rehearsal.ts';
import { expect, test } from './views/rehearsal-test.ts';
import { type View, views } from './views/views.ts';

// It would look into the page at every step, which takes longer than the steps, and asks for what the policy forbids.
test.use({ trace: 'off' });

/** The smallest display, then a large one, and what 150 % of a large one leaves. */
const sizes = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 1280, height: 720 },
] as const;
const [firstSize] = sizes;

/** Text that is a key of the translations, or in which a value is missing. */
const untranslated = /^[a-z][A-Za-z]*(?:\.[A-Za-z][\w-]*)+$|\{\{/;

async function seriousFindings(page: Page): Promise<readonly string[]> {
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
  // The page has no frames, for whose sake every look would open a page of its own.
  const builder = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  const { violations } = await builder.withTags(rules).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

async function demandFits(shown: RehearsalPage, language: Language): Promise<void> {
  for (const size of sizes) {
    await shown.resize(size);
    const where = `${language} at ${size.width}`;
    expect.soft(await shown.overflow(), where).toEqual({ sideways: 0, down: 0 });
    expect.soft(await shown.partFaults(), where).toEqual([]);
  }
}

/** What has to be right of a view in any language. The languages differ in words alone, and what is accessible in one is in all. */
async function demandSound(shown: RehearsalPage, view: View, language: Language): Promise<void> {
  await shown.page.setViewportSize(firstSize);
  await shown.show(view);
  if (language === 'zh-CN') expect.soft(await seriousFindings(shown.page)).toEqual([]);
  const words = await shown.words();
  expect
    .soft(
      words.filter((word) => untranslated.test(word)),
      language,
    )
    .toEqual([]);
  await demandFits(shown, language);
  expect(shown.complaints.splice(0), language).toEqual([]);
}

test.describe('every view', () => {
  const pages = new Map<Language, RehearsalPage>();

  test.beforeAll(async ({ browser, rehearsal }) => {
    for (const language of languages) pages.set(language, await rehearsal.page(browser, language, firstSize));
  });

  test.afterAll(async () => {
    for (const { page } of pages.values()) await page.context().close();
  });

  // Beside one another: every view takes the time of one language.
  for (const view of views)
    test(`${view.name} is accessible, translated, and fits at every size`, async () => {
      await Promise.all([...pages].map(([language, shown]) => demandSound(shown, view, language)));
    });
});

test.describe('the measure of parts', () => {
  const onQueue: View = {
    ...{ name: 'queue', scenario: 'waiting' },
    open: async (page) => {
      await page.getByTestId('nav-queue').click();
      await page.getByTestId('queue-screen').waitFor();
    },
  };
  const style = (selector: string, text: string) =>
    `document.querySelector(${JSON.stringify(selector)}).style.cssText += ${JSON.stringify(text)}`;

  for (const [name, fault, found] of [
    [
      'a button that was moved onto another',
      style('[data-testid=nav-workers]', 'margin-top: -2rem'),
      /over one another: .*nav-workers/,
    ],
    [
      'words that run into others',
      style('.top-bar__team strong', 'margin-left: -3rem'),
      /over one another: .*钢筋三班/,
    ],
    [
      'a word that its button cuts',
      style('[data-testid=open-import]', 'width: 2rem; min-width: 0; padding: 0; overflow: hidden'),
      /cut: 从 U 盘导入/,
    ],
    [
      'a control beyond the edge of the window',
      style('[data-testid=unsent]', 'position: relative; left: 40rem'),
      /cut: unsent/,
    ],
  ] as const)
    test(`finds ${name}`, async ({ browser, rehearsal }) => {
      const shown = await rehearsal.page(browser, 'zh-CN', firstSize);
      await shown.show(onQueue);
      expect(await shown.partFaults()).toEqual([]);
      await shown.page.evaluate(fault);
      expect((await shown.partFaults()).join('\n')).toMatch(found);
      await shown.page.context().close();
    });
});
