import { emptySchema } from './basic.ts';
import { call } from './call.ts';
import { cameraSettingsSchema } from './camera.ts';

export const cameraCalls = {
  'camera.settings': call(emptySchema, cameraSettingsSchema),
  'camera.set': call(cameraSettingsSchema, cameraSettingsSchema),
} as const;
