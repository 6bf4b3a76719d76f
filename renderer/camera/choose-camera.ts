import { cameraRefusal, type CameraSettings } from '../../native-bridge/contract/camera.ts';

/** What the browser tells of a camera; the label is empty until the page was allowed to use one. */
export interface NamedCamera {
  readonly deviceId: string;
  readonly label: string;
}

export type CameraChoice =
  | { readonly kind: 'device'; readonly deviceId: string }
  /** Nothing is known of the cameras yet: whichever the browser gives is looked at when it is open. */
  | { readonly kind: 'any' }
  | { readonly kind: 'refused'; readonly reason: 'virtual' | 'not-paired' };

/** The camera to open: the chosen one if it is there and allowed, else the first that is allowed. */
export function chooseCamera(cameras: readonly NamedCamera[], settings: CameraSettings): CameraChoice {
  const named = cameras.filter(({ label }) => label !== '');
  if (named.length === 0) return { kind: 'any' };
  const allowed = named.filter(({ label }) => cameraRefusal(label, settings) === undefined);
  const [first] = allowed;
  const chosen = allowed.find(({ label }) => label === settings.chosen) ?? first;
  if (chosen !== undefined) return { kind: 'device', deviceId: chosen.deviceId };
  const isAllVirtual = named.every(({ label }) => cameraRefusal(label, settings) === 'virtual');
  return { kind: 'refused', reason: isAllVirtual ? 'virtual' : 'not-paired' };
}
