import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from './basic.ts';

/** From the least to the most that somebody may do. */
export const roles = ['operator', 'supervisor', 'administrator'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

export const hasRole = (role: Role, least: Role): boolean => roles.indexOf(role) >= roles.indexOf(least);

export const accountNameSchema = lineSchema.min(2).max(40);

export const minimumPasswordLength = 10;

/** As it was typed; longer than anybody types is a mistake, and would cost time. */
export const passwordSchema = z.string().min(1).max(200);

export const accountSchema = z.object({ id: idSchema, name: z.string(), role: roleSchema });
export type Account = z.infer<typeof accountSchema>;

export const listedAccountSchema = accountSchema.extend({
  active: z.boolean(),
  mustChange: z.boolean(),
  createdBy: z.string(),
  createdAt: instantSchema,
  passwordChangedAt: instantSchema,
});
export type ListedAccount = z.infer<typeof listedAccountSchema>;

/**
 * Who is at the desk. `practice`: nobody has an account yet and nothing real is done; `first`: a project is connected
 * and its administrator has still to be named; `locked`: nobody, or somebody who has to show again who they are.
 */
export const accountStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('practice') }),
  z.object({ state: z.literal('first') }),
  z.object({ state: z.literal('locked'), why: z.enum(['start', 'wish', 'idle']), name: z.string().optional() }),
  z.object({ state: z.literal('new-password'), account: accountSchema }),
  z.object({ state: z.literal('signed-in'), account: accountSchema }),
]);
export type AccountState = z.infer<typeof accountStateSchema>;

export const accountRulesSchema = z.object({
  /** Without a sign of life from the desk for so long it locks. */
  idleMinutes: z.int().min(1).max(120),
  /** At a desk with one person: may somebody review what they sealed themselves? */
  ownReview: z.boolean(),
});
export type AccountRules = z.infer<typeof accountRulesSchema>;

export const defaultAccountRules: AccountRules = { idleMinutes: 10, ownReview: false };
