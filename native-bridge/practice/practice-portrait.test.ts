import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodePracticePortrait, encodePracticePortrait, PracticePortraitError } from './practice-portrait.ts';
import { makeSimplePortrait } from './simple-portrait.ts';

/** Mean square difference of brightness as peak signal-to-noise ratio, in decibels. */
async function likeness(first: Uint8Array, second: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all([first, second].map((picture) => sharp(picture).greyscale().raw().toBuffer()));
  if (!a || !b || a.length !== b.length) throw new Error('pictures differ in size');
  const squares = a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0);
  return 10 * Math.log10((255 * 255 * a.length) / squares);
}

async function decoded(block: Uint8Array): Promise<Uint8Array> {
  const result = await decodePracticePortrait(block);
  if (result.kind !== 'portrait') throw new Error(`not a portrait: ${result.kind}`);
  return result.png;
}

/** The middle of a picture in the card's shape, as the encoder is to cut it. */
function cardShaped(picture: Uint8Array): Promise<Buffer> {
  return sharp(picture).resize(102, 126, { fit: 'cover' }).png().toBuffer();
}

let drawing: Uint8Array;
let block: Uint8Array;
beforeAll(async () => {
  drawing = await makeSimplePortrait(3);
  block = await encodePracticePortrait(drawing);
});

describe('a practice portrait', () => {
  it('is 1024 bytes that name themselves and cannot pass for a real block', () => {
    expect(block).toHaveLength(1024);
    expect(Buffer.from(block.slice(0, 17)).toString('latin1')).toBe('PRACTICE-PORTRAIT');
    // Real ones begin "WLf\0".
    expect([...block.slice(0, 4)]).not.toEqual([0x57, 0x4c, 0x66, 0x00]);
  });

  it('comes back as a picture of 102 x 126 like the one put in', async () => {
    const png = await decoded(block);
    expect(await sharp(png).metadata()).toMatchObject({ width: 102, height: 126, format: 'png', channels: 3 });
    expect(await likeness(png, await cardShaped(drawing))).toBeGreaterThan(28);
  });

  it('takes a JPEG that is wider than the card and keeps its middle', async () => {
    const wide = await sharp(drawing)
      .extend({ left: 200, right: 200, background: '#20a060' })
      .jpeg({ quality: 95 })
      .toBuffer();
    expect(
      await likeness(await decoded(await encodePracticePortrait(wide, 'quick')), await cardShaped(wide)),
    ).toBeGreaterThan(28);
  });

  it('turns a picture upright as its orientation mark says', async () => {
    const lying = await sharp(drawing).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer();
    const png = await decoded(await encodePracticePortrait(lying, 'quick'));
    expect(await likeness(png, await cardShaped(drawing))).toBeGreaterThan(25);
  });

  it('fits even when the picture is nothing but noise', async () => {
    const noise = {
      width: 204,
      height: 252,
      channels: 3 as const,
      noise: { type: 'gaussian' as const, mean: 128, sigma: 90 },
    };
    const busy = await sharp({ create: { ...noise, background: '#000' } })
      .png()
      .toBuffer();
    expect((await decodePracticePortrait(await encodePracticePortrait(busy, 'quick'))).kind).toBe('portrait');
  });

  it('is refused for bytes that are no picture', async () => {
    const refused = encodePracticePortrait(new Uint8Array(100));
    await expect(refused).rejects.toBeInstanceOf(PracticePortraitError);
    await expect(refused).rejects.toMatchObject({ code: 'not-a-picture' });
  });
});

describe('decoding', () => {
  it('leaves other blocks alone', async () => {
    const real = new Uint8Array(1024);
    real.set([0x57, 0x4c, 0x66, 0x00, 0x7e, 0x00, 0x32, 0x00, 0x00, 0xff]);
    expect(await decodePracticePortrait(real)).toEqual({ kind: 'not-practice' });
    expect(await decodePracticePortrait(new Uint8Array(0))).toEqual({ kind: 'not-practice' });
  });

  it.each([
    ['version', 17, 2],
    ['length', 18, 0xff],
    ['digest', 20, undefined],
    ['digest', 200, undefined],
  ] as const)('reports damage: %s (byte %i)', async (reason, at, value) => {
    const damaged = block.with(at, value ?? (block[at] ?? 0) ^ 1);
    expect(await decodePracticePortrait(damaged)).toEqual({ kind: 'damaged', reason });
  });

  it('reports a block that was cut short', async () => {
    expect(await decodePracticePortrait(block.slice(0, 1000))).toEqual({ kind: 'damaged', reason: 'length' });
  });
});

describe('drawings', () => {
  it('are the same for the same seed and differ between seeds', async () => {
    expect(await makeSimplePortrait(3)).toEqual(drawing);
    expect(await makeSimplePortrait(4)).not.toEqual(drawing);
  });
});
