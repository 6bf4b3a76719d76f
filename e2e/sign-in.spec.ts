import type { Page } from '@playwright/test';
import { type Desk, expect, test } from './desk.ts';
import { EnrolPage } from './pages/enrol-page.ts';

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

/** A power cut in the middle loses no step; whoever comes back shows who they are. */
async function setUp(desk: Desk): Promise<EnrolPage> {
  const before = await desk.unpack('empty');
  await before.at('language');
  await before.goOn();
  await before.nameAdministrator(administrator);
  await before.at('recovery-key');
  await desk.powerCut();
  const firstRun = await desk.unpack('empty');
  const { page } = firstRun;
  await page.getByTestId('sign-in-name').fill(administrator.name);
  await typePassword(page, administrator.password);
  await firstRun.at('recovery-key');
  await firstRun.keepRecoveryKey();
  await firstRun.at('reader');
  await firstRun.goOn();
  await firstRun.at('camera');
  await firstRun.pairCamera();
  await firstRun.at('project');
  await firstRun.goOn();
  return new EnrolPage(page);
}

test.describe('the desk', () => {
  test('is set up, locks over an open enrolment and loses nothing of it', async ({ desk }) => {
    const { page, cardName } = await setUp(desk);
    await desk.layCard('adult-female-han', 'first');
    await expect(cardName).toHaveText('覃示例');
    await page.keyboard.press('F9');
    const lock = page.getByTestId('sign-in-screen');
    await expect(lock).toBeVisible();
    await expect(page.getByTestId('sign-in-name')).toHaveValue(administrator.name);
    await expect(page.getByTestId('sign-in-password')).toBeFocused();
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
