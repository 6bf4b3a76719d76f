import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { z } from 'zod';
import type { Paper } from '../native-bridge/contract/print-calls.ts';
import { type Language, languages, openRehearsal, type Rehearsal, type RehearsalPage } from './views/rehearsal.ts';
import { printing, type View, views } from './views/views.ts';

let rehearsal: Rehearsal;

test.beforeAll(async () => {
  rehearsal = await openRehearsal();
});

test.afterAll(() => rehearsal.close());

/** Text that is a key of the translations, or in which a value is missing. */
const untranslated = /^[a-z][A-Za-z]*(?:\.[A-Za-z][\w-]*)+$|\{\{/;

/** In the page: photos on the paper that were drawn. */
const picturesDrawn = `[...document.querySelectorAll('.paper .badge__photo')].filter(({ naturalWidth }) => naturalWidth > 0).length`;

/** In the page: names that do not fit their place on the paper. */
const cutOff = `[...document.querySelectorAll('.paper .badge__name')]
  .filter((name) => name.getBoundingClientRect().bottom > name.nextElementSibling.getBoundingClientRect().top + 0.5)
  .map((name) => name.textContent)`;

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

  test.beforeAll(async ({ browser }) => {
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

test.describe('on paper', () => {
  let shown: RehearsalPage;

  test.beforeAll(async ({ browser }) => {
    shown = await rehearsal.page(browser, 'zh-CN', { width: 1366, height: 768 });
    // The system's dialog would wait for a person; the paper lies on the page until it is said to be closed.
    await shown.page.addInitScript('window.print = () => document.documentElement.setAttribute("data-asked", "")');
  });

  test.afterAll(() => shown.page.context().close());

  async function print(scenario: string, paper: Paper): Promise<Page> {
    const { page } = shown;
    const open = async () => {
      await page.getByTestId('nav-workers').click();
      for (const step of printing(paper)) await step(page);
      await page.getByTestId('print-go').click();
    };
    await shown.show({ name: paper, scenario, open });
    await page.locator('html[data-asked]').waitFor();
    return page;
  }

  /** Chromium leaves the tree of pages in a PDF readable. */
  const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

  for (const [scenario, paper, pages] of [
    ['one-worker', 'badges', 1],
    ['ten-workers', 'badges', 1],
    ['eleven-workers', 'badges', 2],
    ['whole-site', 'register', 25],
    ['eleven-workers', 'consents', 11],
  ] as const)
    test(`${scenario}: ${paper} on so many sheets as they take`, async () => {
      const page = await print(scenario, paper);
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      expect(pagesOf(pdf)).toBe(pages);
      // The browser told that it had printed: nothing is left on the page.
      await expect(page.getByTestId('paper')).toBeHidden();
    });

  test('a consent is printed in the language that it was given in, with how it was signed', async () => {
    const page = await print('print-other-language', 'consents');
    const notice = page.getByTestId('paper').getByTestId('notice-sheet').first();
    await expect(notice).toContainText("Notice on personal data in construction workers' real-name registration");
    await expect(notice).toContainText('I agree that my face data are taken and processed');
    await expect(notice).toContainText('read aloud and vouched for by 莫经办 (cannot write)');
    await expect(notice).not.toContainText('告知');
    await page.evaluate('window.dispatchEvent(new Event("afterprint"))');
  });

  test('the printer’s test page is one sheet, on which a millimetre is a millimetre', async () => {
    const { page } = shown;
    const toDevices = (on: Page) => on.getByTestId('nav-devices').click();
    await shown.show({ name: 'printer-test', scenario: 'waiting', open: toDevices });
    await page.getByRole('button', { name: '打印测试页' }).click();
    await page.locator('html[data-asked]').waitFor();
    await page.emulateMedia({ media: 'print' });
    const widths = `[...document.querySelectorAll('.paper svg.printer-sheet__drawing path')]
      .slice(0, 2).map((ruler) => { const { width, height } = ruler.getBoundingClientRect(); return Math.max(width, height); })`;
    const cssPixelsPerMm = 96 / 25.4;
    for (const length of z.array(z.number()).parse(await page.evaluate(widths)))
      expect(length / cssPixelsPerMm).toBeCloseTo(150, 0);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    expect(pagesOf(pdf)).toBe(1);
    await page.emulateMedia({ media: null });
    expect(shown.complaints.splice(0)).toEqual([]);
  });

  test('badges tell who it is, with the picture, and nothing of the program', async () => {
    const page = await print('eleven-workers', 'badges');
    await page.emulateMedia({ media: 'print' });
    const badges = page.getByTestId('paper').getByTestId('badge');
    await expect(badges).toHaveCount(11);
    await expect(badges.first()).toBeVisible();
    const texts = ['韦样1', '钢筋三班', '钢筋工', '青秀样板苑二期', '示例建筑劳务有限公司', 'S20260305-000871'];
    for (const text of texts) await expect(badges.first()).toContainText(text);
    await expect(badges.nth(2)).not.toContainText('工种');
    // Of eleven workers one has no photo any more, and that of another is no picture.
    expect(await page.evaluate(picturesDrawn)).toBe(9);
    await expect(badges.getByText('贴照片处')).toHaveCount(2);
    await expect(page.getByTestId('frame')).toBeHidden();
    await expect(page.getByTestId('print-go')).toBeHidden();
    expect(await page.evaluate(cutOff)).toEqual([]);
    await page.emulateMedia({ media: null });
    await page.getByTestId('paper').waitFor({ state: 'attached' });
    expect(shown.complaints.splice(0)).toEqual([]);
  });

  test('the register has whole numbers only where they were asked for, and the trail hears of them', async () => {
    const page = await print('eleven-workers', 'register');
    const row = page.getByTestId('paper').getByTestId('register-row').first();
    await expect(row).toContainText('459999********1000');
    await page.evaluate('window.dispatchEvent(new Event("afterprint"))');
    await page.getByTestId('print-whole-numbers').click();
    await page.getByTestId('print-preview').getByText('459999198604091000').waitFor();
    await page.getByTestId('print-go').click();
    await expect(row).toContainText('459999198604091000');
    expect(await page.evaluate('fakeStation.printing.orders')).toEqual([
      { paper: 'register', count: 11, wholeNumbers: false },
      { paper: 'register', count: 11, wholeNumbers: true },
    ]);
  });

  test('more than a whole site is not chosen at once, and a scanned badge opens its worker', async () => {
    const { page } = shown;
    await shown.show({ name: 'too-many', scenario: 'too-many', open: (on) => on.getByTestId('nav-workers').click() });
    await page.getByTestId('workers-choose-all').click();
    await expect(page.getByText('一次最多打印 300 人')).toBeVisible();
    await expect(page.getByTestId('workers-print')).toBeDisabled();
    const id = z.string().parse(await page.evaluate('fakeStation.records[7].id'));
    await page.getByTestId('workers-search').fill(id.toUpperCase());
    await expect(page.getByTestId('worker-detail')).toContainText('梁样8');
  });
});
