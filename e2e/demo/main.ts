import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Desk, expect } from '../desk.ts';
import { openStudio } from '../devices/studio.ts';
import type { EnrolPage } from '../pages/enrol-page.ts';

/*
 * Two enrolments without an operator: a worker with the own card, ending confirmed by the sandbox platform, and the same
 * worker with another person's card, ending "not consistent". Saves a picture of each step; the last line is JSON.
 */

const folder = join(import.meta.dirname, '..', '..', 'demo-screenshots');

interface Outcome {
  readonly state: string;
  readonly band: string | null;
  /** From the card lying on the reader to its name on the screen. */
  readonly cardToScreenMs: number;
  /** The comparison alone, as the station measured it. */
  readonly verifyMs: number;
  readonly distance: number;
}

let pictures = 0;

async function picture(enrol: EnrolPage, name: string): Promise<void> {
  pictures++;
  const path = join(folder, `${String(pictures).padStart(2, '0')}-${name}.png`);
  await enrol.page.screenshot({ path });
  console.log(`  ${name}`);
}

/** Lays the card, gives consent and waits for the automatic shot and its comparison. */
async function untilCompared(desk: Desk, enrol: EnrolPage, person: string, sitter: 'first' | 'second') {
  await desk.layCard(person, sitter);
  const laidAt = performance.now();
  await enrol.cardName.waitFor();
  const cardToScreenMs = Math.round(performance.now() - laidAt);
  await picture(enrol, 'card-read');
  await enrol.consent();
  await enrol.prompt.and(enrol.page.locator('[data-prompt="move-closer"]')).waitFor();
  await picture(enrol, 'guidance');
  await expect(enrol.verdict).toHaveAttribute('data-verdict', /match|review|cannot-compare/, { timeout: 60_000 });
  await picture(enrol, 'compared');
  return { cardToScreenMs, ...(await enrol.comparison()) };
}

async function ownCard(desk: Desk, enrol: EnrolPage): Promise<Outcome> {
  console.log('a worker with the own card');
  await picture(enrol, 'waiting');
  const compared = await untilCompared(desk, enrol, 'adult-female-han', 'first');
  await enrol.fillFields();
  await picture(enrol, 'ready-to-seal');
  await enrol.seal();
  await enrol.recent.first().and(enrol.page.locator('[data-state="confirmed"]')).waitFor({ timeout: 60_000 });
  await picture(enrol, 'confirmed');
  return { state: 'confirmed', ...compared };
}

async function otherCard(desk: Desk, enrol: EnrolPage): Promise<Outcome> {
  console.log("the same worker with another person's card");
  await desk.reader.lift();
  const compared = await untilCompared(desk, enrol, 'adult-male-zhuang', 'second');
  const state = (await enrol.sealButton.isDisabled()) ? 'not-sealed' : 'sealable';
  await enrol.discard();
  await enrol.page.getByTestId('nav-queue').click();
  await enrol.page.getByTestId('queue-screen').waitFor();
  await picture(enrol, 'queue');
  return { state, ...compared };
}

async function run(): Promise<boolean> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const desk = new Desk(await openStudio());
  try {
    const enrol = await desk.sitDown('approach');
    const enrolments = [await ownCard(desk, enrol), await otherCard(desk, enrol)] as const;
    const [own, other] = enrolments;
    const asTheyMust =
      own.state === 'confirmed' && own.band === 'match' && other.state === 'not-sealed' && other.band === 'no-match';
    console.log(JSON.stringify({ enrolments, screenshots: folder }));
    return asTheyMust;
  } finally {
    await desk.close();
  }
}

process.exitCode = (await run()) ? 0 : 1;
