import type { Locator, Page } from '@playwright/test';
import { z } from 'zod';
import type { Paper } from '../native-bridge/contract/print-calls.ts';
import { recordOfBadge } from '../renderer/print/badge-code.ts';
import { readCodes } from './devices/code-scanner.ts';
import type { RehearsalPage } from './views/rehearsal.ts';
import { expect, test } from './views/rehearsal-test.ts';
import { printing } from './views/views.ts';

// It would look into the page at every step, which takes longer than the steps, and asks for what the policy forbids.
test.use({ trace: 'off' });

/** In the page: photos on the paper that were drawn. */
const picturesDrawn = `[...document.querySelectorAll('.paper .badge__photo')].filter(({ naturalWidth }) => naturalWidth > 0).length`;

/** In the page: names that do not fit their place on the paper. */
const cutOff = `[...document.querySelectorAll('.paper .badge__name')]
  .filter((name) => name.getBoundingClientRect().bottom > name.nextElementSibling.getBoundingClientRect().top + 0.5)
  .map((name) => name.textContent)`;

let shown: RehearsalPage;

/** The system's dialog would wait for a person; the paper lies on the page until it is said to be closed. */
const askedToPrint = 'window.print = () => document.documentElement.setAttribute("data-asked", "")';

/** The last key pressed, for asking whether the browser's own action was prevented. */
const keepLastKey = 'window.addEventListener("keydown", (event) => { window.lastKey = event; })';

test.beforeAll(async ({ browser, rehearsal }) => {
  shown = await rehearsal.page(browser, 'zh-CN', { width: 1366, height: 768 });
  await shown.page.addInitScript(keepLastKey);
  await shown.page.addInitScript(askedToPrint);
});

test.afterAll(() => shown.page.context().close());

test.afterEach(() => expect(shown.complaints.splice(0)).toEqual([]));

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
});

for (const scenario of ['eleven-workers', 'practice-eleven-workers'])
  test(`${scenario}: a scanner reads from every badge the record that it belongs to`, async () => {
    const page = await print(scenario, 'badges');
    await page.emulateMedia({ media: 'print' });
    const ids = z.array(z.string()).parse(await page.evaluate('fakeStation.records.map(({ id }) => id)'));
    const badges = await page.getByTestId('paper').getByTestId('badge').all();
    const read = [];
    // One after another: a picture is taken of what has been scrolled to. 96 dots to the inch, fewer than any printer's.
    for (const badge of badges) read.push(await readCodes(await badge.screenshot()));
    expect(read.map((texts) => texts.map(recordOfBadge))).toEqual(ids.map((id) => [id]));
    await page.emulateMedia({ media: null });
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

test.describe('Ctrl+P', () => {
  async function press(): Promise<void> {
    await shown.page.keyboard.press('Control+p');
    expect(await shown.page.evaluate('lastKey.defaultPrevented')).toBe(true);
  }

  const atWorkers = (page: Page) => page.getByTestId('nav-workers').click();
  const isAsked = (page: Page) => page.locator('html[data-asked]').count();

  /** What comes out of the printer, as the only thing on the page. */
  async function onPaper(sheet: Locator): Promise<void> {
    const { page } = shown;
    await page.locator('html[data-asked]').waitFor();
    await page.emulateMedia({ media: 'print' });
    await expect(sheet).toBeVisible();
    await expect(page.locator('#root')).toBeHidden();
    await page.emulateMedia({ media: null });
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toBe(1);
    await expect(sheet).toHaveCount(0);
  }

  test('prints the workers that are marked, and the one that is looked at', async () => {
    const { page } = shown;
    await shown.show({ name: 'marked', scenario: 'one-worker', open: atWorkers });
    await page.getByTestId('worker-mark').first().click();
    await press();
    await page.locator('[data-testid=print-go]:enabled').waitFor();
    expect(await isAsked(page)).toBe(0);
    await press();
    await onPaper(page.getByTestId('paper').getByTestId('badge'));

    await shown.show({ name: 'looked-at', scenario: 'eleven-workers', open: atWorkers });
    await page.getByTestId('worker-row').nth(4).click();
    await page.getByTestId('worker-detail').waitFor();
    await press();
    await expect(page.getByTestId('print-preview').getByTestId('badge')).toHaveCount(1);
    await expect(page.getByTestId('print-preview')).toContainText(
      await page.getByTestId('worker-detail').locator('strong').first().innerText(),
    );
  });

  test('prints the notice that is to be consented to, and nothing once the desk is locked', async () => {
    const { page } = shown;
    await shown.show({ name: 'consent', scenario: 'consent', open: (on) => on.getByTestId('consent-panel').waitFor() });
    await press();
    await onPaper(page.getByTestId('notice-sheet'));
    await page.evaluate('document.documentElement.removeAttribute("data-asked")');
    await page.keyboard.press('F9');
    await page.getByTestId('sign-in-screen').waitFor();
    await press();
    await expect(page.getByTestId('paper')).toHaveCount(0);
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByTestId('sign-in-screen')).toBeHidden();
    await expect(page.getByTestId('no-paper')).toBeVisible();
    await page.emulateMedia({ media: null });
  });

  const keyAt = {
    'the settings': async (page: Page) => {
      await page.getByTestId('nav-settings').click();
      await page.getByTestId('recovery-key-make').click();
      await page.getByTestId('recovery-key-text').waitFor();
    },
    'the first set-up': async (page: Page) => {
      await page.getByTestId('first-run-primary').click();
      await page.getByTestId('first-run-key').waitFor();
    },
  } as const;
  for (const [where, open] of Object.entries(keyAt))
    test(`and its button print the recovery key of ${where} on a sheet of its own`, async () => {
      const { page } = shown;
      const scenario = where === 'the settings' ? 'waiting' : 'first-run-recovery-key';
      await shown.show({ name: where, scenario, open });
      const sheet = page.getByTestId('recovery-sheet');
      await press();
      await expect(sheet.getByRole('listitem', { includeHidden: true })).toHaveText([
        ...['7K2MQ', '9XW4F', '3HTBA', '0PVC8', 'R6JND', '51GEY', 'ZS4QK', '8M2TX'],
      ]);
      await onPaper(sheet);
      await page.getByTestId('print-recovery-key').click();
      await onPaper(sheet);
    });
});

test.describe('a screen that has nothing to print', () => {
  for (const [language, words] of [
    ['zh-CN', '这个画面没有可打印的内容'],
    ['en', 'This screen has nothing to print'],
  ] as const)
    test(`says so in ${language}, and on paper as well`, async ({ browser, rehearsal }) => {
      const here = await rehearsal.page(browser, language, { width: 1366, height: 768 });
      const { page } = here;
      await here.show({ name: 'queue', scenario: 'waiting', open: (on) => on.getByTestId('nav-queue').click() });
      await page.keyboard.press('Control+p');
      await expect(page.locator('.ant-message').getByText(words)).toBeVisible();
      await page.emulateMedia({ media: 'print' });
      await expect(page.getByTestId('no-paper')).toHaveText(new RegExp(words));
      await expect(page.getByTestId('no-paper')).toBeVisible();
      await expect(page.locator('body > :not([data-testid=no-paper]):visible')).toHaveCount(0);
      await page.emulateMedia({ media: null });
      expect(pagesOf(await page.pdf())).toBe(1);
      expect(here.complaints).toEqual([]);
      await page.context().close();
    });
});
