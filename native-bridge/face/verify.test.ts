import { describe, expect, it } from 'vitest';
import type { BandLimits } from './bands.ts';
import { falseAcceptRange, measuredFalseAccepts } from './false-accepts.ts';
import type { FaceEngine, PortraitAnalysis } from './face-engine.ts';
import type { FaceGeometry, RgbImage } from './types.ts';
import { compareFaces } from './verify.ts';

const limits: BandLimits = { fingerprint: 'test', match: 0.3, review: 0.5 };
const picture = (level: number): RgbImage => ({ width: 16, height: 16, data: new Uint8Array(768).fill(level) });

const face: FaceGeometry = {
  box: { x: 0, y: 0, width: 16, height: 16 },
  score: 1,
  mesh: new Float32Array(1404),
  landmarks: Float32Array.from({ length: 136 }, (_, index) => (index * 7) % 16),
  pose: { yaw: 0, pitch: 0, roll: 0 },
  eyeDistance: 8,
};

/** A descriptor of length 1 whose angle in the first two dimensions is the picture's grey level in hundredths. */
function descriptorOf({ data }: RgbImage): Float32Array {
  const angle = (data[Math.floor(data.length / 2)] ?? 0) / 100;
  return Float32Array.from({ length: 128 }, (_, index) => [Math.cos(angle), Math.sin(angle)][index] ?? 0);
}

const engine: FaceEngine = {
  analysis: { kind: 'ready' },
  comparison: { kind: 'ready' },
  fingerprint: 'test',
  analyse: async (image) => (image.data[0] === 255 ? [] : [face]),
  follow: () => async (image) => engine.analyse(image),
  analysePortrait: async (): Promise<PortraitAnalysis> => ({ kind: 'face', located: 'detector', face }),
  describe: async (image) => descriptorOf(image),
  describeEach: async (faces) => faces.map(({ image }) => descriptorOf(image)),
  close: async () => undefined,
};

describe('comparing a card photo with live frames', () => {
  it.each([
    [20, 'match'],
    [40, 'review'],
    [90, 'no-match'],
  ])('puts frames %i hundredths away into the band %s', async (level, band) => {
    const comparison = await compareFaces(engine, picture(0), [picture(level), picture(level + 2)], limits);
    expect(comparison).toMatchObject({ kind: 'compared', band, framesUsed: 2, fingerprint: 'test' });
  });

  it('reports the distance of the mean frame', async () => {
    const comparison = await compareFaces(engine, picture(0), [picture(18), picture(22)], limits);
    // Directions 0.2 rad apart: the chord is 2 sin 0.1.
    expect(comparison.kind === 'compared' && comparison.distance).toBeCloseTo(2 * Math.sin(0.1), 4);
    expect(comparison.kind === 'compared' && comparison.spread).toBeCloseTo(2 * (Math.sin(0.11) - Math.sin(0.09)), 4);
  });

  it('estimates false accepts for limits of the measured pipeline only', async () => {
    const estimated = async (fingerprint: string) => {
      const measured = { ...engine, fingerprint };
      const comparison = await compareFaces(measured, picture(0), [picture(36)], { ...limits, fingerprint });
      return comparison.kind === 'compared' && comparison.falseAccepts;
    };
    expect(await estimated(measuredFalseAccepts.fingerprint)).toEqual(
      falseAcceptRange(2 * Math.sin(0.18), measuredFalseAccepts.fingerprint),
    );
    expect(await estimated('test')).toBeUndefined();
  });

  it('leaves frames without a face out, and one that is unlike the others', async () => {
    const levels = [20, 255, 21, 20, 19, 20, 48];
    const comparison = await compareFaces(engine, picture(0), levels.map(picture), limits);
    expect(comparison).toMatchObject({ kind: 'compared', framesUsed: 5, band: 'match' });
  });

  it('asks a person when the frames spread widely', async () => {
    const comparison = await compareFaces(engine, picture(0), [picture(5), picture(20)], limits);
    expect(comparison).toMatchObject({ kind: 'compared', band: 'review' });
  });

  it('asks a person when the card face was only assumed', async () => {
    const assumed: PortraitAnalysis = { kind: 'face', located: 'card-frame', face };
    const comparison = await compareFaces(
      { ...engine, analysePortrait: async () => assumed },
      picture(0),
      [picture(10)],
      limits,
    );
    expect(comparison).toMatchObject({ kind: 'compared', band: 'review', cardFace: 'card-frame' });
  });

  it('does not decide when the frames show two people', async () => {
    const comparison = await compareFaces(engine, picture(0), [picture(0), picture(0), picture(80)], limits);
    expect(comparison).toEqual({ kind: 'cannot-compare', reason: 'frames-disagree' });
  });

  it.each<[string, Partial<FaceEngine>, readonly RgbImage[], BandLimits]>([
    ['no-face-on-card', { analysePortrait: async () => ({ kind: 'no-face' }) }, [picture(0)], limits],
    ['no-face-in-frame', {}, [picture(255)], limits],
    ['no-face-in-frame', {}, [], limits],
    ['abnormal-descriptor', { describe: async () => new Float32Array(128).fill(Number.NaN) }, [picture(0)], limits],
    [
      'model-unavailable',
      { comparison: { kind: 'unavailable', model: 'facemesh', problem: 'missing' } },
      [picture(0)],
      limits,
    ],
    ['limits-not-measured', {}, [picture(0)], { ...limits, fingerprint: 'another' }],
  ])('cannot compare: %s', async (reason, change, frames, given) => {
    expect(await compareFaces({ ...engine, ...change }, picture(0), frames, given)).toEqual({
      kind: 'cannot-compare',
      reason,
    });
  });
});
