import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PicturePyramid, halved } from './picture-pyramid.ts';
import { mirroredPlanes, resampleToPlanes } from './resample.ts';
import type { ResampleTarget } from './resample.ts';
import { applySimilarity, similarityScale } from './similarity.ts';
import type { RgbImage } from './types.ts';

const unchanged = { offset: [0, 0, 0], scale: 1 } as const;

/** Red rises with x, green with y, blue is constant. */
function ramp(width: number, height: number): RgbImage {
  const data = new Uint8Array(3 * width * height);
  for (let index = 0; index < width * height; index++) {
    data.set([2 * (index % width), 2 * Math.floor(index / width), 77], 3 * index);
  }
  return { width, height, data };
}

const clamp = (index: number, count: number) => Math.min(count - 1, Math.max(0, index));

/** Weights of the neighbours from `first` on: of linear interpolation, or of Catmull and Rom's cubic. */
function neighbours(
  position: number,
  isCubic: boolean,
): { readonly first: number; readonly weights: readonly number[] } {
  const whole = Math.floor(position);
  const t = position - whole;
  if (!isCubic) return { first: whole, weights: [1 - t, t] };
  const [square, cube] = [t * t, t * t * t];
  const weights = [-cube + 2 * square - t, 3 * cube - 5 * square + 2, -3 * cube + 4 * square + t, cube - square];
  return { first: whole - 1, weights: weights.map((weight) => weight / 2) };
}

/** One sample by the textbook, in numbers of 64 bits. */
function textbookSample(image: RgbImage, x: number, y: number, channel: number, isCubic: boolean): number {
  const [across, down] = [neighbours(x, isCubic), neighbours(y, isCubic)];
  let sum = 0;
  for (const [row, rowWeight] of down.weights.entries()) {
    for (const [column, weight] of across.weights.entries()) {
      const at = clamp(down.first + row, image.height) * image.width + clamp(across.first + column, image.width);
      sum += rowWeight * weight * image.data[3 * at + channel]!;
    }
  }
  return Math.min(255, Math.max(0, sum));
}

/** What a target of enlarging (one cubic sample) or of keeping the size (one linear sample) asks for, by the textbook. */
function textbookPlanes(image: RgbImage, { edge, toPicture, outside }: ResampleTarget): number[] {
  const isCubic = similarityScale(toPicture) < 1;
  return Array.from({ length: 3 * edge * edge }, (_, index) => {
    const [channel, place] = [Math.floor(index / (edge * edge)), index % (edge * edge)];
    const centre = applySimilarity(toPicture, { x: (place % edge) + 0.5, y: Math.floor(place / edge) + 0.5 });
    const [x, y] = [centre.x - 0.5, centre.y - 0.5];
    const isOutside = x <= -1 || y <= -1 || x >= image.width || y >= image.height;
    return outside && isOutside ? outside[channel]! : textbookSample(image, x, y, channel, isCubic);
  });
}

/** A picture whose neighbouring pixels have nothing to do with each other. */
function speckles(width: number, height: number): RgbImage {
  const data = Uint8Array.from(
    { length: 3 * width * height },
    (_, index) => (index * 7919 + (index >> 3) * 104_729) % 256,
  );
  return { width, height, data };
}

const size = fc.integer({ min: 1, max: 12 });
/** Steps that both ways of computing hold exactly, so that a sample upon the limit of a picture lies upon it in both. */
const steps = (from: number, to: number) => fc.integer({ min: 64 * from, max: 64 * to }).map((step) => step / 64);
const placement = fc.record({
  scale: fc.integer({ min: 3, max: 95 }).map((step) => step / 64),
  turn: fc.integer({ min: -31, max: 31 }).map((tenths) => tenths / 10),
  dx: steps(-20, 20),
  dy: steps(-20, 20),
});

describe('resampling', () => {
  it('reads what the textbook says, in small pictures, beside them and across their edges', () => {
    fc.assert(
      fc.property(size, size, placement, fc.boolean(), (width, height, { scale, turn, dx, dy }, isFilled) => {
        const toPicture = { a: scale * Math.cos(turn), b: scale * Math.sin(turn), dx, dy };
        const plain = { edge: 7, toPicture, normalisation: unchanged };
        const target = isFilled ? { ...plain, outside: [9, 80, 200] as const } : plain;
        const image = speckles(width, height);
        const read = resampleToPlanes(image, target);
        const furthest = textbookPlanes(image, target).map((value, index) => Math.abs(value - read[index]!));
        expect(Math.max(...furthest)).toBeLessThan(0.001);
      }),
      { numRuns: 500 },
    );
  });

  it('reads a large picture after a small one, and the small one again', () => {
    const target = { edge: 6, toPicture: { a: 0.8, b: 0.1, dx: 1, dy: 1 }, normalisation: unchanged };
    const large = { ...target, edge: 300, toPicture: { ...target.toPicture, dx: 250, dy: 250 } };
    const before = resampleToPlanes(ramp(8, 8), target);
    const image = speckles(600, 600);
    const read = resampleToPlanes(image, large);
    for (const [index, value] of textbookPlanes(image, { ...large, edge: 3 })
      .slice(0, 3)
      .entries()) {
      expect(read[index]).toBeCloseTo(value, 3);
    }
    expect(resampleToPlanes(ramp(8, 8), target)).toEqual(before);
  });

  it('returns the picture itself for the identity, as planes', () => {
    const planes = resampleToPlanes(ramp(4, 4), {
      edge: 4,
      toPicture: { a: 1, b: 0, dx: 0, dy: 0 },
      normalisation: unchanged,
    });
    expect([...planes.subarray(0, 8)]).toEqual([0, 2, 4, 6, 0, 2, 4, 6]);
    expect([...planes.subarray(16, 24)]).toEqual([0, 0, 0, 0, 2, 2, 2, 2]);
    expect([...planes.subarray(32)]).toEqual(new Array(16).fill(77));
  });

  it.each([0.4, 1.3, 2.9, 7.5])('keeps positions when pixels are %f picture pixels wide', (scale) => {
    const image = ramp(120, 120);
    const edge = 8;
    const target = { edge, toPicture: { a: scale, b: 0, dx: 20, dy: 30 }, normalisation: unchanged };
    for (const planes of [resampleToPlanes(image, target), new PicturePyramid(image).read(target)]) {
      // The ramp rises by 2 a pixel; the centre of result pixel 5 lies at 5.5 × scale beyond the shift.
      expect(planes[5]).toBeCloseTo(2 * (5.5 * scale + 20 - 0.5), 0);
      expect(planes[edge * edge + 5 * edge]).toBeCloseTo(2 * (5.5 * scale + 30 - 0.5), 0);
    }
  });

  it('turns clockwise: the result of a quarter turn reads the picture downwards', () => {
    const planes = resampleToPlanes(ramp(8, 8), {
      edge: 4,
      toPicture: { a: 0, b: 1, dx: 8, dy: 0 },
      normalisation: unchanged,
    });
    expect([...planes.subarray(16, 20)]).toEqual([0, 2, 4, 6]);
    expect([...planes.subarray(0, 4)]).toEqual([14, 14, 14, 14]);
  });

  it('shows the given colour outside the picture, or continues its edge', () => {
    const target = { edge: 2, toPicture: { a: 1, b: 0, dx: -50, dy: 0 }, normalisation: unchanged };
    expect(resampleToPlanes(ramp(4, 4), { ...target, outside: [9, 8, 7] })[0]).toBe(9);
    expect(resampleToPlanes(ramp(4, 4), target)[8]).toBe(77);
  });

  it('turned left to right gives what reading it so gives', () => {
    const target = { edge: 5, toPicture: { a: 1.2, b: 0.3, dx: 3, dy: 1 }, normalisation: unchanged };
    const read = resampleToPlanes(ramp(20, 20), target);
    expect(mirroredPlanes(read, 5)).toEqual(resampleToPlanes(ramp(20, 20), { ...target, isMirrored: true }));
    expect(mirroredPlanes(read, 5)).not.toEqual(read);
  });

  it('normalises each channel', () => {
    const normalisation = { offset: [0, 0, 70], scale: 1 / 7 } as const;
    const planes = resampleToPlanes(ramp(2, 2), { edge: 2, toPicture: { a: 1, b: 0, dx: 0, dy: 0 }, normalisation });
    expect(planes[8]).toBeCloseTo(1, 6);
  });

  it.each([0.4, 1, 2.9])('turns the result left to right where asked, at %f picture pixels each', (scale) => {
    const target = { edge: 6, toPicture: { a: scale, b: 0.1, dx: 2, dy: 3 }, normalisation: unchanged };
    const planes = resampleToPlanes(ramp(40, 40), target);
    const mirrored = resampleToPlanes(ramp(40, 40), { ...target, isMirrored: true });
    const rows = Array.from({ length: 18 }, (_, row) => planes.slice(6 * row, 6 * row + 6));
    expect(mirrored).toEqual(Float32Array.from(rows.flatMap((row) => [...row.reverse()])));
  });

  it('fills only its own part of a batch', () => {
    const batch = new Float32Array(36).fill(-1);
    const target = { edge: 2, toPicture: { a: 1, b: 0, dx: 0, dy: 0 }, normalisation: unchanged };
    resampleToPlanes(ramp(4, 4), target, batch.subarray(12, 24));
    expect(batch.slice(12, 24)).toEqual(resampleToPlanes(ramp(4, 4), target));
    expect([...batch.subarray(0, 12), ...batch.subarray(24)]).toEqual(new Array(24).fill(-1));
  });

  it('halves by the mean of two by two and drops an odd row', () => {
    const half = halved({
      width: 2,
      height: 3,
      data: Uint8Array.from([0, 0, 0, 4, 4, 4, 8, 8, 8, 12, 12, 12, 99, 99, 99, 99, 99, 99]),
    });
    expect(half).toEqual({ width: 1, height: 1, data: Uint8Array.from([6, 6, 6]) });
  });

  it('gives back the memory of a picture with its reductions, and nothing that others hold', () => {
    const image = ramp(64, 64);
    const half = { a: 2, b: 0, dx: 0, dy: 0 };
    PicturePyramid.of(image).read({ edge: 8, toPicture: half, normalisation: unchanged });
    PicturePyramid.release(image);
    expect(image.data.length).toBe(0);
    PicturePyramid.release(image);
    const shared = new Uint8Array(2 * 3 * 16);
    const part = { width: 4, height: 4, data: shared.subarray(48) };
    PicturePyramid.release(part);
    expect([part.data.length, shared.length]).toEqual([48, 96]);
  });
});
