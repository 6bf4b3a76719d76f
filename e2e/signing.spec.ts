import { expect, test } from './desk.ts';

test('a consent that has to be signed is given by keyboard alone, and its record says how it was signed', async ({
  desk,
}) => {
  const enrol = await desk.sitDown('approach');
  const { page } = enrol;
  await page.getByTestId('nav-settings').click();
  await page.getByRole('switch', { name: '告知同意须签名' }).press('Space');
  await expect(page.getByRole('switch', { name: '告知同意须签名' })).toBeChecked();
  await page.getByTestId('nav-enrol').click();
  await page.evaluate(
    "addEventListener('pointerdown', () => (document.documentElement.dataset.mouseUsed = 'yes'), true)",
  );
  await desk.layCard('adult-female-han', 'first');
  await expect(page.getByTestId('consent-faceData')).toBeFocused();
  const keys = (...pressed: readonly string[]) =>
    pressed.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  await keys('Space', 'Space', 'Enter');
  await expect(page.getByTestId('consent-confirm')).toBeDisabled();

  // On to how it is signed, past the screen and the paper, and on to why.
  await keys('Tab');
  await expect(page.getByRole('radio', { name: '在屏幕上' })).toBeFocused();
  await keys('ArrowRight', 'ArrowRight');
  await expect(page.getByRole('radio', { name: '经办人证明' })).toBeChecked();
  await expect(page.getByTestId('consent-confirm')).toBeDisabled();
  await keys('Tab', 'Space');
  await expect(page.getByRole('radio', { name: '本人不会写字' })).toBeChecked();
  await keys('Enter');
  await expect(page.getByTestId('consent-panel')).toHaveCount(0);
  await expect(page.getByTestId('capture')).toBeFocused();
  expect(await page.evaluate('document.documentElement.dataset.mouseUsed')).toBeUndefined();

  await enrol.untilVerdict('match');
  await enrol.fillFields();
  await enrol.seal();
  await expect(enrol.recent.first()).toContainText('覃示例');
  await desk.reader.lift();
  await page.getByTestId('nav-workers').click();
  await page.getByTestId('worker-row').first().click();
  await expect(page.getByTestId('consent-signing')).toHaveText(/朗读并证明本人同意（本人不会写字） · 中文/);
});
