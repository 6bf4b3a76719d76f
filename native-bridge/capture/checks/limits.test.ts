import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkNames } from '../../contract/capture.ts';
import type { CheckName, PromptCode } from '../../contract/capture.ts';
import type { FaceGeometry, RgbImage } from '../../face/types.ts';
import { loadProfile } from '../profile.ts';
import { testFace } from '../test-face.ts';
import type { TestFace } from '../test-face.ts';
import { paintPicture, spots } from '../test-picture.ts';
import type { Paint } from '../test-picture.ts';
import { checkList } from './check-list.ts';
import { checkFrame } from './frame.ts';
import type { FrameHistory, FrameSource, WrittenFile } from './frame.ts';
import { judge } from './judge.ts';

/** One look at a frame; what is not said is a head that meets every check, on even grey. */
interface Scene {
  readonly face?: TestFace;
  readonly second?: TestFace;
  readonly paint?: Paint;
  readonly size?: readonly [width: number, height: number];
  readonly stage?: FrameSource['stage'];
  readonly history?: FrameHistory;
  readonly file?: WrittenFile;
  /** Corners of the mouth this far apart, in eye distances. */
  readonly mouthWidth?: number;
}

type Status = 'block' | 'warn';

/** Two scenes beside one limit: the first just meets it, the second just does not. */
interface Row {
  readonly name: CheckName;
  readonly status: Status;
  readonly prompt: PromptCode;
  readonly inside: Scene;
  readonly outside: Scene;
  readonly profile?: string;
}

const row = (
  name: CheckName,
  status: Status,
  prompt: PromptCode,
  inside: Scene,
  outside: Scene,
  profile = 'guangxi',
): Row => ({ name, status, prompt, inside, outside, profile });

const faceOf = (inside: TestFace, outside: TestFace): [Scene, Scene] => [{ face: inside }, { face: outside }];
const levels = (inside: number, outside: number): [Scene, Scene] => [{ paint: () => inside }, { paint: () => outside }];
const paints = (inside: Paint, outside: Paint): [Scene, Scene] => [{ paint: inside }, { paint: outside }];
const photo = (inside: TestFace, outside: TestFace): [Scene, Scene] => [
  { face: inside, size: [358, 441], stage: 'final' },
  { face: outside, size: [358, 441], stage: 'final' },
];

/** A face that is looked at pixel by pixel: its eye distance is that of the reduced face. */
const small = (inside: Paint, outside: Paint): [Scene, Scene] => [
  { face: { eyeDistance: 64 }, paint: inside },
  { face: { eyeDistance: 64 }, paint: outside },
];
/** `share` of the pixels, spread evenly, at one level and the others at another. */
const mixed =
  (share: number, some: number, others: number): Paint =>
  (x, y) =>
    (x + 7 * y) % 1000 < share * 1000 ? some : others;
const steps =
  (count: number): Paint =>
  (x, y) =>
    120 + 4 * ((x + 7 * y) % count);

const inHead = (x: number, y: number): boolean => Math.hypot((x - 640) / 230, (y - 380) / 300) < 1;
const beforeWall =
  (face: number, wall: number): Paint =>
  (x, y) =>
    inHead(x, y) ? face : wall;
const halves =
  (left: number, right: number): Paint =>
  (x) =>
    x < 640 ? left : right;
/** Eye centres of the usual head lie 62 pixels to both sides of the middle, at 340. */
const besideEye = (x: number): number => Math.abs(x - 640) - 62.5;
const atEyes =
  (level: number, others: number): Paint =>
  (_, y) =>
    Math.abs(y - 340) < 26 ? level : others;
const irises =
  (level: number): Paint =>
  (x, y) =>
    Math.abs(besideEye(x)) < 6 && Math.abs(y - 340) < 13 ? level : 200;
const gazing =
  (offset: number): Paint =>
  (x) =>
    [577.5, 702.5].some((eye) => Math.abs(x + 0.5 - eye - offset) < 4) ? 40 : 200;
const reflecting =
  (height: number): Paint =>
  (x, y) =>
    Math.abs(besideEye(x)) < 6 && Math.abs(y - 340) < height ? 250 : 150;
const chinOf =
  (level: number): Paint =>
  (_, y) =>
    y > 470 ? level : 150;
const fringe =
  (to: number): Paint =>
  (x, y) =>
    y < 300 && x < to ? 20 : 150;
const chequered =
  (depth: number): Paint =>
  (x, y) =>
    150 + ((x + y) % 2) * depth;
/** Steps of 20 inside the blocks and `step` on average at their borders. */
const blocky =
  (step: number): Paint =>
  (x) =>
    100 + (x % 2) * 20 + (Math.floor(x / 8) % 2) * step;
const wavyWall =
  (depth: number): Paint =>
  (x, y) =>
    inHead(x, y) ? 150 : 128 + depth * Math.sin(x / 12) * Math.sin(y / 12);

const rows: readonly Row[] = [
  row('face-present', 'block', 'show-face', ...faceOf({ score: 0.71 }, { score: 0.69 })),
  row(
    'single-face',
    'block',
    'one-person-only',
    { second: { at: { x: 1000, y: 200 }, eyeDistance: 27.5 } },
    { second: { at: { x: 1000, y: 200 }, eyeDistance: 28.5 } },
  ),
  row('moving-picture', 'block', 'still-picture', { history: { equalPictures: 2 } }, { history: { equalPictures: 3 } }),
  row('inside-frame', 'block', 'move-down', ...faceOf({ at: { x: 640, y: 263 } }, { at: { x: 640, y: 259 } })),
  row('inside-frame', 'block', 'move-up', ...faceOf({ at: { x: 640, y: 480 } }, { at: { x: 640, y: 485 } })),
  row('inside-frame', 'block', 'move-left', ...faceOf({ at: { x: 147, y: 340 } }, { at: { x: 143, y: 340 } })),
  row('inside-frame', 'block', 'move-right', ...faceOf({ at: { x: 1133, y: 340 } }, { at: { x: 1137, y: 340 } })),
  row('eye-distance', 'block', 'move-closer', ...faceOf({ eyeDistance: 90.5 }, { eyeDistance: 89.5 })),
  row('eye-distance', 'warn', 'move-closer', ...faceOf({ eyeDistance: 120.5 }, { eyeDistance: 119.5 })),
  row('not-too-near', 'block', 'move-back', ...faceOf({ eyeDistance: 148.5 }, { eyeDistance: 149.5 })),
  row('head-size', 'block', 'move-closer', ...photo({ eyeDistance: 85.3 }, { eyeDistance: 84.6 })),
  row('head-size', 'block', 'move-back', ...photo({ eyeDistance: 97.2 }, { eyeDistance: 97.9 })),
  row('centred', 'block', 'move-left', ...faceOf({ at: { x: 386, y: 340 } }, { at: { x: 382, y: 340 } })),
  row('centred', 'block', 'move-right', ...faceOf({ at: { x: 894, y: 340 } }, { at: { x: 898, y: 340 } })),
  row(
    'eye-height',
    'block',
    'move-down',
    ...faceOf({ at: { x: 640, y: 146 }, eyeDistance: 60 }, { at: { x: 640, y: 142 }, eyeDistance: 60 }),
  ),
  row(
    'eye-height',
    'block',
    'move-up',
    ...faceOf({ at: { x: 640, y: 502 }, eyeDistance: 60 }, { at: { x: 640, y: 506 }, eyeDistance: 60 }),
  ),
  row(
    'side-margins',
    'warn',
    'more-room',
    ...photo({ at: { x: 161, y: 200 }, eyeDistance: 100 }, { at: { x: 159, y: 200 }, eyeDistance: 100 }),
  ),
  row(
    'side-margins',
    'warn',
    'more-room',
    ...photo({ at: { x: 197, y: 200 }, eyeDistance: 100 }, { at: { x: 199, y: 200 }, eyeDistance: 100 }),
  ),
  row('yaw', 'block', 'turn-right', ...faceOf({ yaw: 9.9 }, { yaw: 10.1 })),
  row('yaw', 'block', 'turn-left', ...faceOf({ yaw: -9.9 }, { yaw: -10.1 })),
  row('yaw', 'warn', 'turn-right', ...faceOf({ yaw: 4.9 }, { yaw: 5.1 })),
  row('yaw', 'warn', 'turn-left', ...faceOf({ yaw: -4.9 }, { yaw: -5.1 })),
  row('pitch', 'block', 'lower-chin', ...faceOf({ pitch: 14.9 }, { pitch: 15.1 })),
  row('pitch', 'block', 'raise-chin', ...faceOf({ pitch: -14.9 }, { pitch: -15.1 })),
  row('pitch', 'warn', 'lower-chin', ...faceOf({ pitch: 7.9 }, { pitch: 8.1 })),
  row('pitch', 'warn', 'raise-chin', ...faceOf({ pitch: -7.9 }, { pitch: -8.1 })),
  row('roll', 'block', 'straighten-head', ...faceOf({ roll: 7.9 }, { roll: 8.1 })),
  row('roll', 'block', 'straighten-head', ...faceOf({ roll: -7.9 }, { roll: -8.1 })),
  row('roll', 'warn', 'straighten-head', ...faceOf({ roll: 4.9 }, { roll: 5.1 })),
  row('roll', 'warn', 'straighten-head', ...faceOf({ roll: -4.9 }, { roll: -5.1 })),
  row('backlight', 'block', 'change-position-backlight', ...paints(beforeWall(48, 95), beforeWall(48, 99))),
  row('brightness', 'block', 'more-light', ...levels(49, 48)),
  row('brightness', 'warn', 'more-light', ...levels(70, 69)),
  row('brightness', 'warn', 'less-light', ...levels(203, 204)),
  row('brightness', 'block', 'less-light', ...levels(224, 226)),
  row('grey-level', 'warn', 'more-light', ...levels(86, 84), 'gb-t-35678'),
  row('grey-level', 'warn', 'less-light', ...levels(199, 201), 'gb-t-35678'),
  row('under-exposure', 'warn', 'more-light', ...small(mixed(0.97, 30, 150), mixed(0.99, 30, 150))),
  row('over-exposure', 'block', 'less-light', ...small(mixed(0.007, 255, 150), mixed(0.01, 255, 150))),
  row('over-exposure', 'warn', 'less-light', ...small(mixed(0.001, 255, 150), mixed(0.003, 255, 150))),
  row('even-light', 'block', 'even-light', ...paints(halves(150, 110), halves(150, 108))),
  row('even-light', 'block', 'even-light', ...paints(halves(110, 150), halves(108, 150))),
  row('even-light', 'warn', 'even-light', ...paints(halves(150, 124), halves(150, 122))),
  row('contrast', 'warn', 'better-contrast', ...small(mixed(0.5, 120, 134), mixed(0.5, 120, 132))),
  row('contrast', 'warn', 'even-light', ...small(mixed(0.5, 50, 190), mixed(0.5, 50, 193))),
  row('dynamic-range', 'warn', 'better-contrast', ...small(steps(17), steps(15))),
  row(
    'natural-colour',
    'warn',
    'fix-colour',
    ...paints(
      () => [157, 153, 148],
      () => [156, 153, 149],
    ),
  ),
  row('stillness', 'block', 'hold-still', { history: { movement: 0.0149 } }, { history: { movement: 0.0151 } }),
  row('mouth-visible', 'block', 'uncover-mouth', ...paints(chinOf(63), chinOf(58))),
  row('eyes-visible', 'block', 'remove-dark-glasses', ...paints(atEyes(70, 150), atEyes(69, 150))),
  row('glare', 'block', 'avoid-glare', ...paints(reflecting(5), reflecting(6))),
  row('eyes-open', 'block', 'open-eyes', ...faceOf({ eyeGap: 0.058 }, { eyeGap: 0.056 })),
  row('irises-visible', 'block', 'open-eyes', ...paints(irises(150), irises(152))),
  row('irises-visible', 'warn', 'open-eyes', ...paints(irises(135), irises(138))),
  row('gaze', 'warn', 'look-at-camera', ...paints(gazing(6), gazing(7))),
  row('gaze', 'warn', 'look-at-camera', ...paints(gazing(-6), gazing(-7))),
  row('mouth-closed', 'block', 'close-mouth', ...faceOf({ lipGap: 0.284 }, { lipGap: 0.286 })),
  row('mouth-closed', 'warn', 'close-mouth', ...faceOf({ lipGap: 0.094 }, { lipGap: 0.096 })),
  row('neutral-expression', 'warn', 'neutral-face', { mouthWidth: 0.91 }, { mouthWidth: 0.93 }),
  row('forehead-visible', 'warn', 'show-forehead', ...paints(fringe(651), fringe(655))),
  row('sharpness', 'block', 'hold-still', ...paints(spots(150, 3.8), spots(150, 3.4))),
  row('noise', 'block', 'more-light', ...paints(chequered(4), chequered(5))),
  row('compression', 'block', 'better-camera', ...paints(blocky(31), blocky(33))),
  row('frame-size', 'warn', 'better-camera', { size: [1280, 720] }, { size: [1280, 719] }),
  row('frame-size', 'warn', 'better-camera', { size: [720, 1280] }, { size: [719, 1280] }),
  row('plain-background', 'warn', 'plain-background', ...paints(wavyWall(108), wavyWall(118))),
  row('background-colour', 'warn', 'change-background', ...levels(172, 165), 'icao-passport'),
  row(
    'file-format',
    'block',
    'wrong-file',
    { file: { bytes: 20_000, deviations: [] } },
    { file: { bytes: 20_000, deviations: ['baseline'] } },
  ),
  row(
    'file-size',
    'block',
    'wrong-file',
    { file: { bytes: 37_888, deviations: [] } },
    { file: { bytes: 37_889, deviations: [] } },
  ),
  row(
    'file-size',
    'warn',
    'wrong-file',
    { file: { bytes: 10_240, deviations: [] } },
    { file: { bytes: 10_239, deviations: [] } },
  ),
];

const profileOf = (name: string) => {
  const file = new URL(`../../../assets/capture-profiles/${name}.json`, import.meta.url);
  return loadProfile(JSON.parse(readFileSync(file, 'utf8')));
};
const profiles = new Map(['guangxi', 'gb-t-35678', 'icao-passport'].map((name) => [name, profileOf(name)]));

const even: Paint = () => 150;
const painted = new Map<string, RgbImage>();

/** The even pictures, of which there are few sizes, are painted once. */
function pictureOf({ paint = even, size: [width, height] = [1280, 720] }: Scene): RgbImage {
  const key = `${width} ${height}`;
  const known = paint === even ? painted.get(key) : undefined;
  const picture = known ?? paintPicture(width, height, paint);
  if (paint === even) painted.set(key, picture);
  return picture;
}

function facesOf({ face, second, mouthWidth, size: [width] = [1280, 720] }: Scene): FaceGeometry[] {
  const worker = testFace(width < 720 ? { at: { x: width / 2, y: 200 }, ...face } : face);
  if (mouthWidth !== undefined) {
    const half = (mouthWidth * worker.eyeDistance) / 2;
    worker.landmarks[48 * 2] = 640 - half;
    worker.landmarks[54 * 2] = 640 + half;
  }
  return second === undefined ? [worker] : [worker, testFace(second)];
}

function said({ name, profile: profileName = 'guangxi' }: Row, scene: Scene) {
  const check = checkList.find((entry) => entry.name === name)!;
  const profile = profiles.get(profileName)!;
  const { stage = 'live', history = {}, file } = scene;
  const source = { image: pictureOf(scene), faces: facesOf(scene), profile, stage, history };
  const frame = checkFrame(file === undefined ? source : { ...source, file });
  const rule = profile.checks[name];
  const result = judge(check, check.measure(frame, rule), rule);
  return { ...result, prompt: check.prompt(result, frame) };
}

/** Two values are beside each other when they differ by little of the limit, or of a whole where that is nought. */
const farthest = (limit: number): number => 0.25 * Math.max(Math.abs(limit), 0.1);
const isWholeNumber: readonly CheckName[] = ['moving-picture', 'file-format'];

describe('every check, just inside its limit and just outside', () => {
  it.each(rows)('$name: $status, $prompt', (entry) => {
    const [inside, outside] = [said(entry, entry.inside), said(entry, entry.outside)];
    expect(outside).toMatchObject({ status: entry.status, prompt: entry.prompt });
    expect([entry.status === 'block' ? 'warn' : 'pass', 'pass']).toContain(inside.status);
    const isTooLow = inside.value! > outside.value!;
    const limit = (isTooLow ? outside.minimum : outside.maximum)!;
    expect(isTooLow ? inside.value! >= limit : inside.value! <= limit).toBe(true);
    expect(isTooLow ? outside.value! < limit : outside.value! > limit).toBe(true);
    if (isWholeNumber.includes(entry.name)) return;
    expect(Math.abs(inside.value! - outside.value!)).toBeLessThan(farthest(limit));
  });

  it('has a row for all forty', () => {
    expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(checkNames));
    expect(checkNames).toHaveLength(40);
  });
});
