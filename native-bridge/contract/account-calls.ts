import { z } from 'zod';
import {
  accountNameSchema,
  accountRulesSchema,
  accountStateSchema,
  listedAccountSchema,
  passwordSchema,
  roleSchema,
} from './account.ts';
import { emptySchema, idSchema } from './basic.ts';
import { call } from './call.ts';
import { typedKeySchema } from './safety-calls.ts';

const credentialsSchema = z.object({ name: accountNameSchema, password: passwordSchema });
const listSchema = z.object({ accounts: z.array(listedAccountSchema) });

/** Signing in, and the people who may. Passwords that are too weak are `account.password-*`. */
export const accountCalls = {
  'account.state': call(emptySchema, accountStateSchema),
  /** Also takes over from whoever is signed in. Throws `account.wrong-password`; after some, `account.wait` with the seconds. */
  'account.sign-in': call(credentialsSchema, accountStateSchema),
  /** Locks the desk; what is under way stays as it is. */
  'account.lock': call(emptySchema, accountStateSchema),
  /** As locking, and the next one is not taken for the same person. */
  'account.sign-out': call(emptySchema, accountStateSchema),
  /** Somebody is at work at the desk. */
  'account.active': call(emptySchema, emptySchema),
  'account.change-password': call(z.object({ current: passwordSchema, next: passwordSchema }), accountStateSchema),
  /** The first administrator, who is signed in by it. Throws `account.not-the-first`. */
  'account.create-first': call(credentialsSchema, accountStateSchema),
  /** An administrator who has forgotten the password proves by the recovery key to be the one. Throws `recovery-key.*`. */
  'account.recover': call(credentialsSchema.extend({ recoveryKey: typedKeySchema }), accountStateSchema),

  'account.list': call(emptySchema, listSchema),
  /** The password is for the first time only. */
  'account.add': call(credentialsSchema.extend({ role: roleSchema }), listSchema),
  'account.set-role': call(z.object({ id: idSchema, role: roleSchema }), listSchema),
  'account.set-active': call(z.object({ id: idSchema, active: z.boolean() }), listSchema),
  'account.reset-password': call(z.object({ id: idSchema, password: passwordSchema }), listSchema),
  'account.rules': call(emptySchema, accountRulesSchema),
  'account.set-rules': call(accountRulesSchema, accountRulesSchema),
} as const;

export const accountEvents = { 'account.changed': accountStateSchema } as const;
