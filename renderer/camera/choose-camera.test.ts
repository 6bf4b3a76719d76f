import { describe, expect, it } from 'vitest';
import { defaultCameraSettings } from '../../native-bridge/contract/camera.ts';
import { chooseCamera } from './choose-camera.ts';

const named = (...labels: readonly string[]) => labels.map((label) => ({ deviceId: `id of ${label}`, label }));
const settings = defaultCameraSettings;

describe('the camera to open', () => {
  it('is the first real one, or the chosen one where it is there', () => {
    const cameras = named('OBS Virtual Camera', 'A (0001:0001)', 'B (0002:0002)');
    expect(chooseCamera(cameras, settings)).toEqual({ kind: 'device', deviceId: 'id of A (0001:0001)' });
    expect(chooseCamera(cameras, { ...settings, chosen: 'B (0002:0002)' })).toEqual({
      kind: 'device',
      deviceId: 'id of B (0002:0002)',
    });
    expect(chooseCamera(cameras, { ...settings, chosen: 'C' })).toMatchObject({ deviceId: 'id of A (0001:0001)' });
  });

  it('is a paired one where there are some, whatever was chosen', () => {
    const paired = { ...settings, paired: ['B (0002:0002)'], chosen: 'A (0001:0001)' };
    expect(chooseCamera(named('A (0001:0001)', 'B (0002:0002)'), paired)).toMatchObject({
      deviceId: 'id of B (0002:0002)',
    });
    expect(chooseCamera(named('A (0001:0001)'), paired)).toEqual({ kind: 'refused', reason: 'not-paired' });
  });

  it('is none where there are programs only', () => {
    expect(chooseCamera(named('OBS Virtual Camera'), settings)).toEqual({ kind: 'refused', reason: 'virtual' });
  });

  it('is left to the browser while the names are not known', () => {
    expect(chooseCamera([], settings)).toEqual({ kind: 'any' });
    expect(chooseCamera([{ deviceId: '', label: '' }], settings)).toEqual({ kind: 'any' });
  });
});
