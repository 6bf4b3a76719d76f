import sharp from 'sharp';
import { displayLevel, linearOf } from '../../native-bridge/capture/luminance.ts';
import type { FaceGeometry, Point, RgbImage } from '../../native-bridge/face/types.ts';

type Gain = number | readonly [red: number, green: number, blue: number];

const linear = Float32Array.from({ length: 256 }, (_, level) => linearOf(level));

/** Light multiplied, in linear values, by a gain that may differ from place to place. */
export function relit({ width, height, data }: RgbImage, gainAt: (x: number, y: number) => Gain): RgbImage {
  const changed = new Uint8Array(data.length);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const gain = gainAt(pixel % width, Math.floor(pixel / width));
    for (let channel = 0; channel < 3; channel++) {
      const factor = typeof gain === 'number' ? gain : gain[channel]!;
      changed[pixel * 3 + channel] = Math.round(displayLevel(linear[data[pixel * 3 + channel]!]! * factor));
    }
  }
  return { width, height, data: changed };
}

export async function blurred({ width, height, data }: RgbImage, sigma: number): Promise<RgbImage> {
  const raw = { width, height, channels: 3 } as const;
  return { width, height, data: await sharp(data, { raw }).blur(sigma).raw().toBuffer() };
}

/** The same on every machine: noise from a congruential generator, summed to something close to a normal distribution. */
export function noisy({ width, height, data }: RgbImage, deviation: number): RgbImage {
  let state = 12_345;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32 - 0.5;
  const changed = data.map((level) => {
    const value = level + (next() + next() + next() + next()) * Math.sqrt(3) * deviation;
    return Math.min(255, Math.max(0, Math.round(value)));
  });
  return { width, height, data: changed };
}

/** Shapes (SVG, in pixels of the picture) laid over it. */
export async function overlaid({ width, height, data }: RgbImage, shapes: string): Promise<RgbImage> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes}</svg>`;
  const raw = { width, height, channels: 3 } as const;
  const changed = await sharp(data, { raw })
    .composite([{ input: Buffer.from(svg) }])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width, height, data: changed };
}

/** A column of the picture: what is shown at height `y` is taken from height `from(y)`; undefined leaves it alone. */
export type ColumnWarp = (x: number, y: number) => number | undefined | 'dark';

export function columnsWarped({ width, height, data }: RgbImage, box: Bounds, from: ColumnWarp): RgbImage {
  const changed = data.slice();
  for (let y = Math.floor(box.top); y < box.bottom; y++) {
    for (let x = Math.floor(box.left); x < box.right; x++) {
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      const source = from(x, y);
      if (source === undefined) continue;
      const at = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        changed[at + channel] = source === 'dark' ? 30 - 8 * channel : levelAt(data, width, height, x, source, channel);
      }
    }
  }
  return { width, height, data: changed };
}

export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function boundsOf(points: readonly Point[]): Bounds {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

function levelAt(data: Uint8Array, width: number, height: number, x: number, y: number, channel: number): number {
  const top = Math.min(height - 2, Math.max(0, Math.floor(y)));
  const share = Math.min(1, Math.max(0, y - top));
  const level = (row: number) => data[(row * width + x) * 3 + channel]!;
  return Math.round(level(top) * (1 - share) + level(top + 1) * share);
}

export function pointsOf({ landmarks }: FaceGeometry, indices: readonly number[]): Point[] {
  return indices.map((index) => ({ x: landmarks[index * 2]!, y: landmarks[index * 2 + 1]! }));
}

/** The height at `x` of a line through points that run from left to right, level beyond its ends. */
export function lineAt(points: readonly Point[], x: number): number {
  const after = points.findIndex((point) => point.x > x);
  if (after <= 0) return (after === 0 ? points[0] : points.at(-1))!.y;
  const [from, to] = [points[after - 1]!, points[after]!];
  return from.y + ((x - from.x) / Math.max(1e-6, to.x - from.x)) * (to.y - from.y);
}
