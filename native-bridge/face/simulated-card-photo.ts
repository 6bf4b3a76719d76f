import sharp from 'sharp';
import { eyeCentres, eyeDistance } from './landmarks.ts';
import { cutRegion } from './reduced-face.ts';
import type { FaceGeometry, RgbImage } from './types.ts';

/** Pixels of the photo that an identity-card reader delivers. */
export const cardPhotoWidth = 102;
export const cardPhotoHeight = 126;

/** The card stores the photo in 1,024 bytes. */
const maximumBytes = 1024;
/** GA 461: a face 207 of 358 wide and eyes about half-way down; eyes lie 0.44 face widths apart. */
const cardEyeDistance = 0.44 * (207 / 358) * cardPhotoWidth;
const cardEyeHeight = 0.49 * cardPhotoHeight;

/**
 * What a portrait would look like in an identity card: cut to the GA 461 frame, 102 × 126 pixels, and pressed into
 * 1 KB. The card's own codec is not public; WebP at the same size stands in for it.
 */
export async function simulateCardPhoto(image: RgbImage, face: FaceGeometry): Promise<RgbImage> {
  return pressInto(frameLikeCard(image, face), maximumBytes);
}

function frameLikeCard(image: RgbImage, face: FaceGeometry): RgbImage {
  const [left, right] = eyeCentres(face.landmarks);
  const scale = eyeDistance(face.landmarks) / cardEyeDistance;
  const angle = Math.atan2(right.y - left.y, right.x - left.x);
  const drop = (cardPhotoHeight / 2 - cardEyeHeight) * scale;
  const region = {
    centreX: (left.x + right.x) / 2 - drop * Math.sin(angle),
    centreY: (left.y + right.y) / 2 + drop * Math.cos(angle),
    size: cardPhotoHeight * scale,
    angle,
  };
  return cutMiddleColumns(cutRegion(image, face.landmarks, region, cardPhotoHeight).image);
}

function cutMiddleColumns({ width, height, data }: RgbImage): RgbImage {
  const first = (width - cardPhotoWidth) / 2;
  const cut = new Uint8Array(3 * cardPhotoWidth * height);
  for (let row = 0; row < height; row++) {
    const start = 3 * (row * width + first);
    cut.set(data.subarray(start, start + 3 * cardPhotoWidth), 3 * row * cardPhotoWidth);
  }
  return { width: cardPhotoWidth, height, data: cut };
}

async function pressInto({ width, height, data }: RgbImage, limit: number): Promise<RgbImage> {
  let [low, high] = [1, 100];
  const encode = (quality: number): Promise<Buffer> =>
    sharp(data, { raw: { width, height, channels: 3 } })
      .webp({ quality, effort: 4 })
      .toBuffer();
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((await encode(middle)).length <= limit) low = middle;
    else high = middle - 1;
  }
  const pixels = await sharp(await encode(low))
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width, height, data: new Uint8Array(pixels) };
}
