import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PromptCode } from '../../contract/capture.ts';
import type { FaceGeometry, RgbImage } from '../../face/types.ts';
import { testFace } from '../test-face.ts';
import { guangxi, paintPicture } from '../test-picture.ts';
import { checkList } from './check-list.ts';
import { checkFrame } from './frame.ts';
import { judge } from './judge.ts';
import type { CheckDefinition } from './judge.ts';

const [width, height] = [640, 480];

/** The iBUG landmark at the same place on the other half of the face. */
const opposite = [
  ...[16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
  ...[26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 27, 28, 29, 30, 35, 34, 33, 32, 31],
  ...[45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40],
  ...[54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65],
];

function mirroredFace(face: FaceGeometry): FaceGeometry {
  const { box, landmarks, pose } = face;
  const flipped = opposite.flatMap((index) => [width - landmarks[index * 2]!, landmarks[index * 2 + 1]!]);
  return {
    ...face,
    box: { ...box, x: width - box.x - box.width },
    landmarks: Float32Array.from(flipped),
    pose: { yaw: -pose.yaw, pitch: pose.pitch, roll: -pose.roll },
  };
}

function mirroredPicture({ data }: RgbImage): RgbImage {
  return paintPicture(width, height, (x, y) => {
    const at = (y * width + width - 1 - x) * 3;
    return [data[at]!, data[at + 1]!, data[at + 2]!];
  });
}

/** Light falls from one side, colour changes from left to right, and there is detail that is nowhere symmetric. */
const litFromOneSide = paintPicture(width, height, (x, y) => {
  const level = 90 + (x / width) * 90 + 25 * Math.sin(x * 0.45 + y * 0.13) * Math.sin(y * 0.4 + x * 0.05);
  return [level, level * (0.9 - (x / width) * 0.2), level * 0.7];
});
const litFromTheOther = mirroredPicture(litFromOneSide);

const mirroredPrompts: Partial<Record<PromptCode, PromptCode>> = {
  'move-left': 'move-right',
  'move-right': 'move-left',
  'turn-left': 'turn-right',
  'turn-right': 'turn-left',
};
/** Values that have a side, and what they are in the mirror. */
const mirroredValues: Partial<Record<CheckDefinition['name'], (value: number) => number>> = {
  yaw: (value) => -value,
  roll: (value) => -value,
  centred: (value) => 1 - value,
};

function said(check: CheckDefinition, face: FaceGeometry, image: RgbImage) {
  const frame = checkFrame({ image, faces: [face], profile: guangxi, stage: 'live', history: {} });
  const rule = guangxi.checks[check.name];
  const result = judge(check, check.measure(frame, rule), rule);
  return { ...result, prompt: result.status === 'block' ? check.prompt(result, frame) : undefined };
}

/** Heads everywhere in the frame, held in every way that the mesh still follows. */
const heads = fc.record({
  at: fc.record({ x: fc.integer({ min: 120, max: 520 }), y: fc.integer({ min: 120, max: 300 }) }),
  eyeDistance: fc.integer({ min: 50, max: 110 }),
  yaw: fc.integer({ min: -25, max: 25 }),
  pitch: fc.integer({ min: -20, max: 20 }),
  roll: fc.integer({ min: -15, max: 15 }),
});

describe('a mirrored picture', () => {
  it.each(checkList)('is judged alike by $name, left and right exchanged', (check) => {
    fc.assert(
      fc.property(heads, (head) => {
        const face = testFace(head);
        const before = said(check, face, litFromOneSide);
        const after = said(check, mirroredFace(face), litFromTheOther);
        const mirror = mirroredValues[check.name] ?? ((value: number) => value);
        expect(after.value === undefined).toBe(before.value === undefined);
        if (before.value === undefined) return;
        const wanted = mirror(before.value);
        // The reduced face begins at a whole pixel of the frame, which is another one in the mirror.
        expect(Math.abs(after.value! - wanted)).toBeLessThanOrEqual(5e-4 + 0.02 * Math.abs(wanted));
        if (isAtLimit(before)) return;
        expect(after.status).toBe(before.status);
        expect(after.prompt).toBe(before.prompt && (mirroredPrompts[before.prompt] ?? before.prompt));
      }),
      { numRuns: 25, seed: 1 },
    );
  });
});

/** So near to a limit that rounding decides. */
function isAtLimit({ value, minimum, maximum }: ReturnType<typeof said>): boolean {
  return [minimum, maximum].some((limit) => limit !== undefined && Math.abs(value! - limit) <= 0.03 * Math.abs(limit));
}
