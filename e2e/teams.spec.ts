import { expect, test } from './desk.ts';

test('a team is added, goes to the platform, and is found alike there', async ({ desk }) => {
  const { page } = await desk.sitDown('empty');
  await page.getByTestId('nav-teams').click();
  await page.getByTestId('teams-add').click();
  await page.getByTestId('team-name').fill('架子工示例班');
  await page.getByTestId('team-leaderName').fill('覃示例');
  await page.getByTestId('team-save-main').click();
  const row = page.getByTestId('team-row').filter({ hasText: '架子工示例班' });
  await expect(row.getByTestId('team-state')).toHaveAttribute('data-state', 'sent', { timeout: 20_000 });
  await page.getByTestId('teams-compare').click();
  const compared = page.getByTestId('compared-team').filter({ hasText: '架子工示例班' });
  await expect(compared).toHaveAttribute('data-kind', 'same');
  await page.keyboard.press('Escape');
  await row.click();
  await page.getByTestId('team-exit').click();
  await page.getByTestId('attachment-input').setInputFiles({
    name: '退场证明.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7 example'),
  });
  await page.getByTestId('team-passage-confirm').click();
  const detail = page.getByTestId('team-detail');
  await expect(detail.getByTestId('team-state')).toHaveAttribute('data-state', 'sent', { timeout: 20_000 });
  await expect(row).toContainText('已退场');
});
