import { expect, test } from './desk.ts';

test.describe('one enrolment', () => {
  test("with another person's card ends in 'not consistent' and cannot be sealed", async ({ desk }) => {
    const enrol = await desk.sitDown('approach');
    await desk.layCard('adult-male-zhuang', 'second');
    await enrol.consent();
    await enrol.untilVerdict('no-match');
    await enrol.fillFields();
    await expect(enrol.sealButton).toBeDisabled();
    await expect(enrol.page.getByTestId('seal-missing')).toContainText('比对');
    await enrol.discard();
    await expect(enrol.page.getByTestId('card-waiting')).toBeVisible();
    expect(await desk.platform.workers()).toEqual([]);
  });
});

test.describe('the card', () => {
  test('taken away while it is read is asked for again, and then read', async ({ desk }) => {
    const enrol = await desk.sitDown('empty');
    await desk.reader.liftDuringNextRead();
    await desk.layCard('adult-female-han', 'first');
    await expect(enrol.page.getByTestId('card-trouble')).toHaveAttribute('data-code', 'card.moved');
    await expect(enrol.page.getByTestId('card-trouble')).toContainText('请重新放卡');
    await desk.layCard('adult-female-han', 'first');
    await expect(enrol.cardName).toHaveText('覃示例');
    await expect(enrol.page.getByTestId('card-trouble')).toBeHidden();
  });

  test('of somebody under 16 goes no further than the card', async ({ desk }) => {
    const enrol = await desk.sitDown('empty');
    await desk.reader.lay('minor-male-yao');
    await expect(enrol.cardName).toBeVisible();
    await expect(enrol.page.getByTestId('live-blocked')).toBeVisible();
    await expect(enrol.page.getByTestId('consent-panel')).toBeHidden();
  });

  test('of another person does not disturb the enrolment in work', async ({ desk }) => {
    const enrol = await desk.sitDown('empty');
    await desk.layCard('adult-female-han', 'first');
    await expect(enrol.cardName).toHaveText('覃示例');
    await desk.reader.lift();
    await desk.reader.lay('adult-male-zhuang');
    await expect(enrol.page.getByTestId('card-trouble')).toHaveAttribute('data-code', 'enrolment.other-card');
    await expect(enrol.cardName).toHaveText('覃示例');
  });

  test('that is forgotten on the reader is asked to be taken away', async ({ desk }) => {
    const enrol = await desk.sitDown('empty');
    await desk.reader.lay('adult-female-han');
    await expect(enrol.cardName).toHaveText('覃示例');
    await expect(enrol.page.getByTestId('lift-card')).toBeVisible();
    await desk.reader.lift();
    await expect(enrol.page.getByTestId('lift-card')).toBeHidden();
  });

  test('reader unplugged and plugged in again needs no restart', async ({ desk }) => {
    const enrol = await desk.sitDown('empty');
    await desk.reader.unplug();
    await expect(enrol.page.getByTestId('reader-trouble')).toBeVisible();
    await desk.reader.plug();
    await expect(enrol.page.getByTestId('reader-trouble')).toBeHidden();
    await desk.layCard('adult-female-han', 'first');
    await expect(enrol.cardName).toHaveText('覃示例');
  });
});

test.describe('the camera', () => {
  test('that is refused is a state with a way out', async ({ desk }) => {
    const enrol = await desk.sitDown('approach', { allowCamera: false });
    await desk.layCard('adult-female-han', 'first');
    await enrol.consent();
    await expect(enrol.page.getByTestId('camera-trouble')).toHaveAttribute('data-code', 'camera.denied');
    await expect(enrol.page.getByTestId('camera-retry')).toBeVisible();
    // The page notices by itself that it may use the camera now.
    await enrol.page.context().grantPermissions(['camera']);
    await enrol.untilVerdict('match');
  });

  test('that is not there is a state as well', async ({ desk }) => {
    const enrol = await desk.sitDown(undefined);
    await desk.layCard('adult-female-han', 'first');
    await enrol.consent();
    await expect(enrol.page.getByTestId('camera-trouble')).toHaveAttribute('data-code', 'camera.absent');
  });
});

test.describe('trouble on the way', () => {
  test('platform away: the record waits and goes up when it is back', async ({ desk }) => {
    const enrol = await desk.sitDown('approach');
    await desk.platform.setDown(true);
    await desk.layCard('adult-female-han', 'first');
    await enrol.consent();
    await enrol.untilVerdict('match');
    await enrol.fillFields();
    await enrol.seal();
    await expect(enrol.recent.first()).toHaveAttribute('data-state', /sealed|sending/);
    await expect(enrol.page.getByTestId('lamp-platform')).toHaveAttribute('data-light', /warn|bad|trouble/);
    await expect(enrol.page.getByTestId('unsent')).toContainText('1');
    await desk.platform.setDown(false);
    await expect(enrol.recent.first()).toHaveAttribute('data-state', 'confirmed', { timeout: 40_000 });
    expect(await desk.platform.workers()).toHaveLength(1);
  });

  test('sending paused: what is sealed stays here, the top frame says so, and it goes up when sending is resumed', async ({
    desk,
  }) => {
    const enrol = await desk.sitDown('approach');
    const { page } = enrol;
    // Two enrolments, one after the other.
    test.slow();
    const pausedAbove = page.getByTestId('sending-paused');
    const enrolOne = async (person: string) => {
      await page.getByTestId('nav-enrol').click();
      await desk.layCard(person, 'first');
      await enrol.consent();
      await enrol.untilVerdict('match');
      await enrol.fillFields();
      await enrol.seal();
      await desk.reader.lift();
    };
    // Sending can be paused while there is something to send.
    await desk.platform.setDown(true);
    await enrolOne('adult-female-han');
    await expect(page.getByTestId('unsent')).toContainText('待上传 1');
    await page.getByTestId('nav-queue').click();
    await page.getByRole('button', { name: '暂停上传' }).click();
    await expect(page.getByTestId('delivery-paused').getByRole('status')).toContainText('已暂停');
    await expect(pausedAbove).toContainText('待上传 1');

    await desk.platform.setDown(false);
    await enrolOne('adult-male-zhuang');
    await expect(enrol.recent).toHaveCount(2);
    await expect(pausedAbove).toContainText('待上传 2');
    for (const record of await enrol.recent.all()) await expect(record).toHaveAttribute('data-state', 'sealed');
    expect(await desk.platform.workers()).toEqual([]);

    // A click on the top frame leads to where it is resumed.
    await pausedAbove.click();
    await page.getByRole('button', { name: '继续上传' }).click();
    await expect(pausedAbove).toHaveCount(0);
    await expect(page.getByTestId('unsent')).toContainText('全部已上传', { timeout: 40_000 });
    await expect.poll(async () => (await desk.platform.workers()).length).toBe(2);
    await page.getByTestId('nav-enrol').click();
    for (const record of await enrol.recent.all()) await expect(record).toHaveAttribute('data-state', 'confirmed');
  });

  test('window closed in the middle: the draft is offered again and can be finished', async ({ desk }) => {
    const enrol = await desk.sitDown('approach');
    await desk.layCard('adult-female-han', 'first');
    await enrol.consent();
    await enrol.untilVerdict('match');
    await desk.closeWindow();
    const again = await desk.sitDown('approach');
    await expect(again.cardName).toHaveText('覃示例');
    await again.fillFields();
    await again.seal();
    await expect(again.recent.first()).toHaveAttribute('data-state', 'confirmed', { timeout: 30_000 });
  });

  test('power cut in the middle: the draft is offered again and can be finished', async ({ desk }) => {
    const enrol = await desk.sitDown('approach');
    await desk.layCard('adult-female-han', 'first');
    await enrol.consent();
    await enrol.untilVerdict('match');
    await desk.powerCut();
    const again = await desk.sitDown('approach');
    await again.page.getByTestId('restored-continue').click();
    await expect(again.cardName).toHaveText('覃示例');
    await again.untilVerdict('match');
    await again.fillFields();
    await again.seal();
    await expect(again.recent.first()).toHaveAttribute('data-state', 'confirmed', { timeout: 30_000 });
    expect(await desk.platform.workers()).toHaveLength(1);
  });
});

test('the whole screen speaks English when asked to', async ({ desk }) => {
  const enrol = await desk.sitDown('empty');
  await enrol.page.getByTestId('nav-settings').click();
  await enrol.page.getByTestId('setting-language').getByText('English').click();
  await enrol.page.getByTestId('nav-enrol').click();
  await desk.layCard('adult-female-han', 'first');
  await expect(enrol.page.getByTestId('consent-confirm')).toContainText('Agree');
});
