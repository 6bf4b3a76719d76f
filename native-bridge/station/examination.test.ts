import { describe, expect, it } from 'vitest';
import { type DiagnosticStepName, diagnosticStepNames, type Examination } from '../contract/diagnostics-calls.ts';
import { ExaminationDesk, type Look } from './examination.ts';

/** Looks that the test lets go one at a time. */
function heldLooks() {
  const looks: DiagnosticStepName[] = [];
  let go: () => void = () => undefined;
  let asked: () => void = () => undefined;
  const look: Look = async (step) => {
    looks.push(step);
    asked();
    await new Promise<void>((resolve) => (go = resolve));
    return { state: 'ok', value: step };
  };
  const untilAsked = async (step: DiagnosticStepName) => {
    while (looks.at(-1) !== step) await new Promise<void>((resolve) => (asked = resolve));
  };
  return { look, looks, untilAsked, letGo: () => go() };
}

describe('an examination', () => {
  it('tells the step under way and what was found before it', async () => {
    const told: Examination[] = [];
    const desk = new ExaminationDesk(
      async (step) => ({ state: 'ok', value: step }),
      (now) => told.push(now),
    );
    const done = await desk.run();
    expect(told.slice(0, -1).map(({ steps, step }) => [steps.length, step])).toEqual(
      diagnosticStepNames.map((name, index) => [index, name]),
    );
    expect(told.at(-1)).toEqual(done);
    expect(done).toMatchObject({ cancelled: false });
    expect(done.step).toBeUndefined();
  });

  it('ends after the step under way when it is given up, and can be made again', async () => {
    const { look, looks, untilAsked, letGo } = heldLooks();
    const desk = new ExaminationDesk(look, () => undefined);
    const first = desk.run();
    await untilAsked('data-folder');
    letGo();
    await untilAsked('disk');
    desk.cancel();
    letGo();
    const given = await first;
    expect(given.cancelled).toBe(true);
    expect(given.steps.map(({ step }) => step)).toEqual(['data-folder', 'disk']);
    expect(looks).toEqual(['data-folder', 'disk']);
    const again = desk.run();
    for (const step of diagnosticStepNames) {
      await untilAsked(step);
      letGo();
    }
    expect((await again).cancelled).toBe(false);
  });

  it('is made once for everybody who asks meanwhile', async () => {
    const { look, looks, untilAsked, letGo } = heldLooks();
    const desk = new ExaminationDesk(look, () => undefined);
    const [one, other] = [desk.run(), desk.run()];
    await untilAsked('data-folder');
    desk.cancel();
    letGo();
    expect(await one).toBe(await other);
    expect(looks).toEqual(['data-folder']);
  });
});
