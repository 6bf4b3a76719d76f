import { z } from 'zod';

const deviceSchema = z.strictObject({
  serial: z.string().min(1).max(40),
  /** The project that the device stands in; its companies are those of the account of the other interface. */
  projectCode: z.string().min(1).max(50),
  enabled: z.boolean().default(true),
});

export const deviceAccountSchema = z.strictObject({
  apiKey: z.string().min(1).max(64),
  secret: z.string().min(1).max(64),
  devices: z.array(deviceSchema).min(1),
});

export type DeviceAccount = z.infer<typeof deviceAccountSchema>;
export type Device = DeviceAccount['devices'][number];

/** A device nobody has, and a secret that everybody may know. */
export const DEMO_DEVICE_ACCOUNT: DeviceAccount = {
  apiKey: 'SANDBOXDEVICEKEY01',
  secret: 'sandbox-device-secret',
  devices: [{ serial: 'FT00000001', projectCode: 'SANDBOXPROJECT0001', enabled: true }],
};
