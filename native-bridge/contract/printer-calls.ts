import { z } from 'zod';
import { emptySchema, instantSchema } from './basic.ts';
import { call } from './call.ts';

/** What can be wrong with a printed test page: no page, wrong size, cut edges, greys that run together, unreadable code. */
export const printerFaultSchema = z.enum(['no-page', 'size', 'edges', 'greys', 'code']);
export type PrinterFault = z.infer<typeof printerFaultSchema>;

/** What the operator saw on the last test page; without faults it came out right. */
export const printerTestSchema = z.object({ at: instantSchema, faults: z.array(printerFaultSchema) });
export type PrinterTest = z.infer<typeof printerTestSchema>;

const printerStateSchema = z.object({ last: printerTestSchema.optional() });

export const printerCalls = {
  'printer.state': call(emptySchema, printerStateSchema),
  /** The station cannot see the paper: it notes what the operator says, with the time. */
  'printer.note-test': call(printerTestSchema.omit({ at: true }), printerStateSchema),
} as const;
