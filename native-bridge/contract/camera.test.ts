import { describe, expect, it } from 'vitest';
import { cameraNameOf, cameraRefusal, defaultCameraSettings, isVirtualCamera, usbIdsOf } from './camera.ts';

const webcam = 'HD Pro Webcam C920 (046d:082d)';

describe('the label of a camera', () => {
  it('gives the USB ids and the name without them', () => {
    expect(usbIdsOf(webcam)).toBe('046d:082d');
    expect(cameraNameOf(webcam)).toBe('HD Pro Webcam C920');
    expect(usbIdsOf('Integrated Camera')).toBeUndefined();
    expect(cameraNameOf('Camera (rear)')).toBe('Camera (rear)');
  });

  it.each([
    'OBS Virtual Camera',
    'ManyCam Virtual Webcam',
    'Dummy video device (0x0000)',
    'XSplit VCam',
    'DroidCam Source 3',
  ])('%s is a program', (label) => expect(isVirtualCamera(label)).toBe(true));

  it.each([webcam, 'Integrated Camera (04f2:b6cb)', 'USB2.0 UVC HD Webcam', '高拍仪 A4 (1b17:0211)', 'Observer 4K'])(
    '%s is none',
    (label) => expect(isVirtualCamera(label)).toBe(false),
  );
});

describe('which camera may be used', () => {
  it('is any that is no program while none is paired', () => {
    expect(cameraRefusal(webcam, defaultCameraSettings)).toBeUndefined();
    expect(cameraRefusal('OBS Virtual Camera', defaultCameraSettings)).toBe('virtual');
  });

  it('is a paired one where there are some, and never a program, paired or not', () => {
    const settings = { ...defaultCameraSettings, paired: [webcam, 'OBS Virtual Camera'] };
    expect(cameraRefusal(webcam, settings)).toBeUndefined();
    expect(cameraRefusal('HD Pro Webcam C920 (046d:0892)', settings)).toBe('not-paired');
    expect(cameraRefusal('OBS Virtual Camera', settings)).toBe('virtual');
  });
});
