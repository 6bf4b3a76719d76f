import { z } from 'zod';
import { expect, test } from './desk.ts';
import { openRehearsal, type Rehearsal } from './views/rehearsal.ts';

test.describe('updates', () => {
  test('come with the package where the program runs in a browser', async ({ desk }) => {
    const { page } = await desk.sitDown('empty');
    await page.getByTestId('nav-settings').click();
    const section = page.getByRole('region', { name: '程序更新' });
    await expect(section).toContainText(/当前版本 \d+\.\d+\.\d+/);
    await expect(section).toContainText('新版本由管理员安装程序包');
    await expect(section.getByRole('button')).toHaveCount(0);
  });
});

/** In the page: notes every call that the screens make from now on. */
const noteCalls = `{
  window.noted = [];
  const call = fakeStation.call.bind(fakeStation);
  fakeStation.call = (name, argument) => { window.noted.push(name); return call(name, argument); };
}`;

/** Calls that change nothing but where the assistant is. */
const harmless =
  /^(first-run\.go|settings\.get|keys\.state|camera\.settings|expected\.view|reader\.self-tests|.*\.list|.*\.state)$/;

test.describe('on the scripted station', () => {
  let rehearsal: Rehearsal;

  test.beforeAll(async () => {
    rehearsal = await openRehearsal();
  });
  test.afterAll(() => rehearsal.close());

  test('the assistant is gone through once more, and changes nothing by being gone through', async ({ browser }) => {
    const shown = await rehearsal.page(browser, 'zh-CN', { width: 1366, height: 768 });
    const { page } = shown;
    const open = () => page.getByTestId('nav-settings').click();
    await shown.show({ name: 'assistant', scenario: 'assistant', open });
    await page.getByTestId('safety-settings').waitFor();
    await page.evaluate(noteCalls);
    await page.getByRole('button', { name: '打开设置向导' }).press('Enter');
    const passed: (string | null)[] = [];
    for (const step of ['language', 'recovery-key', 'reader', 'camera', 'project']) {
      await expect(page.getByTestId('first-run')).toHaveAttribute('data-step', step);
      passed.push(step);
      await expect(page.getByTestId('first-run-primary')).toBeFocused();
      if (step === 'camera') await expect(page.getByRole('button', { name: /^用这个摄像头/ })).toBeVisible();
      await page.keyboard.press('Enter');
    }
    await expect(page.getByTestId('frame')).toBeVisible();
    const noted = z.array(z.string()).parse(await page.evaluate('window.noted'));
    expect(noted.filter((name) => name === 'first-run.go')).toHaveLength(passed.length + 1);
    expect(noted.filter((name) => !harmless.test(name))).toEqual([]);
    await page.context().close();
  });

  test('the assistant is for an administrator', async ({ browser }) => {
    const shown = await rehearsal.page(browser, 'zh-CN', { width: 1366, height: 768 });
    const { page } = shown;
    const open = () => page.getByTestId('nav-settings').click();
    await shown.show({ name: 'assistant', scenario: 'as-operator', open });
    await page.getByTestId('update-settings').waitFor();
    await expect(page.getByTestId('assistant-again')).toHaveCount(0);
    await page.context().close();
  });

  test('a restore says how far it is and can be cancelled, until its last step', async ({ browser }) => {
    const shown = await rehearsal.page(browser, 'zh-CN', { width: 1366, height: 768 });
    const { page } = shown;
    const cancel = page.getByRole('button', { name: '取消恢复' });
    await shown.show({ name: 'restoring', scenario: 'restoring', open: () => cancel.waitFor() });
    await expect(page.getByRole('status')).toContainText('168 MB / 400 MB · 每秒 21 MB · 还需约 12 秒');
    await page.evaluate(`fakeStation.emit('recovery.changed', { state: 'restoring', percent: 100, canCancel: false })`);
    await expect(page.getByRole('status')).toContainText('不能再取消');
    await expect(cancel).toHaveCount(0);
    await shown.show({ name: 'restoring', scenario: 'restoring', open: () => cancel.waitFor() });
    await cancel.press('Enter');
    await expect(page.getByRole('button', { name: '恢复这份备份' })).toBeVisible();
    await page.context().close();
  });

  test('an export says how fast it goes, and can be cancelled', async ({ browser }) => {
    const shown = await rehearsal.page(browser, 'zh-CN', { width: 1366, height: 768 });
    const { page } = shown;
    const open = async () => {
      await page.getByTestId('nav-queue').click();
      await page.getByTestId('open-export').click();
    };
    await shown.show({ name: 'exporting', scenario: 'exporting', open });
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('progressbar', { name: '正在导出' })).toHaveAttribute('max', '3000');
    await expect(dialog).toContainText('1240 / 3000 条 · 每秒 42 条 · 还需约 43 秒');
    await dialog.getByRole('button', { name: '取消导出' }).press('Enter');
    await expect(dialog).toContainText('没有留下文件');
    await dialog.getByRole('button', { name: '完成' }).press('Enter');
    await expect(page.getByTestId('export-form')).toBeVisible();
    await page.context().close();
  });

  test('an import that is stopped says what stays and what is still to come', async ({ browser }) => {
    const shown = await rehearsal.page(browser, 'en', { width: 1366, height: 768 });
    const { page } = shown;
    const open = async () => {
      await page.getByTestId('nav-queue').click();
      await page.getByTestId('open-import').click();
    };
    await shown.show({ name: 'importing', scenario: 'importing', open });
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('1240 of 3000 · 42 a second · about 43 s left');
    await expect(dialog.getByRole('button', { name: 'Cancel the export' })).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Stop the import' }).press('Enter');
    await expect(dialog).toContainText('The 1240 records that were taken in completely stay; 1760 were not taken in.');
    await page.context().close();
  });

  test('a backup says how far it is, at what rate and how long yet, and can be cancelled', async ({ browser }) => {
    const shown = await rehearsal.page(browser, 'en', { width: 1366, height: 768 });
    const { page } = shown;
    const open = () => page.getByTestId('nav-settings').click();
    await shown.show({ name: 'backup', scenario: 'backup-away', open });
    const section = page.getByTestId('safety-settings');
    await expect(section.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '42');
    await expect(section).toContainText('168 MB / 400 MB · 21 MB a second · about 12 s left');
    await section.getByRole('button', { name: 'Cancel the backup' }).press('Enter');
    await expect(section.getByRole('progressbar')).toHaveCount(0);
    await expect(section.getByRole('button', { name: 'Back up now' })).toBeEnabled();
    await page.context().close();
  });

  test('updates say how far they are, at what rate and how long yet, and can be stopped', async ({ browser }) => {
    const shown = await rehearsal.page(browser, 'en', { width: 1366, height: 768 });
    const { page } = shown;
    const open = () => page.getByTestId('nav-settings').click();
    await shown.show({ name: 'updates', scenario: 'updates-fetching', open });
    const section = page.getByRole('region', { name: 'Program updates' });
    await expect(section.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '41');
    await expect(section).toContainText('61 MB / 148 MB · 1.4 MB a second · about 63 s left');
    await section.getByRole('button', { name: 'Stop fetching' }).press('Enter');
    await expect(section.getByRole('progressbar')).toHaveCount(0);
    await expect(section).toContainText('Stopped fetching 0.2.0');
    await section.getByRole('button', { name: 'Look now' }).press('Enter');
    await expect(section).toContainText('Looking for updates');
    await page.evaluate(`fakeStation.emit('updates.changed', {
      ...fakeStation.updates.state, work: { kind: 'resting' }, waiting: { version: '0.3.0' },
    })`);
    await expect(section).toContainText('0.3.0 is fetched and verified');
    await page.context().close();
  });
});
