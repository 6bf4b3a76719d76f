import { describe, expect, it } from 'vitest';
import type { CheckName, CheckResult, PromptCode } from '../../contract/capture.ts';
import type { FaceGeometry, RgbImage } from '../../face/types.ts';
import { testFace } from '../test-face.ts';
import { blurred, guangxi, paintPicture, spots } from '../test-picture.ts';
import { checkList } from './check-list.ts';
import { checkFrame } from './frame.ts';
import type { FrameHistory } from './frame.ts';
import { judge } from './judge.ts';
import { landmarkShift } from './stillness.ts';

const good = paintPicture(1280, 720, spots(150));

interface Outcome extends CheckResult {
  readonly prompt: PromptCode | undefined;
}

/** The check `name` on one frame, with the prompt if it blocks. */
function outcome(
  name: CheckName,
  faces: readonly FaceGeometry[],
  image: RgbImage = good,
  history: FrameHistory = {},
): Outcome {
  const check = checkList.find((entry) => entry.name === name)!;
  const rule = guangxi.checks[name];
  const frame = checkFrame({ image, faces, profile: guangxi, stage: 'live', history });
  const result = judge(check, check.measure(frame, rule), rule);
  return { ...result, prompt: result.status === 'block' ? check.prompt(result, frame) : undefined };
}

/** The eye whose outer or inner corner at the picture's left is landmark `corner`, closed. */
function winking(corner: number): FaceGeometry {
  const face = testFace();
  const shut = testFace({ eyeGap: 0.01 });
  for (let at = corner * 2; at < (corner + 6) * 2; at += 1) face.landmarks[at] = shut.landmarks[at]!;
  return face;
}

const blocks = (prompt: PromptCode): Partial<Outcome> => ({ status: 'block', prompt });

describe('presence', () => {
  it('needs a face of which the detector is sure', () => {
    expect(outcome('face-present', [testFace()])).toMatchObject({ status: 'pass', value: 0.98, minimum: 0.7 });
    expect(outcome('face-present', [testFace({ score: 0.6 })])).toMatchObject(blocks('show-face'));
    expect(outcome('face-present', [])).toMatchObject({ ...blocks('show-face'), value: 0 });
  });

  it('refuses a second face, not one that is small in the background', () => {
    const second = (eyeDistance: number): FaceGeometry => testFace({ at: { x: 1000, y: 200 }, eyeDistance });
    expect(outcome('single-face', [second(90), testFace()])).toMatchObject(blocks('one-person-only'));
    expect(outcome('single-face', [testFace(), second(20)])).toMatchObject({ status: 'pass', value: 0 });
    expect(outcome('single-face', [])).toMatchObject({ status: 'not-measured' });
  });
});

describe('geometry', () => {
  it('measures the eye distance as seen from the front', () => {
    expect(outcome('eye-distance', [testFace()])).toMatchObject({ status: 'pass', minimum: 90 });
    expect(outcome('eye-distance', [testFace({ eyeDistance: 100 })])).toMatchObject({ status: 'warn', minimum: 120 });
    expect(outcome('eye-distance', [testFace({ eyeDistance: 80 })])).toMatchObject(blocks('move-closer'));
    expect(outcome('eye-distance', [testFace({ eyeDistance: 125, yaw: 30 })]).value).toBeCloseTo(125, 1);
  });

  it('keeps the face small enough for the photo to fit into the frame', () => {
    expect(outcome('not-too-near', [testFace()])).toMatchObject({ status: 'pass' });
    expect(outcome('not-too-near', [testFace({ eyeDistance: 160 })])).toMatchObject(blocks('move-back'));
  });

  it.each([
    ['crown', { x: 640, y: 130 }, 'move-down'],
    ['chin', { x: 640, y: 500 }, 'move-up'],
    ['jaw at the left of the picture', { x: 120, y: 340 }, 'move-left'],
    ['jaw at the right of the picture', { x: 1160, y: 340 }, 'move-right'],
  ] as const)('notices a cut-off %s', (_, at, prompt) => {
    expect(outcome('inside-frame', [testFace({ at })])).toMatchObject(blocks(prompt));
  });

  it('sends back a head that is larger than the frame', () => {
    expect(outcome('inside-frame', [testFace({ eyeDistance: 220 })])).toMatchObject(blocks('move-back'));
    expect(outcome('inside-frame', [testFace()])).toMatchObject({ status: 'pass' });
  });

  it('asks for the worker’s own side: a face at the right of the unmirrored picture moves right', () => {
    expect(outcome('centred', [testFace({ at: { x: 960, y: 340 } })])).toMatchObject(blocks('move-right'));
    expect(outcome('centred', [testFace({ at: { x: 320, y: 340 } })])).toMatchObject(blocks('move-left'));
    expect(outcome('centred', [testFace({ at: { x: 700, y: 340 } })])).toMatchObject({ status: 'pass' });
  });

  it('asks for a height at which the crop stays inside the frame', () => {
    expect(outcome('eye-height', [testFace()])).toMatchObject({ status: 'pass' });
    expect(outcome('eye-height', [testFace({ at: { x: 640, y: 200 } })])).toMatchObject(blocks('move-down'));
    expect(outcome('eye-height', [testFace({ at: { x: 640, y: 450 } })])).toMatchObject(blocks('move-up'));
    expect(outcome('eye-height', [testFace({ eyeDistance: 170 })])).toMatchObject(blocks('move-back'));
  });

  it('leaves a nearer face less room: the limits follow the crop', () => {
    const far = outcome('eye-height', [testFace({ eyeDistance: 95 })]);
    const near = outcome('eye-height', [testFace({ eyeDistance: 130 })]);
    expect(near.minimum).toBeGreaterThan(far.minimum!);
    expect(near.maximum).toBeLessThan(far.maximum!);
  });
});

describe('pose', () => {
  /*
   * The picture is not mirrored. A nose that points to its right (yaw > 0) points to the worker's own left; in the
   * mirrored view the worker sees it point left, and comes back by turning right.
   */
  it('turns the worker back towards the other own side', () => {
    expect(outcome('yaw', [testFace({ yaw: 15 })])).toMatchObject(blocks('turn-right'));
    expect(outcome('yaw', [testFace({ yaw: -15 })])).toMatchObject(blocks('turn-left'));
    expect(outcome('yaw', [testFace({ yaw: 7 })])).toMatchObject({ status: 'warn', maximum: 5 });
    expect(outcome('yaw', [testFace({ yaw: 3 })])).toMatchObject({ status: 'pass', maximum: 10 });
  });

  it('knows up from down', () => {
    expect(outcome('pitch', [testFace({ pitch: 17 })])).toMatchObject(blocks('lower-chin'));
    expect(outcome('pitch', [testFace({ pitch: -17 })])).toMatchObject(blocks('raise-chin'));
    expect(outcome('pitch', [testFace({ pitch: 2 })])).toMatchObject({ status: 'pass' });
  });

  it('measures the tilt of the eye line', () => {
    expect(outcome('roll', [testFace({ roll: 9 })])).toMatchObject(blocks('straighten-head'));
    expect(outcome('roll', [testFace({ roll: -9 })])).toMatchObject(blocks('straighten-head'));
    const slight = outcome('roll', [testFace({ roll: 6 })]);
    expect(slight.status).toBe('warn');
    expect(slight.value).toBeCloseTo(6, 3);
  });
});

describe('expression', () => {
  it('looks at the more closed eye', () => {
    expect(outcome('eyes-open', [testFace()])).toMatchObject({ status: 'pass' });
    expect(outcome('eyes-open', [testFace({ eyeGap: 0.04 })])).toMatchObject(blocks('open-eyes'));
    for (const eye of [36, 42]) expect(outcome('eyes-open', [winking(eye)])).toMatchObject(blocks('open-eyes'));
  });

  it('wants an iris in both eyes, wherever in the opening it is seen', () => {
    const eyesAt = (places: readonly number[]) =>
      paintPicture(1280, 720, (x, y) =>
        places.some((eye) => Math.hypot(x - eye, y - 340) < 12) && Math.abs(y - 340) < 7 ? 60 : 200,
      );
    expect(outcome('irises-visible', [testFace()], eyesAt([577, 702]))).toMatchObject({ status: 'pass' });
    expect(outcome('irises-visible', [testFace()], eyesAt([584, 709]))).toMatchObject({ status: 'pass' });
    for (const eye of [577, 702]) {
      expect(outcome('irises-visible', [testFace()], eyesAt([eye]))).toMatchObject(blocks('open-eyes'));
    }
  });

  it('does not take a dark line of lashes along the whole lid for an iris', () => {
    const closed = paintPicture(1280, 720, (_, y) => (y > 340 && y < 347 ? 40 : 170));
    expect(outcome('irises-visible', [testFace()], closed)).toMatchObject(blocks('open-eyes'));
  });

  it('compares with what is usual for the person', () => {
    const narrow = [testFace({ eyeGap: 0.07 })];
    expect(outcome('eyes-open', narrow)).toMatchObject({ status: 'pass' });
    expect(outcome('eyes-open', narrow, good, { usualEyeOpening: 0.037 })).toMatchObject({ status: 'pass' });
    expect(outcome('eyes-open', narrow, good, { usualEyeOpening: 0.06 })).toMatchObject(blocks('open-eyes'));
  });

  it('allows parted lips with a warning, not an open mouth', () => {
    expect(outcome('mouth-closed', [testFace()])).toMatchObject({ status: 'pass' });
    expect(outcome('mouth-closed', [testFace({ lipGap: 0.16 })])).toMatchObject({ status: 'warn' });
    expect(outcome('mouth-closed', [testFace({ lipGap: 0.4 })])).toMatchObject(blocks('close-mouth'));
  });
});

describe('light', () => {
  const on = (name: CheckName, paint: (x: number, y: number) => number): Outcome =>
    outcome(name, [testFace()], paintPicture(1280, 720, paint));
  const inHead = (x: number, y: number): boolean => Math.hypot((x - 640) / 230, (y - 380) / 300) < 1;

  it('measures brightness in linear light: sRGB 188 is half of white', () => {
    expect(on('brightness', () => 188).value).toBeCloseTo(0.5, 2);
    expect(on('brightness', () => 160)).toMatchObject({ status: 'pass' });
    expect(on('brightness', () => 60)).toMatchObject({ status: 'warn' });
    expect(on('brightness', () => 40)).toMatchObject(blocks('more-light'));
    expect(on('brightness', () => 235)).toMatchObject(blocks('less-light'));
  });

  it('is measured on the face only', () => {
    const bright = on('brightness', (x, y) => (inHead(x, y) ? 150 : 255));
    expect(bright.value).toBeCloseTo(on('brightness', () => 150).value!, 5);
  });

  it('counts clipped pixels of the face', () => {
    expect(on('over-exposure', () => 240)).toMatchObject({ status: 'pass', value: 0 });
    expect(on('over-exposure', (_, y) => (y > 420 && y < 450 ? 255 : 150))).toMatchObject(blocks('less-light'));
  });

  it('compares the cheeks', () => {
    expect(on('even-light', () => 150)).toMatchObject({ status: 'pass' });
    expect(on('even-light', (x) => (x < 640 ? 150 : 128))).toMatchObject({ status: 'pass' });
    expect(on('even-light', (x) => (x < 640 ? 150 : 118))).toMatchObject({ status: 'warn', minimum: 0.65 });
    expect(on('even-light', (x) => (x < 640 ? 90 : 170))).toMatchObject(blocks('even-light'));
  });

  it('knows a window behind a dark face from a white wall behind a lit one', () => {
    expect(on('backlight', (x, y) => (inHead(x, y) ? 52 : 250))).toMatchObject(blocks('change-position-backlight'));
    expect(on('backlight', (x, y) => (inHead(x, y) ? 130 : 250))).toMatchObject({ status: 'pass' });
    expect(on('backlight', () => 52)).toMatchObject({ status: 'pass' });
  });
});

describe('sharpness', () => {
  it('falls with blur and blocks a blurred face', async () => {
    const sharp = outcome('sharpness', [testFace()]);
    const soft = outcome('sharpness', [testFace()], await blurred(good, 4));
    expect(sharp.status).toBe('pass');
    expect(soft).toMatchObject(blocks('hold-still'));
    expect(soft.value).toBeLessThan(sharp.value! / 4);
  });

  it('does not change with the exposure', () => {
    const half = { ...good, data: good.data.map((level) => Math.round(level / 2)) };
    const [bright, dim] = [outcome('sharpness', [testFace()]), outcome('sharpness', [testFace()], half)];
    expect(dim.value! / bright.value!).toBeGreaterThan(0.85);
    expect(dim.value! / bright.value!).toBeLessThan(1.15);
  });

  it('must keep up with the best of the session', () => {
    const { value } = outcome('sharpness', [testFace()]);
    expect(outcome('sharpness', [testFace()], good, { bestSharpness: value! * 1.5 })).toMatchObject({ status: 'pass' });
    expect(outcome('sharpness', [testFace()], good, { bestSharpness: value! * 2 })).toMatchObject(blocks('hold-still'));
  });
});

describe('stillness', () => {
  it('blocks on movement and is not measured on the first frame', () => {
    expect(outcome('stillness', [testFace()])).toMatchObject({ status: 'not-measured' });
    expect(outcome('stillness', [testFace()], good, { movement: 0.01 })).toMatchObject({ status: 'pass' });
    expect(outcome('stillness', [testFace()], good, { movement: 0.03 })).toMatchObject(blocks('hold-still'));
  });

  it('measures the shift of the head over the eye distance', () => {
    const moved = testFace({ at: { x: 645, y: 340 } });
    expect(landmarkShift(testFace(), moved, 1000 / 15)).toBeCloseTo(5 / 125, 4);
    expect(landmarkShift(testFace(), moved, 2000 / 15)).toBeCloseTo(2.5 / 125, 4);
    expect(landmarkShift(testFace(), moved, 1000 / 30)).toBeCloseTo(5 / 125, 4);
  });

  it('leaves a blink out', () => {
    expect(landmarkShift(testFace(), testFace({ eyeGap: 0.01 }), 66)).toBe(0);
  });
});

describe('a face at the edge of the picture', () => {
  it('is measured without reading outside of it', () => {
    for (const at of [
      { x: 5, y: 5 },
      { x: 1278, y: 715 },
      { x: -400, y: 300 },
      { x: 640, y: 2000 },
    ]) {
      for (const check of checkList) {
        const { value } = outcome(check.name, [testFace({ at })]);
        expect(value === undefined || Number.isFinite(value)).toBe(true);
      }
    }
  });
});
