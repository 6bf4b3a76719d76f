import { describe, expect, it } from 'vitest';
import type { CheckName } from '../../contract/capture.ts';
import type { FaceGeometry, RgbImage } from '../../face/types.ts';
import { colourAt, fromPoint, luminanceOf } from '../face-area.ts';
import { eyeMidpoint, landmark } from '../face-measures.ts';
import { displayLevel } from '../luminance.ts';
import { testFace } from '../test-face.ts';
import { guangxi, paintPicture } from '../test-picture.ts';
import { checkList } from './check-list.ts';
import { checkFrame } from './frame.ts';

/*
 * The loops that every frame passes through are written for speed: sums in tables, numbers in typed arrays. Here the
 * same measures are taken as their definitions read; both have to agree.
 */
const picture = paintPicture(640, 480, (x, y) => {
  const wave = 60 * Math.sin(x * 0.21 + y * 0.05) * Math.sin(y * 0.17 - x * 0.03);
  return [128 + wave, 120 + wave * 0.8, 110 - wave * 0.5];
});
const faces = [
  testFace({ at: { x: 320, y: 210 }, eyeDistance: 80 }),
  testFace({ at: { x: 290, y: 225 }, eyeDistance: 95, roll: 7, yaw: 10 }),
  testFace({ at: { x: 350, y: 200 }, eyeDistance: 60, roll: -5 }),
];

function measured(name: CheckName, face: FaceGeometry): number {
  const check = checkList.find((entry) => entry.name === name)!;
  const frame = checkFrame({ image: picture, faces: [face], profile: guangxi, stage: 'live', history: {} });
  return check.measure(frame, guangxi.checks[name])!.value;
}

const light = (image: RgbImage, x: number, y: number): number =>
  luminanceOf(colourAt(image, (Math.floor(y) * image.width + Math.floor(x)) * 3));

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const range = (half: number): number[] => Array.from({ length: 2 * half + 1 }, (_, index) => index - half);

function plainIrisContrast(face: FaceGeometry, lids: readonly number[]): number {
  const points = lids.map((index) => landmark(face, index));
  const middle = { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) };
  const meanOf = (along: number, down: number, halfWidth: number, halfHeight: number) =>
    mean(
      range(halfHeight).flatMap((v) =>
        range(halfWidth).map((u) => {
          const { x, y } = fromPoint(face, middle, (along + u) / 100, (down + v) / 100);
          return light(picture, x, y);
        }),
      ),
    );
  const contrasts = range(5).flatMap((down) =>
    range(7).map((along) => {
      const iris = meanOf(along, down, 3, 4);
      const sides = [meanOf(along - 14, down, 3, 3), meanOf(along + 14, down, 3, 3)];
      const white = 0.75 * Math.min(...sides) + 0.25 * Math.max(...sides);
      return (white - iris) / (white + iris);
    }),
  );
  return Math.max(0, ...contrasts);
}

describe('measures written for speed', () => {
  it.each(faces.map((face, index) => ({ face, index })))('see the irises of face $index as defined', ({ face }) => {
    const eyes = [
      [37, 38, 40, 41],
      [43, 44, 46, 47],
    ];
    const plain = Math.min(...eyes.map((lids) => plainIrisContrast(face, lids)));
    expect(plain).toBeGreaterThan(0);
    // A point that falls on the border of two pixels may be read from either.
    expect(Math.abs(measured('irises-visible', face) - plain)).toBeLessThan(1e-3);
  });

  it.each(faces.map((face, index) => ({ face, index })))('see the wall behind face $index as defined', ({ face }) => {
    expect(measured('plain-background', face)).toBeCloseTo(plainGradient(face), 4);
  });
});

/** Mean Sobel magnitude of the wall of the photo at 96 pixels' width, brought to the standard's width of 295. */
function plainGradient(face: FaceGeometry): number {
  const plan = checkFrame({ image: picture, faces: [face], profile: guangxi, stage: 'live', history: {} }).plan()!;
  const step = plan.width / 96;
  const rows = Math.round(plan.height / step);
  const reach = Math.max(1, Math.round(step / 3));
  const levelAt = (column: number, row: number): number => {
    const x = plan.centre.x - plan.width / 2 + (column + 0.5) * step;
    const y = plan.centre.y - plan.height / 2 + (row + 0.5) * step;
    if (x < 1 || y < 1 || x >= picture.width - 1 || y >= picture.height - 1 || isPerson(face, x, y)) return Number.NaN;
    const around = [
      [0, 0],
      [reach, 0],
      [-reach, 0],
      [0, reach],
      [0, -reach],
    ] as const;
    return displayLevel(mean(around.map(([dx, dy]) => light(picture, x + dx, y + dy))));
  };
  const gradients: number[] = [];
  for (let row = 1; row < rows - 1; row += 1) {
    for (let column = 1; column < 95; column += 1) {
      const at = (dx: number, dy: number) => levelAt(column + dx, row + dy);
      const across = at(1, -1) + 2 * at(1, 0) + at(1, 1) - at(-1, -1) - 2 * at(-1, 0) - at(-1, 1);
      const down = at(-1, 1) + 2 * at(0, 1) + at(1, 1) - at(-1, -1) - 2 * at(0, -1) - at(1, -1);
      gradients.push(Math.hypot(across, down));
    }
  }
  return mean(gradients.filter((gradient) => !Number.isNaN(gradient))) * (96 / 295);
}

function isPerson(face: FaceGeometry, x: number, y: number): boolean {
  const [eyes, chin] = [eyeMidpoint(face), landmark(face, 8)];
  const unit = Math.hypot(chin.x - eyes.x, chin.y - eyes.y);
  const [aside, below] = [Math.abs(x - eyes.x) / unit, (y - eyes.y) / unit];
  const isBody = below > 0.75 && aside < 0.85 + (below - 0.75) * 3;
  return y > chin.y || isBody || (aside < 0.85 && below > -1.45);
}
