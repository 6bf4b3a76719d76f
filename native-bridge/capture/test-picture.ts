import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import type { CheckName } from '../contract/capture.ts';
import type { RgbImage } from '../face/types.ts';
import { loadProfile } from './profile.ts';

/** sRGB levels of one pixel, grey when a single number. */
export type Paint = (x: number, y: number) => number | readonly [number, number, number];

export function paintPicture(width: number, height: number, paint: Paint): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let index = 0; index < width * height; index += 1) {
    const colour = paint(index % width, Math.floor(index / width));
    data.set(typeof colour === 'number' ? [colour, colour, colour] : colour, index * 3);
  }
  return { width, height, data };
}

/** Skin-like detail that looks the same everywhere: spots of a few pixels around `level`, without randomness. */
export function spots(level: number, depth = 30): Paint {
  return (x, y) =>
    level + depth * Math.sin(x * 0.9 + Math.sin(y * 0.31) * 2) * Math.sin(y * 0.83 + Math.sin(x * 0.27) * 2);
}

export async function blurred({ width, height, data }: RgbImage, sigma: number): Promise<RgbImage> {
  const out = await sharp(data, { raw: { width, height, channels: 3 } })
    .blur(sigma)
    .raw()
    .toBuffer();
  return { width, height, data: out };
}

export async function decoded(file: string | Uint8Array): Promise<RgbImage> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

export function guangxiFile(): Record<string, unknown> {
  const path = new URL('../../assets/capture-profiles/guangxi.json', import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}

/** For painted pictures, which have no eyes to see, and of which one is a whole film. */
export const paintedFile = (): Record<string, unknown> => without('irises-visible', 'moving-picture');

function without(...names: readonly CheckName[]): Record<string, unknown> {
  const file = guangxiFile();
  const checks = file['checks'] as Record<CheckName, { kind: string }>;
  for (const name of names) checks[name].kind = 'off';
  return file;
}

export const guangxi = loadProfile(guangxiFile());
export const forPainted = loadProfile(paintedFile());
/** For painted films. */
export const movingPainted = loadProfile(without('irises-visible'));
