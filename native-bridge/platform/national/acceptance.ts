import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import type { Acceptance, Person } from '../connector.ts';
import type { Reply } from './envelope.ts';
import type { Mask } from '../driver/masked-text.ts';
import { readFailure } from './outcome.ts';

const acceptanceSchema = z.object({
  requestSerialCode: z
    .union([z.string(), z.number()])
    .transform((serial) => String(serial).trim())
    .pipe(z.string().min(1).max(200)),
});

/** Accepted without a serial leaves open what became of it, which is what `platform.bad-answer` says. */
export function readAcceptance(reply: Reply, mask: Mask, people: readonly Person[] = []): Acceptance {
  if (reply.state === 'refused') return { ...readFailure(reply.message, reply.data, mask, people), text: reply.text };
  const parsed = acceptanceSchema.safeParse(reply.data);
  if (!parsed.success) throw new StationError('platform.bad-answer', 'accepted without a serial');
  return { state: 'accepted', serial: parsed.data.requestSerialCode };
}
