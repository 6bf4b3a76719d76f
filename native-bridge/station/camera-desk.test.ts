import { beforeEach, describe, expect, it } from 'vitest';
import { defaultCameraSettings } from '../contract/camera.ts';
import type { ErrorCode } from '../contract/errors.ts';
import { CameraDesk } from './camera-desk.ts';

const webcam = { label: 'HD Webcam (046d:0825)', width: 1280, height: 720 };
const refusing = (code: ErrorCode) => expect.objectContaining({ code }) as Error;

let trail: { readonly action: string; readonly detail?: object | undefined }[];
let cameras: CameraDesk;

beforeEach(() => {
  const settings = new Map<string, unknown>();
  trail = [];
  cameras = new CameraDesk(
    {
      settings: {
        get: (key, schema) => schema.safeParse(settings.get(key)).data,
        set: (key, value) => void settings.set(key, value),
      },
      audit: {
        append: (entry) => void trail.push(entry),
        verify: () => ({ rows: 0 }),
        verifyInTurns: async () => ({ rows: 0 }),
        list: () => [],
      },
    },
    () => 'operator',
  );
});

describe("the desk's camera", () => {
  it('is any that is no program, or none that is named, while none is paired', () => {
    expect(() => cameras.demandAllowed(webcam)).not.toThrow();
    expect(() => cameras.demandAllowed(undefined)).not.toThrow();
    expect(() => cameras.demandAllowed({ ...webcam, label: 'OBS Virtual Camera' })).toThrow(refusing('camera.virtual'));
  });

  it('is one of the paired ones and has to be named where there are some', () => {
    cameras.set({ ...defaultCameraSettings, paired: [webcam.label] });
    expect(() => cameras.demandAllowed(webcam)).not.toThrow();
    expect(() => cameras.demandAllowed(undefined)).toThrow(refusing('camera.not-paired'));
    expect(() => cameras.demandAllowed({ ...webcam, label: 'Other (1234:5678)' })).toThrow(
      refusing('camera.not-paired'),
    );
  });

  it('changes in the trail when the list of paired ones does, and only then', () => {
    cameras.set({ ...defaultCameraSettings, mirror: false });
    expect(trail).toEqual([]);
    cameras.set({ ...cameras.settings, paired: [webcam.label] });
    expect(trail).toMatchObject([{ action: 'camera.paired', detail: { paired: [webcam.label] } }]);
    expect(cameras.settings).toMatchObject({ mirror: false, paired: [webcam.label] });
  });
});
