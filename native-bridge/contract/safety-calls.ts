import { z } from 'zod';
import { emptySchema, errorSchema, instantSchema } from './basic.ts';
import { call } from './call.ts';

/** A verified copy of the data file. */
export const backupSummarySchema = z.object({
  name: z.string().max(100),
  takenAt: instantSchema,
  records: z.int(),
  bytes: z.int(),
});
export type BackupSummary = z.infer<typeof backupSummarySchema>;

/** Percent of the bytes that are copied; absent before it begins. What follows 100 is the checking of the copy. */
const percentSchema = z.int().min(0).max(100).optional();

/** How far a copying is; absent before it begins. */
const bytesProgressSchema = z.object({ done: z.int(), total: z.int(), perSecond: z.number().min(0) });
export type BytesProgress = z.infer<typeof bytesProgressSchema>;

export const backupStateSchema = z.object({
  /** Practice records are worth no backup. */
  kept: z.boolean(),
  /** Where they go now. */
  folder: z.string(),
  /** The place that was chosen instead of the data folder. */
  second: z
    .object({
      place: z.string(),
      /** Not plugged in, backups go on in the data folder and catch up here afterwards. */
      isThere: z.boolean(),
      /** Lost together with the data file. */
      sameDisk: z.boolean(),
    })
    .optional(),
  running: z.boolean(),
  percent: percentSchema,
  bytes: bytesProgressSchema.optional(),
  /** Newest first. */
  backups: z.array(backupSummarySchema),
  trouble: errorSchema.optional(),
});
export type BackupState = z.infer<typeof backupStateSchema>;

export const recoveryKeyStateSchema = z.object({
  /** Absent until a recovery key was made. `testedAt`: when somebody last showed that the written-down key opens the data. */
  recovery: z.object({ madeAt: instantSchema, testedAt: instantSchema.optional() }).optional(),
});
export type RecoveryKeyState = z.infer<typeof recoveryKeyStateSchema>;

/** As typed by a person: separators and look-alike letters are understood. */
export const typedKeySchema = z.string().max(200);

export const backupLampSchema = z.object({
  lastVerifiedAt: instantSchema.optional(),
  /** The chosen place is not plugged in. */
  away: z.boolean(),
  trouble: errorSchema.optional(),
});

export const backupCalls = {
  'backup.state': call(emptySchema, backupStateSchema),
  /** Makes one now and answers when it was verified. Throws `backup.*`. */
  'backup.make': call(emptySchema, backupStateSchema.extend({ cancelled: z.boolean() })),
  /** Gives up the one under way, whoever began it; data and earlier backups are as before. Due ones are tried again later. */
  'backup.cancel': call(emptySchema, emptySchema),
  /** Removable drives that are plugged in. */
  'backup.drives': call(emptySchema, z.object({ drives: z.array(z.object({ path: z.string(), label: z.string() })) })),
  /** A folder or drive for backups from now on; without one the data folder's own. Throws `backup.no-place`, `backup.unreachable`. */
  'backup.choose-place': call(z.object({ place: z.string().min(1).max(1000).optional() }), backupStateSchema),
} as const;

/** Calls about backups, the recovery key and the audit trail of a station that is open. */
export const safetyCalls = {
  ...backupCalls,

  'keys.state': call(emptySchema, recoveryKeyStateSchema),
  /** A new recovery key instead of any earlier one; it is shown once and kept nowhere. */
  'keys.make-recovery': call(emptySchema, z.object({ recoveryKey: z.string() })),
  /** Throws `recovery-key.*`. */
  'keys.test-recovery': call(z.object({ recoveryKey: typedKeySchema }), recoveryKeyStateSchema),

  /**
   * Gives the data files a new data key: everything is encrypted anew and verified, with the station closed meanwhile, and
   * answers once it is open again. With the recovery key typed, that one opens the new data as well; without it a new one
   * has to be made afterwards. Backups made earlier keep their own key, which stays known. Throws `recovery-key.*`,
   * `store.*`; everything is as before then, and also when it was cancelled.
   */
  'keys.rekey': call(
    z.object({ recoveryKey: typedKeySchema.optional() }),
    recoveryKeyStateSchema.extend({ cancelled: z.boolean() }),
  ),

  /** Recomputes the chain of the audit trail; `brokenAt` is the first row that is missing, altered or out of place. */
  'audit.verify': call(emptySchema, z.object({ rows: z.int(), brokenAt: z.int().optional() })),
} as const;

/** How far a backup is, and what became of it. */
export const safetyEvents = { 'backup.changed': backupStateSchema } as const;

export const recoveryStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('open') }),
  /** A data file is being restored; nothing else can be done. */
  z.object({
    state: z.literal('restoring'),
    percent: percentSchema,
    bytes: bytesProgressSchema.optional(),
    /** Until the new file takes the old one's place. */
    canCancel: z.boolean(),
  }),
  /** The data files get a new key; nothing else can be done. */
  z.object({
    state: z.literal('rekeying'),
    percent: percentSchema,
    bytes: bytesProgressSchema.optional(),
    /** Until the new key takes effect. */
    canCancel: z.boolean(),
  }),
  z.object({
    state: z.literal('closed'),
    error: errorSchema,
    /** Which data file does not open; absent when the cause lies elsewhere. */
    file: z.enum(['station', 'practice']).optional(),
    /** Newest first. */
    backups: z.array(backupSummarySchema),
    /** Whether there is a recovery key that could open the data. */
    hasRecoveryKey: z.boolean(),
  }),
]);
export type RecoveryState = z.infer<typeof recoveryStateSchema>;

const restoredSchema = z.object({
  /** Records that the backup lacks and that were found in the damaged file. */
  salvaged: z.int(),
  /** Given up by the operator: nothing was changed. */
  cancelled: z.boolean(),
});

/** Calls that are answered also, and mostly, while the station cannot be opened. All but the first throw `recovery.not-needed` on an open one. */
export const recoveryCalls = {
  'recovery.state': call(emptySchema, recoveryStateSchema),
  'recovery.try-again': call(emptySchema, recoveryStateSchema),
  /** Puts a new file in the damaged one's place; that one is kept aside. Throws `backup.*`, `store.*`. */
  'recovery.restore': call(z.object({ backup: z.string().max(100) }), restoredSchema),
  /**
   * Gives the restore or the change of the data key up, with everything as it was before; `cancelled` is false when it is
   * too late or there is none. A change of the key is given up by an administrator alone, as it is begun: `account.*`.
   */
  'recovery.cancel': call(emptySchema, z.object({ cancelled: z.boolean() })),
  /** Throws `recovery-key.*`. */
  'recovery.enter-key': call(z.object({ recoveryKey: typedKeySchema }), recoveryStateSchema),
  /** Sets the damaged practice file aside and begins a new one. */
  'recovery.renew-practice': call(emptySchema, recoveryStateSchema),
} as const;

export const recoveryEvents = { 'recovery.changed': recoveryStateSchema } as const;
