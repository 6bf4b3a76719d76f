import { describe, expect, it } from 'vitest';
import { borderColour, nominalCardFace } from './card-frame.ts';

describe('the frame of a card photo', () => {
  it('has a face 207 of 358 wide in its middle and eyes 24 to 30 px apart', () => {
    const face = nominalCardFace({ width: 102, height: 126, data: new Uint8Array() });
    expect(face.box.width).toBeCloseTo((102 * 207) / 358, 3);
    expect(face.box.x + face.box.width / 2).toBeCloseTo(51, 3);
    const [left, right] = face.keypoints;
    const apart = (right?.x ?? 0) - (left?.x ?? 0);
    expect(apart).toBeGreaterThan(24);
    expect(apart).toBeLessThan(30);
    // GA 461: the eyes at least 207 of 441 above the lower edge.
    expect(126 - (left?.y ?? 0)).toBeGreaterThanOrEqual((126 * 207) / 441);
  });

  it('takes the background from the upper border, not from the clothes below', () => {
    const data = new Uint8Array(4 * 8 * 3).fill(200);
    data.fill(10, 4 * 4 * 3);
    expect(borderColour({ width: 4, height: 8, data })).toEqual([200, 200, 200]);
  });
});
