import { createHash } from 'node:crypto';
import type { Sharp } from 'sharp';
import { extractAv1Still, wrapAv1Still } from './av1-still.ts';

/**
 * The photo block of a practice card. A real block is coded by a method that only the makers' libraries know and begins
 * with 57 4C 66 00; this one begins with a plain word, so neither can be taken for the other:
 *
 *     0   17  "PRACTICE-PORTRAIT"
 *     17   1  version, 1
 *     18   2  length of the frame, big-endian
 *     20   4  first bytes of the frame's SHA-256
 *     24   n  AV1 still frame, 102 x 126, 4:2:0
 *     ...     zero up to 1024
 */
export const PORTRAIT_BLOCK_BYTES = 1024;
/** The picture a card carries, in pixels. */
export const PORTRAIT_SIZE = { width: 102, height: 126 } as const;

const MAGIC = Buffer.from('PRACTICE-PORTRAIT', 'latin1');
const VERSION = 1;
const LENGTH_AT = MAGIC.length + 1;
const DIGEST_AT = LENGTH_AT + 2;
const DIGEST_BYTES = 4;
const FRAME_AT = DIGEST_AT + DIGEST_BYTES;
const FRAME_ROOM = PORTRAIT_BLOCK_BYTES - FRAME_AT;

export type DecodedPracticePortrait =
  | { readonly kind: 'portrait'; readonly width: 102; readonly height: 126; readonly png: Uint8Array<ArrayBuffer> }
  /** Some other photo block, such as that of a real card. */
  | { readonly kind: 'not-practice' }
  | { readonly kind: 'damaged'; readonly reason: 'version' | 'length' | 'digest' | 'picture' };

export class PracticePortraitError extends Error {
  readonly code: 'not-a-picture' | 'does-not-fit';

  constructor(code: 'not-a-picture' | 'does-not-fit', cause?: unknown) {
    super(code === 'not-a-picture' ? 'the portrait is not a readable picture' : 'the portrait cannot be coded', {
      cause,
    });
    this.code = code;
  }
}

/** Work of the coder, 0..9. The first only places the quality, in a tenth of the time; the second makes the frame. */
const QUICK_EFFORT = 2;
const FULL_EFFORT = 9;
const LOWEST_QUALITY = 1;
const HIGHEST_QUALITY = 100;
/** Photographs end within three; only drawings, which have nothing to gain, would go on. */
const MOST_STEPS_UP = 4;
/** Blur (sigma, pixels) for pictures so busy that not even the lowest quality fits; no face needs it. */
const CALMING_BLURS = [undefined, 1, 2.5, 6] as const;

/** `quick` is for drawings, which have no detail to lose. */
export type PortraitCare = 'best' | 'quick';

/**
 * Encodes any JPEG or PNG: turned upright, cut to the card's shape around the middle, scaled to 102 x 126, and coded at
 * the highest quality that fits. Rejects with `PracticePortraitError`.
 */
export async function encodePracticePortrait(picture: Uint8Array, care: PortraitCare = 'best'): Promise<Uint8Array> {
  const cropped = await cropToCard(picture);
  for (const blur of CALMING_BLURS) {
    const calm = blur === undefined ? cropped : await (await opened(cropped)).blur(blur).png().toBuffer();
    const frame = await bestFrame(calm, care);
    if (frame) return blockAround(frame);
  }
  throw new PracticePortraitError('does-not-fit');
}

/** Tells the three cases apart; never throws for any bytes. */
export async function decodePracticePortrait(block: Uint8Array): Promise<DecodedPracticePortrait> {
  const bytes = Buffer.from(block);
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return { kind: 'not-practice' };
  if (bytes.length !== PORTRAIT_BLOCK_BYTES) return { kind: 'damaged', reason: 'length' };
  if (bytes[MAGIC.length] !== VERSION) return { kind: 'damaged', reason: 'version' };
  const length = bytes.readUInt16BE(LENGTH_AT);
  if (length === 0 || length > FRAME_ROOM) return { kind: 'damaged', reason: 'length' };
  const frame = bytes.subarray(FRAME_AT, FRAME_AT + length);
  if (!digestOf(frame).equals(bytes.subarray(DIGEST_AT, FRAME_AT))) return { kind: 'damaged', reason: 'digest' };
  return pictureOf(frame);
}

/** The library that works on pictures is loaded with the first one, so that a reader is there sooner. */
const opened = async (picture: Uint8Array): Promise<Sharp> => (await import('sharp')).default(picture);

async function pictureOf(frame: Uint8Array): Promise<DecodedPracticePortrait> {
  try {
    const still = await opened(wrapAv1Still(frame, PORTRAIT_SIZE));
    const { data, info } = await still.png().toBuffer({ resolveWithObject: true });
    if (info.width !== PORTRAIT_SIZE.width || info.height !== PORTRAIT_SIZE.height)
      return { kind: 'damaged', reason: 'picture' };
    return { kind: 'portrait', ...PORTRAIT_SIZE, png: Uint8Array.from(data) };
  } catch {
    return { kind: 'damaged', reason: 'picture' };
  }
}

async function cropToCard(picture: Uint8Array): Promise<Buffer> {
  const { width, height } = PORTRAIT_SIZE;
  try {
    const upright = (await opened(picture)).autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb');
    return await upright.resize(width, height, { fit: 'cover', kernel: 'lanczos3' }).png().toBuffer();
  } catch (cause) {
    throw new PracticePortraitError('not-a-picture', cause);
  }
}

/** The frame of the highest quality that fits, or `undefined` when even the lowest is too large. */
async function bestFrame(picture: Buffer, care: PortraitCare): Promise<Uint8Array | undefined> {
  const near = await nearQuality(picture);
  if (care === 'quick') return fittingFrame(picture, near, QUICK_EFFORT);
  const frame = await fittingFrame(picture, near, FULL_EFFORT);
  return frame ? raised(picture, near, frame) : lowered(picture, near - 1);
}

/** Goes up from a quality that fits until one does not, or as far as is worth the time. */
async function raised(picture: Buffer, near: number, fitting: Uint8Array): Promise<Uint8Array> {
  let best = fitting;
  for (let quality = near + 1; quality <= Math.min(near + MOST_STEPS_UP, HIGHEST_QUALITY); quality += 1) {
    const next = await fittingFrame(picture, quality, FULL_EFFORT);
    if (!next) return best;
    best = next;
  }
  return best;
}

async function lowered(picture: Buffer, quality: number): Promise<Uint8Array | undefined> {
  if (quality < LOWEST_QUALITY) return undefined;
  const frame = await fittingFrame(picture, quality, FULL_EFFORT);
  return frame ?? lowered(picture, quality - 1);
}

/** Halving search with the quick coder: where the quality will lie, give or take a few. */
async function nearQuality(picture: Buffer): Promise<number> {
  let fits = LOWEST_QUALITY;
  let tooLarge = HIGHEST_QUALITY + 1;
  while (tooLarge - fits > 1) {
    const quality = Math.floor((fits + tooLarge) / 2);
    if (await fittingFrame(picture, quality, QUICK_EFFORT)) fits = quality;
    else tooLarge = quality;
  }
  return fits;
}

async function fittingFrame(picture: Buffer, quality: number, effort: number): Promise<Uint8Array | undefined> {
  const frame = await codedFrame(picture, quality, effort);
  return frame.length <= FRAME_ROOM ? frame : undefined;
}

/**
 * Measured on 8 faces at this size (distance of 128-number face descriptors before and after, mean / largest): WebP
 * 0.141 / 0.185, AV1 tuned for SSIM 0.108 / 0.146, AV1 tuned for PSNR 0.093 / 0.110.
 */
async function codedFrame(picture: Buffer, quality: number, effort: number): Promise<Uint8Array> {
  const still = (await opened(picture)).avif({
    quality,
    effort,
    chromaSubsampling: '4:2:0',
    tune: 'psnr',
    bitdepth: 8,
  });
  const avif = await still.toBuffer();
  const frame = extractAv1Still(avif);
  if (!frame) throw new PracticePortraitError('does-not-fit');
  return frame;
}

function blockAround(frame: Uint8Array): Uint8Array {
  const block = Buffer.alloc(PORTRAIT_BLOCK_BYTES);
  MAGIC.copy(block);
  block[MAGIC.length] = VERSION;
  block.writeUInt16BE(frame.length, LENGTH_AT);
  digestOf(frame).copy(block, DIGEST_AT);
  block.set(frame, FRAME_AT);
  return Uint8Array.from(block);
}

function digestOf(frame: Uint8Array): Buffer {
  return createHash('sha256').update(frame).digest().subarray(0, DIGEST_BYTES);
}
