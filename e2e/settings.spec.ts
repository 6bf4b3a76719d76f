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

test.describe('updates that the program fetches', () => {
  let rehearsal: Rehearsal;

  test.beforeAll(async () => {
    rehearsal = await openRehearsal();
  });
  test.afterAll(() => rehearsal.close());

  test('say how far they are, at what rate and how long yet, and can be stopped', async ({ browser }) => {
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
