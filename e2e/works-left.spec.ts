import type { Page } from '@playwright/test';
import { expect, test } from './views/rehearsal-test.ts';

/** Everything that takes long goes on when the page is opened, as after it was loaded anew in the middle of it. */
const left = { name: 'works-left', scenario: 'works-left', open: (page: Page) => page.getByTestId('frame').waitFor() };
const size = { width: 1366, height: 768 };

test.describe('work that was begun before the page loaded anew', () => {
  test('is marked in the navigation, shows how far it is on its screen, and is given up there', async ({
    browser,
    rehearsal,
  }) => {
    const shown = await rehearsal.page(browser, 'zh-CN', size);
    await shown.show(left);
    const { page } = shown;
    const markOf = (screen: string) => page.getByTestId(`nav-${screen}`).getByRole('img', { name: '后台工作进行中' });
    for (const screen of ['queue', 'workers', 'devices', 'settings']) await expect(markOf(screen)).toBeVisible();
    for (const screen of ['enrol', 'teams', 'review', 'reports']) await expect(markOf(screen)).toHaveCount(0);

    await page.getByTestId('nav-queue').click();
    await expect(page.getByTestId('transfer-notice')).toContainText('正在导出');
    await page.getByRole('button', { name: '查看或停止' }).click();
    await page.getByTestId('transfer-cancel').click();
    await page.getByTestId('transfer-finish').click();
    await expect(page.getByTestId('transfer-cancel')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('transfer-notice')).toHaveCount(0);
    await expect(markOf('queue')).toHaveCount(0);

    await page.getByTestId('nav-workers').click();
    await expect(page.getByTestId('workbook-progress')).toContainText('8250 / 18400 行');
    await expect(page.getByTestId('workbook-progress')).toContainText('做好后也不会再显示');
    await page.getByTestId('workbook-cancel').click();
    await expect(page.getByTestId('workbook-progress')).toHaveCount(0);
    await expect(markOf('workers')).toHaveCount(0);

    await page.getByTestId('nav-devices').click();
    const selfTest = page.getByTestId('self-test-running');
    await expect(selfTest).toContainText('已应答 3/5 次');
    await selfTest.getByTestId('step-cancel').click();
    await expect(selfTest).toHaveCount(0);
    await expect(markOf('devices')).toBeVisible();
    await page.getByTestId('step-cancel').click();
    await expect(page.getByTestId('examined')).toContainText('已取消');
    await expect(markOf('devices')).toHaveCount(0);

    await page.getByTestId('nav-settings').click();
    await expect(page.getByTestId('backup-progress')).toBeVisible();
    await page.getByTestId('backup-cancel').click();
    await expect(page.getByTestId('backup-progress')).toHaveCount(0);
    await expect(markOf('settings')).toHaveCount(0);
    expect(shown.complaints).toEqual([]);
    await page.context().close();
  });
});
