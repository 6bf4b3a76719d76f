import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeDetections } from './detect.ts';
import { containment, mergeDetections, overlap } from './detection.ts';
import { tiles, wholePicture } from './detection-regions.ts';

const face = (x: number, score: number) => ({
  box: { x, y: 0, width: 100, height: 100 },
  score,
  keypoints: [{ x: x + 30, y: 40 }],
});

describe('detections', () => {
  it('joins those of one face by their scores and keeps those of another', () => {
    const merged = mergeDetections([face(0, 0.6), face(500, 0.7), face(10, 0.9)]);
    expect(merged.map(({ score }) => score)).toEqual([0.9, 0.7]);
    // (0 × 0.6 + 10 × 0.9) / 1.5
    expect(merged[0]?.box.x).toBeCloseTo(6);
    expect(merged[0]?.keypoints[0]?.x).toBeCloseTo(36);
  });

  it('measures how much boxes share', () => {
    const large = { x: 0, y: 0, width: 10, height: 10 };
    const small = { x: 5, y: 0, width: 5, height: 5 };
    expect(overlap(large, small)).toBeCloseTo(0.25);
    expect(containment(large, small)).toBe(1);
    expect(overlap(large, { ...small, x: 50 })).toBe(0);
  });

  it('decodes an anchor of each grid into the picture', () => {
    const empty = (count: number) => new Float32Array(count).fill(-50);
    const outputs = new Map([
      ['fine_scores', empty(512)],
      ['fine_boxes', new Float32Array(512 * 16)],
      ['coarse_scores', empty(384)],
      ['coarse_boxes', new Float32Array(384 * 16)],
    ]);
    outputs.get('fine_scores')?.set([2], 2 * 16 + 1);
    outputs.get('fine_boxes')?.set([4, -4, 20, 10, 1, 2], (2 * 16 + 1) * 16);
    outputs.get('coarse_scores')?.set([0.5], 6 * 9);
    const found = decodeDetections(outputs, { a: 2, b: 0, dx: 100, dy: 0 }, 0.5);
    // Anchor 33 stands in cell (0, 1) of 16 px cells, its centre is (8, 24); anchor 54 in cell (1, 1) of 32 px cells.
    expect(found[0]?.box).toEqual({ x: 104, y: 30, width: 40, height: 20 });
    expect(found[0]?.keypoints[0]).toEqual({ x: 118, y: 52 });
    expect(found[0]?.score).toBeCloseTo(0.8808, 4);
    expect(found[1]?.box).toEqual({ x: 196, y: 96, width: 0, height: 0 });
    expect(found).toHaveLength(2);
  });

  it('ignores anchors below the smallest score', () => {
    const outputs = new Map([
      ['fine_scores', new Float32Array(512).fill(0.3)],
      ['fine_boxes', new Float32Array(512 * 16)],
      ['coarse_scores', new Float32Array(384).fill(-1)],
      ['coarse_boxes', new Float32Array(384 * 16)],
    ]);
    expect(decodeDetections(outputs, { a: 1, b: 0, dx: 0, dy: 0 }, 0.6)).toEqual([]);
  });
});

describe('regions of a picture', () => {
  it('squares the whole picture', () => {
    expect(wholePicture({ width: 1280, height: 720 })).toEqual({ centreX: 640, centreY: 360, size: 1280, angle: 0 });
  });

  it('covers every small face whole in one tile', () => {
    const size = fc.integer({ min: 400, max: 4000 });
    const position = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(size, size, position, position, (width, height, u, v) => {
        const edge = 384;
        const faceEdge = edge / 3;
        const x = u * (width - faceEdge);
        const y = v * (height - faceEdge);
        const holds = tiles({ width, height }, edge).some(
          ({ centreX, centreY }) =>
            x >= centreX - edge / 2 - 1e-6 &&
            y >= centreY - edge / 2 - 1e-6 &&
            x + faceEdge <= centreX + edge / 2 + 1e-6 &&
            y + faceEdge <= centreY + edge / 2 + 1e-6,
        );
        expect(holds).toBe(true);
      }),
    );
  });
});
