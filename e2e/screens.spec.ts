import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { languages, openRehearsal, type Rehearsal, type RehearsalPage } from './views/rehearsal.ts';
import { views } from './views/views.ts';

let rehearsal: Rehearsal;

test.beforeAll(async () => {
  rehearsal = await openRehearsal();
});

test.afterAll(() => rehearsal.close());

/** Text that is a key of the translations, or in which a value is missing. */
const untranslated = /^[a-z][A-Za-z]*(?:\.[A-Za-z][\w-]*)+$|\{\{/;

async function seriousFindings(page: Page): Promise<readonly string[]> {
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

for (const language of languages)
  test.describe(`in ${language} at 1366 × 768`, () => {
    let shown: RehearsalPage;

    test.beforeAll(async ({ browser }) => {
      shown = await rehearsal.page(browser, language, { width: 1366, height: 768 });
    });

    test.afterAll(() => shown.page.context().close());

    for (const view of views)
      test(`${view.name} is accessible, translated and fits`, async () => {
        await shown.show(view);
        // The languages differ in words alone; once is enough for what costs the most time.
        if (language === 'zh-CN') expect.soft(await seriousFindings(shown.page)).toEqual([]);
        expect.soft((await shown.words()).filter((word) => untranslated.test(word))).toEqual([]);
        expect.soft(await shown.overflow()).toEqual({ sideways: 0, down: 0 });
        expect(shown.complaints.splice(0)).toEqual([]);
      });
  });
