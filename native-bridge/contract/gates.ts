import { z } from 'zod';
import { instantSchema } from './basic.ts';

/** What is looked at before a new enrolment begins. */
export const gateNameSchema = z.enum(['store', 'disk', 'unsent-count', 'unsent-age', 'clock', 'backup']);
export type GateName = z.infer<typeof gateNameSchema>;

export const gateLevelSchema = z.enum(['ok', 'warn', 'block']);
export type GateLevel = z.infer<typeof gateLevelSchema>;

/**
 * One gate as it stands: `warn` is said and holds nothing up; with `block` no new enrolment begins, while one in work can
 * be finished and everything else goes on. `value` and the limits are in the gate's own unit: records, hours, bytes,
 * seconds, hours; a value is absent while it is not known.
 */
export const gateSchema = z.object({
  gate: gateNameSchema,
  level: gateLevelSchema,
  value: z.number().optional(),
  warnAt: z.number().optional(),
  blockAt: z.number().optional(),
});
export type Gate = z.infer<typeof gateSchema>;

/** A limit that is absent is none. */
const limitsSchema = z.object({ warn: z.number().positive().optional(), block: z.number().positive().optional() });

export const gateLimitsSchema = z.object({
  /** Records that the platform has not accepted. */
  unsentCount: limitsSchema,
  /** Age of the oldest of these, in hours. */
  unsentHours: limitsSchema,
  /** Free bytes on the disk of the data folder. */
  freeBytes: limitsSchema,
  /** Difference between the platform's clock and the station's in seconds, either way. */
  clockSeconds: limitsSchema,
  /** Hours since the last verified backup. */
  backupHours: limitsSchema,
});
export type GateLimits = z.infer<typeof gateLimitsSchema>;

const gigabyte = 1_000_000_000;

export const defaultGateLimits: GateLimits = {
  unsentCount: { warn: 300, block: 1_500 },
  unsentHours: { warn: 48, block: 7 * 24 },
  freeBytes: { warn: 2 * gigabyte, block: gigabyte / 2 },
  clockSeconds: { warn: 60, block: 300 },
  backupHours: { warn: 48 },
};

/** Moment of the last backup that was opened again and found whole, in the settings of the data file. */
export const lastVerifiedBackupKey = 'backup.last-verified-at';
export const lastVerifiedBackupSchema = instantSchema;
