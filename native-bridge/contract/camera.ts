import { z } from 'zod';
import { lineSchema } from './basic.ts';
import virtualCameras from './virtual-cameras.json' with { type: 'json' };

/** A camera as the browser names it; the USB ids stand at the end of the label where the browser gives them. */
const labelSchema = lineSchema.min(1).max(200);

export const cameraRotations = [0, 90, 180, 270] as const;
const rotationSchema = z.literal(cameraRotations);
export type CameraRotation = z.infer<typeof rotationSchema>;

export const cameraSizes = ['1280x720', '1920x1080', '640x480'] as const;
export const cameraRates = [30, 15] as const;

/** Names of the camera's own adjustments as the browser has them (W3C MediaStream Image Capture). */
export const cameraControlNames = [
  'exposureMode',
  'exposureTime',
  'exposureCompensation',
  'focusMode',
  'focusDistance',
  'whiteBalanceMode',
  'colorTemperature',
  'brightness',
  'contrast',
] as const;
export type CameraControlName = (typeof cameraControlNames)[number];

export const cameraSettingsSchema = z.object({
  /** The allow-list: labels of the desk's own cameras. While it is empty any camera that is no program will do. */
  paired: z.array(labelSchema).max(8),
  /** The one to be used of those that are there. */
  chosen: labelSchema.optional(),
  size: z.enum(cameraSizes),
  framesPerSecond: z.literal(cameraRates),
  /** Only how the picture is shown; the photo is never mirrored. */
  mirror: z.boolean(),
  /** Clockwise, for a camera that is mounted on its side; the photo is turned too. */
  rotation: rotationSchema,
  controls: z.partialRecord(z.enum(cameraControlNames), z.union([z.number(), z.string().max(40)])),
});
export type CameraSettings = z.infer<typeof cameraSettingsSchema>;

export const defaultCameraSettings: CameraSettings = {
  paired: [],
  size: '1280x720',
  framesPerSecond: 30,
  mirror: true,
  rotation: 0,
  controls: {},
};

/** The camera of one session; kept with the photo. */
export const cameraInUseSchema = z.object({
  label: labelSchema,
  width: z.int(),
  height: z.int(),
  framesPerSecond: z.number().optional(),
});
export type CameraInUse = z.infer<typeof cameraInUseSchema>;

/** Vendor and product of a USB camera, as `046d:0825`. */
export function usbIdsOf(label: string): string | undefined {
  return /\(([0-9a-f]{4}:[0-9a-f]{4})\)\s*$/i.exec(label)?.[1]?.toLowerCase();
}

/** The label without the USB ids. */
export const cameraNameOf = (label: string): string => label.replace(/\s*\([0-9a-f]{4}:[0-9a-f]{4}\)\s*$/i, '');

/** Whether a label names a program that plays a camera. One that hides its nature is stopped by pairing only. */
export function isVirtualCamera(label: string): boolean {
  const lower = label.toLowerCase();
  return virtualCameras.words.some((word) => lower.includes(word));
}

/** Why a camera may not be used; `undefined` for one that may. */
export function cameraRefusal(label: string, { paired }: CameraSettings): 'virtual' | 'not-paired' | undefined {
  if (isVirtualCamera(label)) return 'virtual';
  return paired.length > 0 && !paired.includes(label) ? 'not-paired' : undefined;
}
