import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { livenessSteps, type LivenessStep } from '../../contract/liveness.ts';
import { type ChallengeState, createChallenge, type Sight } from './challenge.ts';
import { extentOf } from './extent.ts';
import { drawPlan } from './plan.ts';
import type { FaceSigns } from './signs.ts';

const atRest: FaceSigns = { yaw: 2, pitch: -3, eyeOpening: 0.3, mouthOpening: 0.03 };

const moves: Readonly<Record<LivenessStep, Partial<FaceSigns>>> = {
  blink: { eyeOpening: 0.15 },
  'turn-left': { yaw: 22 },
  'turn-right': { yaw: -18 },
  'open-mouth': { mouthOpening: 0.25 },
  nod: { pitch: -18 },
};

const showing = (part: Partial<FaceSigns> = {}): Sight => ({
  kind: 'face',
  signs: { ...atRest, ...part },
  isPlaced: true,
});
const rest = showing();
const nobody: Sight = { kind: 'none' };
const crowd: Sight = { kind: 'several' };

const frameMs = 100;
const frames = (sight: Sight, milliseconds: number) =>
  Array.from({ length: Math.round(milliseconds / frameMs) }, () => sight);
const moved = (step: LivenessStep, milliseconds = 400) => frames(showing(moves[step]), milliseconds);

/** Plays frame after frame; the phases as they followed one another. */
function play(steps: readonly LivenessStep[], film: readonly Sight[]) {
  const challenge = createChallenge({ steps, pausesMs: [300, 300] });
  let last: ChallengeState = { phase: 'preparing' };
  const phases: string[] = [];
  for (const [index, sight] of film.entries()) {
    last = challenge.look(sight, index * frameMs);
    const told = last.phase === 'step' ? `${last.step}${last.seen ? '!' : ''}` : last.phase;
    if (phases.at(-1) !== told) phases.push(told);
  }
  return { last, phases, challenge };
}

const opening = frames(rest, 1_500);
const between = frames(rest, 1_000);

describe('a challenge', () => {
  it('asks for one step after the other and passes when both were done', () => {
    const film = [...opening, ...moved('blink'), ...between, ...moved('turn-left'), ...between];
    const { phases, challenge } = play(['blink', 'turn-left'], film);
    expect(phases).toEqual([
      'preparing',
      'look-straight',
      'blink',
      'blink!',
      'look-straight',
      'turn-left',
      'turn-left!',
      'passed',
    ]);
    expect(challenge.done.map(({ step }) => step)).toEqual(['blink', 'turn-left']);
    expect(challenge.done.every(({ extent, afterMs }) => extent > 1 && afterMs > 0)).toBe(true);
  });

  it.each(livenessSteps)('tells %s from everything else', (step) => {
    const film = [...opening, ...moved(step), ...between];
    expect(play([step, 'nod'], film).challenge.done).toHaveLength(1);
    for (const other of livenessSteps.filter((name) => name !== step))
      expect(play([other, 'nod'], film).challenge.done, other).toEqual([]);
  });

  it('never passes whatever is done other than the two steps in their order', () => {
    const step = fc.constantFrom(...livenessSteps);
    fc.assert(
      fc.property(step, step, fc.array(step, { maxLength: 4 }), (first, second, done) => {
        fc.pre(first !== second);
        const film = [...opening, ...done.flatMap((action) => [...moved(action), ...between])];
        const { last } = play([first, second], film);
        // Blinks in between are nobody's fault, and what was done may be done again; all else has to be what was asked.
        const counted = done.filter((action) => action !== 'blink' || [first, second].includes('blink'));
        if (last.phase === 'passed')
          expect(done.join()).toMatch(new RegExp(`^(blink,)*${first}(,blink|,${first})*,${second}`));
        if (counted.join() === `${first},${second}`) expect(last.phase).toBe('passed');
      }),
    );
  });

  it('lets people nod twice', () => {
    const film = [
      ...opening,
      ...moved('nod'),
      ...frames(rest, 200),
      ...moved('nod'),
      ...between,
      ...moved('turn-left'),
    ];
    expect(play(['nod', 'turn-left'], [...film, ...between]).last.phase).toBe('passed');
  });

  it('ends an attempt with the first movement that was not asked for', () => {
    const film = [...opening, ...moved('turn-right'), ...between, ...moved('turn-left'), ...between];
    expect(play(['turn-left', 'nod'], film).last).toEqual({ phase: 'failed', failure: 'other-action' });
  });

  it('takes no movement that had begun before it was asked for', () => {
    const turned = [...frames(rest, 1_200), ...moved('open-mouth', 3_000), ...between];
    expect(play(['open-mouth', 'turn-left'], turned).challenge.done).toEqual([]);
  });

  it('takes a movement that begins with the very next frame', () => {
    const challenge = createChallenge({ steps: ['nod', 'blink'], pausesMs: [300, 300] });
    let atMs = 0;
    const show = (sight: Sight) => challenge.look(sight, (atMs += frameMs));
    while (show(rest).phase !== 'step');
    for (const sight of [...moved('nod'), ...between]) show(sight);
    expect(challenge.done.map(({ step }) => step)).toEqual(['nod']);
  });

  it('takes no slip of one frame and nothing that is held for good', () => {
    expect(play(['blink', 'nod'], [...opening, ...moved('blink', 100), ...between]).challenge.done).toEqual([]);
    expect(play(['blink', 'nod'], [...opening, ...moved('blink', 4_000), ...between]).challenge.done).toEqual([]);
  });

  it('ends after eight seconds without the step', () => {
    expect(play(['blink', 'nod'], [...opening, ...frames(rest, 7_500)]).last.phase).toBe('step');
    expect(play(['blink', 'nod'], [...opening, ...frames(rest, 9_000)]).last).toEqual({
      phase: 'failed',
      failure: 'timed-out',
    });
  });

  it.each([
    ['face-lost', nobody],
    ['several-faces', crowd],
  ] as const)('says %s after half a second, and forgives less', (failure, sight) => {
    const film = (milliseconds: number) => [...opening, ...frames(sight, milliseconds), ...between];
    expect(play(['blink', 'nod'], film(400)).last.phase).toBe('step');
    expect(play(['blink', 'nod'], film(800)).last).toEqual({ phase: 'failed', failure });
  });

  it('does not vouch for what happened while no frames came', () => {
    const challenge = createChallenge({ steps: ['blink', 'nod'], pausesMs: [0, 0] });
    opening.forEach((sight, index) => challenge.look(sight, index * frameMs));
    expect(challenge.look(rest, 5_000)).toEqual({ phase: 'failed', failure: 'face-lost' });
  });

  it('waits for a face that sits as it should, and takes its rest from a second of that', () => {
    const away: Sight = { kind: 'face', signs: { ...atRest, yaw: 40 }, isPlaced: false };
    expect(play(['blink', 'nod'], [...frames(rest, 500), ...frames(away, 300), ...frames(rest, 800)]).last.phase).toBe(
      'preparing',
    );
    const blinking = [...frames(rest, 400), showing(moves.blink), ...frames(rest, 800)];
    expect(play(['blink', 'nod'], blinking).challenge.rest).toEqual(atRest);
  });

  it('counts a half blink, and a blink of a turned head, as none', () => {
    expect(extentOf('blink', { ...atRest, eyeOpening: 0.24 }, atRest)).toBeLessThan(1);
    expect(extentOf('blink', { ...atRest, ...moves.blink, yaw: 14 }, atRest)).toBe(0);
  });
});

describe('what is asked for', () => {
  /** Every value that a draw can take, one after the other. */
  const draws = (canMeasureLids: boolean) => {
    const found = new Set<string>();
    for (let seed = 0; seed < 2_000; seed++) {
      let state = seed * 2_654_435_761;
      const random = (count: number) => {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        return Math.floor((state / 2_147_483_648) * count);
      };
      const plan = drawPlan(random, canMeasureLids);
      found.add(plan.steps.join());
      expect(plan.pausesMs.every((pause) => pause >= 300 && pause < 1_200)).toBe(true);
    }
    return [...found].toSorted();
  };

  it('is a turn and another movement in either order, twelve sequences in all', () => {
    const sequences = draws(true);
    expect(sequences).toHaveLength(12);
    expect(sequences.every((sequence) => sequence.match(/turn-/g)?.length === 1)).toBe(true);
  });

  it('leaves out what cannot be measured', () => {
    expect(draws(false).join()).not.toContain('blink');
    expect(draws(false)).toHaveLength(8);
  });
});
