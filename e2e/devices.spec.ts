import { readFile } from 'node:fs/promises';
import { expect, test } from './desk.ts';

test.describe('the Devices screen', () => {
  test('tests the reader and the whole station, and saves reports without any person in them', async ({ desk }) => {
    const { page } = await desk.sitDown('empty');
    await desk.layCard('adult-female-han', 'first');
    await expect(page.getByTestId('card-name')).toHaveText('覃示例');
    await desk.reader.lift();
    await page.getByTestId('nav-devices').click();
    const reader = page.getByTestId('reader-card');
    await expect(reader).toHaveCount(1);
    await expect(reader.getByTestId('reader-state')).toHaveAttribute('data-state', 'ready');
    await reader.getByTestId('self-test').click();
    const report = page.getByTestId('self-test-report');
    await expect(report).toHaveAttribute('data-sound', 'true');
    const saved = page.waitForEvent('download');
    await report.getByRole('button', { name: '导出自检报告' }).click();
    const text = await readFile(await (await saved).path(), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ samStatus: 0x90, transport: 'tcp' });
    for (const secret of ['覃示例', '459999']) expect(text).not.toContain(secret);

    await page.getByTestId('examine').click();
    await expect(page.getByTestId('diagnostic-face-engine')).toHaveAttribute('data-state', 'ok');
    await expect(page.getByTestId('diagnostic-readers')).toHaveAttribute('data-state', 'ok');
    const savedWhole = page.waitForEvent('download');
    await page.getByTestId('support-bundle').click();
    const whole = await readFile(await (await savedWhole).path(), 'utf8');
    expect(JSON.parse(whole)).toMatchObject({ kind: 'enrol-desk-support', station: { practice: true } });
    for (const secret of ['覃示例', '459999', '钢筋一班']) expect(whole).not.toContain(secret);
  });

  test('shows a reader that is lost, and shows it ready when it is back', async ({ desk }) => {
    const { page } = await desk.sitDown('empty');
    await page.getByTestId('nav-devices').click();
    const state = page.getByTestId('reader-state');
    await expect(state).toHaveAttribute('data-state', 'ready');
    await desk.reader.unplug();
    await expect(state).toHaveAttribute('data-state', 'trouble');
    await desk.reader.plug();
    await expect(state).toHaveAttribute('data-state', 'ready');
  });
});

test.describe('the printer', () => {
  test('prints a test page, and what the operator saw on it stands in the report and the support file', async ({
    desk,
  }) => {
    const { page } = await desk.sitDown('empty');
    await page.getByTestId('nav-devices').click();
    const section = page.getByRole('region', { name: '打印机' });
    await expect(section).toContainText('还没有在本台测试过打印机');
    await page.evaluate('window.print = () => window.dispatchEvent(new Event("afterprint"))');
    await section.getByRole('button', { name: '打印测试页' }).click();
    await section.getByRole('checkbox', { name: /边框被切掉/ }).check();
    await expect(section.getByRole('button', { name: '都对' })).toBeDisabled();
    await section.getByRole('button', { name: '记下这些问题' }).click();
    await expect(section.getByTestId('printer-last')).toContainText('边缘被切掉');
    await page.getByTestId('examine').click();
    await expect(page.getByTestId('diagnostic-printer')).toContainText('边缘被切掉');

    await section.getByRole('button', { name: '打印测试页' }).click();
    await section.getByRole('button', { name: '都对' }).press('Enter');
    await expect(section.getByTestId('printer-last')).toContainText('打印正确');
    const saved = page.waitForEvent('download');
    await page.getByTestId('support-bundle').click();
    const text = await readFile(await (await saved).path(), 'utf8');
    const { steps } = JSON.parse(text) as { steps: unknown };
    expect(steps).toContainEqual(expect.objectContaining({ step: 'printer', state: 'ok' }));
  });
});

/** In the page: the keys of a scanner. Those that a test presses come as slowly as the machine is busy. */
const scannedInPage = (text: string) => `{
  const field = document.querySelector('[data-testid=scanner-field]');
  for (const key of [...${JSON.stringify(text)}, 'Enter'])
    field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}`;

test.describe('the scanner field', () => {
  test('tells a scan from typing and what it is for, and keeps nothing of it', async ({ desk }) => {
    const { page } = await desk.sitDown('empty');
    await page.getByTestId('nav-devices').click();
    const section = page.getByRole('region', { name: '扫码枪与刷卡器' });
    const told = section.getByRole('status', { name: '收到的内容' });
    await section.getByRole('textbox', { name: '在这里扫码或刷卡' }).focus();
    await page.evaluate(scannedInPage(';6222000000000009=30121010000012345678?'));
    await expect(told).toContainText('扫码或刷卡');
    await expect(told).toContainText('39 个字符');
    await expect(told).toContainText('回车');
    await expect(told).toContainText('工资卡：6222 0000 0000 0009，校验位正确');

    // A person: the next text begins by itself and has no terminator.
    await page.keyboard.type('13800000000', { delay: 90 });
    await expect(told).toContainText('手工输入');
    await expect(told).toContainText('手机号码');
    await expect(told).not.toContainText('6222');
    await page.keyboard.press('Tab');
    await expect(section.getByRole('button', { name: '清除' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(told).toHaveCount(0);

    await page.evaluate(scannedInPage('6222000000000009'));
    await page.getByTestId('nav-queue').click();
    await page.getByTestId('queue-screen').waitFor();
    await page.getByTestId('nav-devices').click();
    await expect(section).toContainText('还没有收到内容');
    const saved = page.waitForEvent('download');
    await page.getByTestId('support-bundle').click();
    expect(await readFile(await (await saved).path(), 'utf8')).not.toContain('622200000');
  });
});

test.describe('every kind of card', () => {
  test('is shown as what it is', async ({ desk }) => {
    const { page, cardName } = await desk.sitDown('empty');
    const kinds = [
      ['residence-permit-hong-kong', 'residence-permit'],
      ['foreigner-2017-no-chinese-name', 'foreigner-2017'],
      ['foreigner-2023-former-number', 'foreigner-2023'],
    ] as const;
    for (const [person, kind] of kinds) {
      await desk.reader.lay(person);
      await expect(page.getByTestId('id-card')).toHaveAttribute('data-kind', kind);
      await expect(cardName).not.toBeEmpty();
      await desk.reader.lift();
      await page.getByTestId('discard').click();
      await page.getByTestId('discard-dialog').getByRole('button').first().click();
      await page.getByTestId('discard-confirm').click();
      await expect(page.getByTestId('card-waiting')).toBeVisible();
    }
  });

  test('that the program does not know is refused, and nothing of it is kept', async ({ desk }) => {
    const { page } = await desk.sitDown('empty');
    await desk.reader.lay('unknown-layout');
    await expect(page.getByTestId('card-trouble')).toHaveAttribute('data-code', 'card.unknown-layout');
    await expect(page.getByTestId('id-card')).toHaveCount(0);
  });
});

test.describe('the cameras', () => {
  test('are listed with what they give, and one that is paired stays so', async ({ desk }) => {
    const { page } = await desk.sitDown('empty');
    await page.getByTestId('nav-devices').click();
    const section = page.getByTestId('camera-section');
    const row = section.getByTestId('camera-row');
    await expect(row).toHaveCount(1);
    await expect(row).toHaveAttribute('data-open', 'true');
    await expect(section.getByTestId('camera-facts')).toContainText('1280 × 720');
    await row.getByTestId('camera-pair').click();
    await expect(row.getByTestId('camera-unpair')).toBeVisible();
    await desk.closeWindow();
    const again = await desk.sitDown('empty');
    await again.page.getByTestId('nav-devices').click();
    await expect(again.page.getByTestId('camera-unpair')).toBeVisible();
    await expect(again.page.getByTestId('camera-facts')).toBeVisible();
  });
});

test.describe('the liveness check', () => {
  test('asks for a movement before the photo once it is required', async ({ desk }) => {
    const enrol = await desk.sitDown('approach');
    const { page } = enrol;
    await page.getByTestId('nav-settings').click();
    await page.getByTestId('liveness-settings').getByText('必须通过').click();
    await expect(page.getByTestId('liveness-mode-text')).toContainText('主管');
    await page.getByTestId('nav-enrol').click();
    await desk.layCard('adult-female-han', 'first');
    await enrol.consent();
    await expect(page.getByTestId('challenge-name')).toContainText('未经 ISO/IEC 30107-3 检测');
    await expect(page.locator('[data-testid=challenge][data-step]')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByTestId('photo')).toHaveCount(0);
  });
});
