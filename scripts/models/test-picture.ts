import { join } from 'node:path';
import sharp, { type Region } from 'sharp';

/** A group picture that comes with the face library, under its MIT licence. */
const photograph = join(import.meta.dirname, '../../node_modules/@vladmandic/face-api/demo/sample1.jpg');

/** Parts of the photograph, in its pixels. */
export const photographPart = {
  whole: { left: 0, top: 0, width: 1280, height: 1280 },
  face: { left: 806, top: 422, width: 264, height: 264 },
} as const satisfies Readonly<Record<string, Region>>;

export type PhotographPart = keyof typeof photographPart;

/** A part of the photograph as rows of pixels, 0..255: RGB, or grey when one channel is wanted. */
export async function readPhotograph(part: PhotographPart, edge: number, channels: number): Promise<Float32Array> {
  const cut = sharp(photograph).extract(photographPart[part]).resize(edge, edge, { fit: 'fill' }).removeAlpha();
  const pixels = await (channels === 1 ? cut.greyscale() : cut).raw().toBuffer();
  return Float32Array.from(pixels);
}

type Pattern = (x: number, y: number, channel: number) => number;

/** Pictures that are the same on every machine, as functions of position (0..1) and channel; 0..255. */
export const testPatterns: Readonly<Record<string, Pattern>> = {
  black: () => 0,
  ramp: (x, y, channel) => 255 * [x, y, (x + y) / 2][channel % 3]!,
  waves: (x, y, channel) => 127.5 * (1 + Math.sin(20 * x + channel) * Math.cos(13 * y - channel)),
  noise: (x, y, channel) => 255 * fraction(43758.5453 * Math.sin(12.9898 * x + 78.233 * y + 37.719 * channel)),
};

export function drawPattern(pattern: Pattern, edge: number, channels: number): Float32Array {
  return Float32Array.from({ length: edge * edge * channels }, (_, index) => {
    const pixel = Math.floor(index / channels);
    return pattern((pixel % edge) / edge, Math.floor(pixel / edge) / edge, index % channels);
  });
}

function fraction(value: number): number {
  return value - Math.floor(value);
}
