import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { type Language, languages, type RehearsalPage } from './views/rehearsal.ts';
import { expect, test } from './views/rehearsal-test.ts';
import { type View, views } from './views/views.ts';

// It would look into the page at every step, which takes longer than the steps, and asks for what the policy forbids.
test.use({ trace: 'off' });

/** Text that is a key of the translations, or in which a value is missing. */
const untranslated = /^[a-z][A-Za-z]*(?:\.[A-Za-z][\w-]*)+$|\{\{/;

async function seriousFindings(page: Page): Promise<readonly string[]> {
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** What has to be right of a view in any language. The languages differ in words alone, and what is accessible in one is in all. */
async function demandSound(shown: RehearsalPage, view: View, language: Language): Promise<void> {
  await shown.show(view);
  if (language === 'zh-CN') expect.soft(await seriousFindings(shown.page)).toEqual([]);
  const words = await shown.words();
  expect
    .soft(
      words.filter((word) => untranslated.test(word)),
      language,
    )
    .toEqual([]);
  expect.soft(await shown.overflow(), language).toEqual({ sideways: 0, down: 0 });
  expect(shown.complaints.splice(0), language).toEqual([]);
}

test.describe('at 1366 × 768', () => {
  const pages = new Map<Language, RehearsalPage>();

  test.beforeAll(async ({ browser, rehearsal }) => {
    for (const language of languages)
      pages.set(language, await rehearsal.page(browser, language, { width: 1366, height: 768 }));
  });

  test.afterAll(async () => {
    for (const { page } of pages.values()) await page.context().close();
  });

  // Beside one another: every view takes the time of one language.
  for (const view of views)
    test(`${view.name} is accessible, translated and fits`, async () => {
      await Promise.all([...pages].map(([language, shown]) => demandSound(shown, view, language)));
    });
});
