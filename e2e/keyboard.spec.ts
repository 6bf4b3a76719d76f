import { expect, test } from './desk.ts';
import { findPracticePerson } from '../native-bridge/practice/practice-deck.ts';
import { ExpectedList } from './pages/expected-list.ts';
import { KeyboardOperator } from './pages/keyboard-operator.ts';

/** Seconds of operator's work that an enrolment may cost, typed fields left out. */
const goalSeconds = 6;

function numberOf(person: string): string {
  const fields = findPracticePerson(person)?.fields;
  if (fields === undefined || !('number' in fields)) throw new Error(`no practice person ${person}`);
  return fields.number;
}

/** Somebody of the practice cards, and somebody who does not come. */
const expectedPeople = [
  { 姓名: '覃示例', 身份证号: numberOf('adult-female-han'), 进场日期: '2026-03-05' },
  { 姓名: '未到示例' },
];

test('an enrolment by keyboard alone, from the card to the platform and on to the next card', async ({ desk }) => {
  const enrol = await desk.sitDown('approach');
  const { page } = enrol;
  const field = (name: string) => page.locator(`#field-${name}`);
  const operator = new KeyboardOperator(page);
  await operator.putMouseAway();
  const list = new ExpectedList(page);
  await list.open();
  await list.keepTeam();
  await list.import(expectedPeople);
  await list.shows(0, 2);
  await list.close();
  operator.begin();
  await desk.layCard('adult-female-han', 'first');
  await expect(page.getByTestId('entry-date')).toContainText('2026-03-05');

  await operator.press('both consents, go on', page.getByTestId('consent-faceData'), 'Space', 'Space', 'Enter');
  await expect(page.getByTestId('capture')).toBeFocused();
  // The film begins with somebody too far away: the prompt says so before the shot is taken.
  await expect(enrol.prompt).toHaveAttribute('data-prompt', 'move-closer');
  await operator.type('telephone', field('cellPhone'), '13800000000', 'Enter');
  await expect(enrol.verdict).toHaveAttribute('data-verdict', 'match');
  await operator.type('education', field('cultureLevelType'), 'cz', 'Enter');
  await operator.type('political status', field('politicsType'), 'qz', 'Enter');
  // A swipe goes where it belongs although the cursor is elsewhere, and its Enter seals nothing.
  await expect(enrol.sealButton).toBeEnabled();
  await page.keyboard.type(';6222000000000000000=30121010000012345678?');
  await page.keyboard.press('Enter');
  await expect(field('payRollBankCardNumber')).toHaveValue(';6222000000000000000=30121010000012345678?');
  operator.begin();
  await operator.press('seal', field('urgentLinkMan'), 'Enter');

  await expect(page.getByTestId('card-waiting')).toBeVisible();
  await expect(enrol.recent.first()).toHaveAttribute('data-state', 'confirmed', { timeout: 30_000 });
  expect(await desk.platform.workers()).toMatchObject([{ workerName: '覃示例' }]);
  await list.open();
  await list.shows(1, 2);
  await list.removeFirst();
  await list.shows(1, 1);
  await list.close();
  await desk.reader.lift();
  // The next card needs nothing before it.
  await desk.layCard('adult-male-zhuang', 'second');
  await expect(page.getByTestId('consent-faceData')).toBeFocused();
  await desk.reader.lift();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('discard-dialog').getByRole('button').first()).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('card-waiting')).toBeVisible();

  process.stdout.write(`${operator.breakdown()}\n`);
  expect(operator.keys).toBe(4);
  expect(operator.seconds).toBeLessThanOrEqual(goalSeconds);
  expect(await operator.usedMouse()).toBe(false);
});
