import type { Metadata } from 'sharp';
import { pictureLibrary } from '../pictures/picture-library.ts';
import type { RgbImage } from './types.ts';

export type PictureErrorCode = 'not-a-picture' | 'too-large' | 'damaged';

/** Bytes that cannot be shown as a picture; `code` says why. */
export class PictureError extends Error {
  readonly code: PictureErrorCode;

  constructor(code: PictureErrorCode, options?: ErrorOptions) {
    super(`picture ${code}`, options);
    this.code = code;
  }
}

/** 48 megapixels, the largest picture that common phone cameras save. */
const largestPicture = 48_000_000;

/** What cameras and cards deliver. Anything else, drawings above all, can cost far more than its size tells. */
const formats: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp']);

/** A picture within the limits takes a fraction of this. */
const slowestSeconds = 5;

/**
 * Decodes JPEG, PNG and WebP to 8-bit sRGB: turned upright by its EXIF entry, colours converted from an embedded
 * profile, transparency shown on white. Nothing larger than `maximumPixels` is decoded. Throws `PictureError`.
 */
export async function decodePicture(bytes: Uint8Array, maximumPixels = largestPicture): Promise<RgbImage> {
  const header = await requireDecodable(bytes, maximumPixels);
  const sharp = await pictureLibrary();
  try {
    const upright = sharp(bytes, { failOn: 'error', limitInputPixels: maximumPixels })
      .timeout({ seconds: slowestSeconds })
      .rotate();
    const converted = isPlain(header) ? upright : upright.toColourspace('srgb').flatten({ background: '#ffffff' });
    const { data, info } = await converted.raw().toBuffer({ resolveWithObject: true });
    return {
      width: info.width,
      height: info.height,
      data: info.channels === 3 ? plainBytes(data) : grayToRgb(data, info.channels),
    };
  } catch (cause) {
    throw new PictureError('damaged', { cause });
  }
}

/** Whether the pixels are what is wanted already, as a camera's are: even conversions that change nothing take a fifth of the time. */
function isPlain({ space, channels, depth, hasAlpha, hasProfile }: Metadata): boolean {
  return space === 'srgb' && channels === 3 && depth === 'uchar' && !hasAlpha && !hasProfile;
}

async function requireDecodable(bytes: Uint8Array, maximumPixels: number): Promise<Metadata> {
  const header = await readHeader(bytes);
  if (!formats.has(header.format)) throw new PictureError('not-a-picture');
  if (header.width * header.height > maximumPixels) throw new PictureError('too-large');
  return header;
}

async function readHeader(bytes: Uint8Array): Promise<Metadata> {
  const sharp = await pictureLibrary();
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw new PictureError('not-a-picture', { cause });
  }
}

/** The same bytes as a plain array: the loops over pixels run faster when they only ever meet one kind. */
function plainBytes({ buffer, byteOffset, length }: Buffer<ArrayBuffer>): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

function grayToRgb(data: Uint8Array, channels: number): Uint8Array {
  const rgb = new Uint8Array((data.length / channels) * 3);
  for (let index = 0; index < rgb.length; index++) rgb[index] = data[Math.floor(index / 3) * channels] ?? 0;
  return rgb;
}
