import { z } from 'zod';
import { errorSchema } from '../contract/basic.ts';
import { calls, type CallName, events, type EventName } from '../contract/station.ts';

const callId = z.int().min(0);

/** What a client sends. */
export const requestSchema = z.object({
  kind: z.literal('call'),
  id: callId,
  name: z.string().max(64),
  argument: z.unknown(),
});
export type Request = z.infer<typeof requestSchema>;

/** What a station sends. `refused` answers a message whose id could not be read. */
export const replySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('result'), id: callId, value: z.unknown() }),
  z.object({ kind: z.literal('error'), id: callId, error: errorSchema }),
  z.object({ kind: z.literal('refused'), error: errorSchema }),
  z.object({ kind: z.literal('event'), name: z.string().max(64), payload: z.unknown() }),
]);
export type Reply = z.infer<typeof replySchema>;

export const isCallName = (name: string): name is CallName => Object.hasOwn(calls, name);
export const isEventName = (name: string): name is EventName => Object.hasOwn(events, name);
