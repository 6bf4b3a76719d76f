import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actedFrame, type Expression } from '../../e2e/devices/acting.ts';
import { findSitters, type Sitter, type SitterName } from '../../e2e/devices/sitters.ts';
import { createGuide } from '../../native-bridge/capture/guide.ts';
import { LivenessSession } from '../../native-bridge/capture/liveness/session.ts';
import { loadProfile } from '../../native-bridge/capture/profile.ts';
import type { ChallengeView } from '../../native-bridge/contract/liveness.ts';
import { createFaceEngine, type FaceEngine } from '../../native-bridge/face/face-engine.ts';
import { modelsOnDemand } from '../../native-bridge/face/models-on-demand.ts';
import type { FaceGeometry, RgbImage } from '../../native-bridge/face/types.ts';
import { openLivenessSenses, type OpenLivenessSenses } from '../../native-bridge/station/liveness-senses.ts';

/*
 * Films of people who act, made from the sample pictures, through the real face engine. They are no proof against
 * attacks; they show that the challenge sees what it asks for, and only that.
 */

const root = join(import.meta.dirname, '..', '..');
const modelFolder = join(root, 'assets', 'models');
const profile = loadProfile(JSON.parse(readFileSync(join(root, 'assets', 'capture-profiles', 'guangxi.json'), 'utf8')));

let engine: FaceEngine;
let opened: OpenLivenessSenses;
let sitters: Readonly<Record<SitterName, Sitter>>;
let atRest: Readonly<Record<SitterName, FaceGeometry>>;

beforeAll(async () => {
  engine = await createFaceEngine({ modelFolder });
  opened = await openLivenessSenses(engine, modelsOnDemand(modelFolder));
  sitters = await findSitters(['first', 'second']);
  const restOf = async (who: SitterName) => {
    const [face] = await engine.analyse(actedFrame(sitters[who], view, {}));
    if (face === undefined) throw new Error(`no face of ${who}`);
    return face;
  };
  atRest = { first: await restOf('first'), second: await restOf('second') };
});
afterAll(async () => {
  await opened.close();
  await engine.close();
});

const view = { width: 640, height: 480, centreX: 320, centreY: 250, eyeDistance: 100 };

const drawn = new Map<string, RgbImage>();

/** Frames of a person, `step` telling two frames of one expression apart by the sway of a head. */
function frame(who: SitterName, expression: Expression, step = 0): RgbImage {
  const key = JSON.stringify([who, expression, step % 2]);
  const made =
    drawn.get(key) ??
    actedFrame(sitters[who], { ...view, centreX: view.centreX + (step % 2) * 0.6 }, expression, atRest[who]);
  drawn.set(key, made);
  return made;
}

/** The same film seen in a mirror: left and right change places. */
const mirrored = (film: readonly RgbImage[]): RgbImage[] =>
  film.map(({ width, height, data }) => {
    const flipped = new Uint8Array(data.length);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const column = pixel % width;
      flipped.set(data.subarray(3 * pixel, 3 * pixel + 3), 3 * (pixel - column + width - 1 - column));
    }
    return { width, height, data: flipped };
  });

/** Ten frames a second. */
const frameMs = 100;

type Take = readonly [seconds: number, expression?: Expression | undefined, who?: SitterName];

const filmed = (takes: readonly Take[]): RgbImage[] =>
  takes.flatMap(([seconds, expression = {}, who = 'first']) =>
    Array.from({ length: Math.round((seconds * 1000) / frameMs) }, (_, index) => frame(who, expression, index)),
  );

const blinking: readonly Take[] = [
  [0.1, { blink: 0.5 }],
  [0.3, { blink: 1 }],
  [0.1, { blink: 0.5 }],
];
const turning = (yaw: number): readonly Take[] => [
  [0.1, { yaw: yaw / 2 }],
  [0.3, { yaw }],
  [0.1, { yaw: yaw / 2 }],
];
const nodding: readonly Take[] = [
  [0.1, { pitch: -14 }],
  [0.3, { pitch: -32 }],
  [0.1, { pitch: -14 }],
];
const talking: readonly Take[] = [
  [0.1, { mouth: 0.2 }],
  [0.3, { mouth: 0.45 }],
  [0.1, { mouth: 0.2 }],
];
/** Longer than the longest pause before a step that the draws below make. */
const pause: Take = [0.8];
const opening: Take = [1.6];

/** Draws in the order of `drawPlan`: the side, the other movement, which comes first, both pauses. */
const drawing = (side: 'left' | 'right', other: 'blink' | 'open-mouth' | 'nod', first: 'turn' | 'other') => {
  const values = [
    side === 'left' ? 0 : 1,
    ['blink', 'open-mouth', 'nod'].indexOf(other),
    first === 'turn' ? 0 : 1,
    0,
    0,
  ];
  let next = 0;
  return () => values[next++ % values.length] ?? 0;
};

async function watch(random: () => number, film: readonly RgbImage[]) {
  const session = new LivenessSession({ senses: opened.senses, random, now: () => new Date() });
  const guide = createGuide(profile);
  const follow = engine.follow();
  let told: ChallengeView = { phase: 'preparing' };
  for (const [sequence, image] of film.entries()) {
    const observed = { sequence, image, faces: await follow(image), atMs: sequence * frameMs };
    const { checks } = guide.observe(observed);
    told = await session.look(observed, observed.faces[0], checks);
    if (told.phase === 'failed') break;
  }
  return { told, session, result: session.result() };
}

describe('the liveness challenge before the real face engine', () => {
  it('is passed by a face that blinks and turns as asked', async () => {
    const film = filmed([opening, ...blinking, pause, ...turning(36), pause]);
    const { told, session, result } = await watch(drawing('left', 'blink', 'other'), film);
    expect(told).toEqual({ phase: 'over', passed: true });
    expect(result).toMatchObject({ passed: true, attempts: [{ asked: ['blink', 'turn-left'] }] });
    expect(result?.attempts[0]?.done.map(({ step }) => step)).toEqual(['blink', 'turn-left']);
    expect(result?.sameFaceDistance).toBeLessThan(0.3);
    const photo = frame('first', {}, 1);
    const [face] = await engine.analyse(photo);
    expect(face && (await session.confirm(photo, face))).toBe(true);
  });

  it('is passed by one that turns to the other side and nods, or opens the mouth', async () => {
    const nods = mirrored(filmed([opening, ...turning(36), pause, ...nodding, pause]));
    expect((await watch(drawing('right', 'nod', 'turn'), nods)).told).toEqual({ phase: 'over', passed: true });
    const opens = filmed([opening, ...talking, pause, ...turning(36), pause]);
    expect((await watch(drawing('left', 'open-mouth', 'other'), opens)).told).toEqual({ phase: 'over', passed: true });
  });

  it('is not passed by a film of the same movements in another order', async () => {
    const film = filmed([opening, ...turning(36), pause, ...blinking, pause]);
    const { told, result } = await watch(drawing('left', 'blink', 'other'), film);
    expect(told).toMatchObject({ phase: 'failed', failure: 'other-action' });
    expect(result).toMatchObject({ passed: false });
  });

  it('is not passed by a still, which is told to be one', async () => {
    const still = frame('first', {});
    const { told, result } = await watch(drawing('left', 'blink', 'other'), Array<RgbImage>(105).fill(still));
    expect(told).toMatchObject({ phase: 'failed', failure: 'timed-out' });
    expect(result?.attempts[0]?.done).toEqual([]);
    expect(result?.signals.hints).toEqual(['identical-frames']);
  });

  it('ends when another person takes the place of the first between the steps', async () => {
    const nods = nodding.map(([seconds, expression]): Take => [seconds, expression, 'second']);
    const film = filmed([opening, ...turning(36), pause, [0.5, {}, 'second'], ...nods, [0.8, {}, 'second']]);
    const { told, result } = await watch(drawing('left', 'nod', 'turn'), film);
    expect(told.phase).toBe('failed');
    expect(result?.passed).toBe(false);
  });

  it('refuses the photo of another person after the steps', async () => {
    const film = filmed([opening, ...blinking, pause, ...turning(36), pause]);
    const { session } = await watch(drawing('left', 'blink', 'other'), film);
    const photo = frame('second', {});
    const [face] = await engine.analyse(photo);
    expect(face && (await session.confirm(photo, face))).toBe(false);
    expect(session.isPassed).toBe(false);
  });
});
