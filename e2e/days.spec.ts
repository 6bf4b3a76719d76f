import type { Locator, Page } from '@playwright/test';
import type { Language, Rehearsal } from './views/rehearsal.ts';
import { expect, test } from './views/rehearsal-test.ts';
import { views } from './views/views.ts';

const size = { width: 1366, height: 768 };
const company = views.find(({ name }) => name === 'teams-company')!;

/** A page with the day on which a company was registered: it may stay empty, and may not be to come. */
async function openDay(rehearsal: Rehearsal, browser: Parameters<Rehearsal['page']>[0], language: Language) {
  const shown = await rehearsal.page(browser, language, size);
  await shown.show(company);
  return shown.page;
}

const dayOn = (page: Page): Locator => page.getByTestId('company-registered');

/** Types it as a person does, and goes on to another field. */
async function type(page: Page, text: string): Promise<void> {
  await dayOn(page).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
  await page.getByTestId('company-name').click();
}

test('a day is typed as people write it, with the year first', async ({ browser, rehearsal }) => {
  const page = await openDay(rehearsal, browser, 'en');
  for (const typed of ['2026-03-05', '20260305', '2026/3/5', '2026.3.5', '2026-3-5']) {
    await type(page, '2020-01-01');
    await type(page, typed);
    await expect(dayOn(page), typed).toHaveValue('2026-03-05');
  }
  await page.context().close();
});

test('a day that there is not leaves the field as it was, one to come is told', async ({ browser, rehearsal }) => {
  const page = await openDay(rehearsal, browser, 'zh-CN');
  await type(page, '2026-03-05');
  await type(page, '2026-02-30');
  await expect(dayOn(page)).toHaveValue('2026-03-05');
  await type(page, '2999-01-01');
  await expect(dayOn(page)).toHaveValue('2999-01-01');
  await expect(page.getByRole('alert')).toHaveText('不能晚于今天');
  await page.context().close();
});

test('the calendar speaks the language of the screen', async ({ browser, rehearsal }) => {
  for (const [language, month] of [
    ['zh-CN', '2026年3月'],
    ['en', 'Mar2026'],
  ] as const) {
    const page = await openDay(rehearsal, browser, language);
    await dayOn(page).click();
    await page.keyboard.type('2026-03-05');
    await expect(page.locator('.ant-picker-header-view')).toHaveText(month);
    await page.getByTitle('2026-03-06').click();
    await expect(dayOn(page)).toHaveValue('2026-03-06');
    await page.context().close();
  }
});
