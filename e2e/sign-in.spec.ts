import type { Page } from '@playwright/test';
import { expect, test } from './desk.ts';

const administrator = { name: '莫管理', password: 'nine lives of a cat' };

async function makeFirstAccount(page: Page): Promise<void> {
  await page.getByTestId('nav-settings').click();
  await page.getByTestId('first-name').fill(administrator.name);
  await page.getByTestId('first-password').fill(administrator.password);
  await page.getByTestId('first-repeat').fill(administrator.password);
  await page.getByTestId('first-repeat').press('Enter');
  await expect(page.getByTestId('who-is-here')).toContainText(administrator.name);
  await page.getByTestId('nav-enrol').click();
}

async function typePassword(page: Page, password: string): Promise<void> {
  await page.getByTestId('sign-in-password').fill(password);
  await page.keyboard.press('Enter');
}

test.describe('the desk', () => {
  test('locks over an open enrolment and loses nothing of it', async ({ desk }) => {
    const { page, cardName } = await desk.sitDown('empty');
    await makeFirstAccount(page);
    await desk.layCard('adult-female-han', 'first');
    await expect(cardName).toHaveText('覃示例');
    await page.keyboard.press('F9');
    const lock = page.getByTestId('sign-in-screen');
    await expect(lock).toBeVisible();
    await expect(page.getByTestId('sign-in-name')).toHaveValue(administrator.name);
    // Nothing below can be reached: neither by keys nor by the pointer, and Escape opens no door.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('F2');
    await expect(lock).toBeVisible();
    await expect(page.getByTestId('team-dialog')).toBeHidden();
    await typePassword(page, 'not the right one');
    await expect(page.getByTestId('sign-in-refusal')).toHaveAttribute('data-code', 'account.wrong-password');
    await typePassword(page, administrator.password);
    await expect(lock).toBeHidden();
    await expect(cardName).toHaveText('覃示例');
    await expect(page.getByTestId('consent-panel')).toBeVisible();
  });

  test('keeps who is there when the page loads anew, and makes a guesser wait', async ({ desk }) => {
    const { page } = await desk.sitDown('empty');
    await makeFirstAccount(page);
    await page.reload();
    await expect(page.getByTestId('who-is-here')).toContainText(administrator.name);
    await page.getByTestId('who-is-here').click();
    await page.getByText('退出，换人登录').click();
    await expect(page.getByTestId('frame')).toHaveCount(0);
    await page.getByTestId('sign-in-name').fill(administrator.name);
    for (const left of ['4', '3', '2', '1']) {
      await typePassword(page, 'not the right one');
      await expect(page.getByTestId('sign-in-refusal')).toContainText(left);
    }
    await typePassword(page, 'not the right one');
    await expect(page.getByTestId('sign-in-refusal')).toHaveAttribute('data-code', 'account.wait');
    await expect(page.getByTestId('sign-in')).toBeDisabled();
  });
});
