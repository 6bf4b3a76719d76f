import { resampleToPlanes } from './resample.ts';
import type { ResampleTarget } from './resample.ts';
import { similarityScale } from './similarity.ts';
import type { RgbImage } from './types.ts';

/**
 * A picture with its halves, quarters, … made when first needed. Detector and mesh read regions at very different
 * reductions; from the nearest level each takes one or four samples a pixel instead of dozens.
 */
export class PicturePyramid {
  static readonly #made = new WeakMap<RgbImage, PicturePyramid>();
  readonly #levels: RgbImage[];

  /** The pyramid of a picture, whose bytes must not change any more: analysing and describing it share one. */
  static of(image: RgbImage): PicturePyramid {
    const made = PicturePyramid.#made.get(image) ?? new PicturePyramid(image);
    PicturePyramid.#made.set(image, made);
    return made;
  }

  /**
   * Gives the memory of a picture and of its reductions back at once; neither may be read any more. The frames of a camera
   * are 3 MB each, and left to the collector they make it walk through everything that lives every few frames.
   */
  static release(image: RgbImage): void {
    const made = PicturePyramid.#made.get(image);
    for (const { data } of made ? made.#levels : [image]) {
      // A picture that is part of something larger, or shared with another thread, is not ours to give back.
      const { buffer } = data;
      if (buffer instanceof ArrayBuffer && !buffer.detached && buffer.byteLength === data.length) buffer.transfer(0);
    }
    PicturePyramid.#made.delete(image);
  }

  constructor(image: RgbImage) {
    this.#levels = [image];
  }

  get picture(): RgbImage {
    return this.#level(0);
  }

  /** As `resampleToPlanes` of the picture itself. */
  read(target: ResampleTarget, planes?: Float32Array<ArrayBuffer>): Float32Array {
    const depth = Math.max(0, Math.floor(Math.log2(similarityScale(target.toPicture))));
    const factor = 2 ** depth;
    const { a, b, dx, dy } = target.toPicture;
    const toLevel = { a: a / factor, b: b / factor, dx: dx / factor, dy: dy / factor };
    return resampleToPlanes(this.#level(depth), { ...target, toPicture: toLevel }, planes);
  }

  #level(depth: number): RgbImage {
    const known = this.#levels[depth];
    if (known) return known;
    const level = halved(this.#level(depth - 1));
    this.#levels[depth] = level;
    return level;
  }
}

/** Every pixel the mean of two by two; an odd last row or column is left out. */
export function halved({ width, height, data }: RgbImage): RgbImage {
  const halfWidth = Math.max(1, width >> 1);
  const halfHeight = Math.max(1, height >> 1);
  const half = new Uint8Array(3 * halfWidth * halfHeight);
  const right = width > 1 ? 3 : 0;
  const below = height > 1 ? 3 * width : 0;
  const both = right + below;
  for (let y = 0, to = 0; y < halfHeight; y++) {
    const end = to + 3 * halfWidth;
    // One pixel a round and no inner loop: a whole frame passes through here.
    for (let at = 6 * y * width; to < end; at += 6, to += 3) {
      half[to] = (data[at]! + data[at + right]! + data[at + below]! + data[at + both]! + 2) >> 2;
      half[to + 1] = (data[at + 1]! + data[at + 1 + right]! + data[at + 1 + below]! + data[at + 1 + both]! + 2) >> 2;
      half[to + 2] = (data[at + 2]! + data[at + 2 + right]! + data[at + 2 + below]! + data[at + 2 + both]! + 2) >> 2;
    }
  }
  return { width: halfWidth, height: halfHeight, data: half };
}
