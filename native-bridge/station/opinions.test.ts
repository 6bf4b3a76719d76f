import { describe, expect, it } from 'vitest';
import type { FaceEngine } from '../face/face-engine.ts';
import type { FaceGeometry, RgbImage } from '../face/types.ts';
import type { FaceComparison } from '../face/verify.ts';
import { firstOpinion, type Opinion, secondOpinion, withSecondOpinion } from './opinions.ts';

const image: RgbImage = { width: 16, height: 16, data: new Uint8Array(768) };
const pictures = { portrait: image, live: [image] };
const face = { landmarks: Float32Array.from({ length: 136 }, (_, index) => (index * 7) % 16), eyeDistance: 8 };

function opinion(describe: () => Promise<Float32Array>): Opinion {
  const engine: FaceEngine = {
    analysis: { kind: 'ready' },
    comparison: { kind: 'ready' },
    fingerprint: 'pack',
    analyse: async () => [face as FaceGeometry],
    follow: () => async () => [],
    analysePortrait: async () => ({ kind: 'face', located: 'detector', face: face as FaceGeometry }),
    describe,
    describeEach: (faces) => Promise.all(faces.map(describe)),
    close: async () => undefined,
  };
  return { engine, limits: { fingerprint: 'pack', match: 0.9, review: 1.1 }, falseAccepts: undefined };
}

const same = opinion(async () => Float32Array.of(1, 0, 0));
const nothing = opinion(async () => Float32Array.of(Number.NaN, 0, 0));
const failing = opinion(() => Promise.reject(new Error('released')));

const builtIn: FaceComparison = {
  kind: 'compared',
  distance: 0.2,
  band: 'match',
  framesUsed: 1,
  spread: 0,
  cardFace: 'detector',
  fingerprint: 'built-in',
};
const askBuiltIn = () => Promise.resolve(builtIn);
const tell = () => ({ kind: 'cannot-compare', error: { code: 'face.abnormal-picture' } }) as const;

describe('the first opinion', () => {
  it('is the built-in one unless another is chosen', async () => {
    expect(await firstOpinion(askBuiltIn, {}, pictures)).toBe(builtIn);
    expect(await firstOpinion(askBuiltIn, { first: same }, pictures)).toMatchObject({
      fingerprint: 'pack',
      distance: 0,
    });
  });

  it('takes the rates of false accepts from the table of its own recogniser', async () => {
    const table = {
      fingerprint: 'pack',
      dataSets: [],
      people: 2,
      pairs: 100,
      unseen: { below: 0.5, atMost: 0.03 },
      rows: [],
    };
    const first = { ...same, falseAccepts: table };
    expect(await firstOpinion(askBuiltIn, { first }, pictures)).toMatchObject({ falseAccepts: { atMost: 0.03 } });
  });

  it.each([
    ['gives no numbers', nothing],
    ['fails', failing],
  ])('is left to the built-in recogniser where the chosen one %s', async (_what, first) => {
    expect(await firstOpinion(askBuiltIn, { first }, pictures)).toBe(builtIn);
  });
});

describe('the second opinion', () => {
  it('says why it has none and stops nothing', async () => {
    expect(await secondOpinion({}, pictures, tell)).toBeUndefined();
    expect(await secondOpinion({ second: nothing }, pictures, tell)).toMatchObject({ kind: 'cannot-compare' });
    expect(await secondOpinion({ second: failing }, pictures, tell)).toEqual({
      kind: 'cannot-compare',
      error: { code: 'internal' },
    });
  });

  const bands = ['match', 'review', 'no-match'] as const;
  it.each(bands.flatMap((first) => bands.map((second) => [first, second] as const)))(
    'beside the first: %s and %s',
    (band, other) => {
      const first = { kind: 'compared', band, distance: 0.2, frames: 1, engine: 'a', verifyMs: 1 } as const;
      const second = { kind: 'compared', band: other, distance: 0.7, engine: 'b' } as const;
      const both = withSecondOpinion(first, second);
      expect(both.band).toBe(band === other ? band : 'review');
      expect(both.disagreeing).toBe(band === other ? undefined : band);
      expect(both.secondOpinion).toEqual(second);
    },
  );

  it('changes nothing where it could not be given', () => {
    const first = { kind: 'compared', band: 'match', distance: 0.2, frames: 1, engine: 'a', verifyMs: 1 } as const;
    expect(withSecondOpinion(first, undefined)).toBe(first);
    expect(withSecondOpinion(first, tell())).toEqual({ ...first, secondOpinion: tell() });
  });
});
