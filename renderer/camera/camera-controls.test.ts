import { describe, expect, it } from 'vitest';
import { applyControls, controlsOf } from './camera-controls.ts';

const capabilities = {
  exposureMode: ['continuous', 'manual'],
  exposureTime: { min: 3, max: 2047, step: 1 },
  focusMode: ['continuous'],
  brightness: { min: 0, max: 0, step: 1 },
  zoom: { min: 1, max: 5 },
};

describe('the adjustments of a camera', () => {
  it('are those that it has and that can be chosen', () => {
    const present = { exposureMode: 'continuous', exposureTime: 250, focusMode: 'continuous', brightness: 0, zoom: 1 };
    expect(controlsOf(capabilities, present)).toEqual([
      { name: 'exposureMode', kind: 'mode', modes: ['continuous', 'manual'], value: 'continuous' },
      { name: 'exposureTime', kind: 'range', minimum: 3, maximum: 2047, step: 1, value: 250 },
    ]);
  });

  it('are none for a camera that tells nothing', () => {
    expect(controlsOf({}, {})).toEqual([]);
  });

  it('are set with the modes first, and one that is refused stops no other', async () => {
    const asked: unknown[] = [];
    const track = {
      applyConstraints: async ({ advanced }: MediaTrackConstraints) => {
        asked.push(advanced?.[0]);
        if (asked.length === 1) throw new DOMException('no', 'OverconstrainedError');
      },
    };
    const stream = { getVideoTracks: () => [track] } as unknown as MediaStream;
    await applyControls(stream, { exposureTime: 100, exposureMode: 'manual' });
    expect(asked).toEqual([{ exposureMode: 'manual' }, { exposureTime: 100 }]);
  });
});
