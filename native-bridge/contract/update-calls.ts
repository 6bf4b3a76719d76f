import { z } from 'zod';
import { emptySchema, instantSchema } from './basic.ts';
import { call } from './call.ts';

/** Whence newer versions come: by the program itself from the site's server, or with a package that somebody installs. */
const updateSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('server'), channel: z.enum(['latest', 'beta']) }),
  z.object({
    kind: z.literal('package'),
    reason: z.enum(['browser-shell', 'no-address', 'not-packaged', 'not-on-this-system', 'not-signed']),
  }),
]);
export type UpdateSource = z.infer<typeof updateSourceSchema>;

const updateWorkSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('resting') }),
  z.object({ kind: z.literal('looking') }),
  z.object({
    kind: z.literal('fetching'),
    version: z.string(),
    doneBytes: z.number().min(0),
    /** 0 until the server has said it. */
    totalBytes: z.number().min(0),
    bytesPerSecond: z.number().min(0),
  }),
]);

const updateLookSchema = z.object({
  at: instantSchema,
  outcome: z.enum(['none-newer', 'found', 'failed', 'cancelled']),
  /** The version that was found. */
  version: z.string().optional(),
  /** Of a failure, as the updater names it: for support. */
  code: z.string().max(60).optional(),
});

export const updateStateSchema = z.object({
  source: updateSourceSchema,
  work: updateWorkSchema,
  lastLook: updateLookSchema.optional(),
  /** Fetched and verified; put in place when the program is ended. */
  waiting: z.object({ version: z.string() }).optional(),
});
export type UpdateState = z.infer<typeof updateStateSchema>;

/** What the shell, which fetches updates, is asked to do: to look now, or to stop fetching. */
export const updateOrderSchema = z.enum(['look', 'cancel']);
export type UpdateOrder = z.infer<typeof updateOrderSchema>;

/** Answered also while the station does not open. What comes of an order is told by `updates.changed`. */
export const updateCalls = {
  'updates.state': call(emptySchema, updateStateSchema),
  'updates.look': call(emptySchema, emptySchema),
  'updates.cancel': call(emptySchema, emptySchema),
} as const;

export const updateEvents = { 'updates.changed': updateStateSchema } as const;
