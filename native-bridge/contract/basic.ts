import { z } from 'zod';
import { errorCodes } from './errors.ts';

/** Binary content; carried as bytes by every channel. */
export const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** Binary content of at most so many bytes: what comes in from a page has a bound. */
export const bytesUpTo = (maximum: number) => bytesSchema.refine((bytes) => bytes.length <= maximum);

/** One line of text as a person types it: no control, formatting or half characters. */
export const lineSchema = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u);

/** A calendar day without a time zone, `YYYY-MM-DD`. */
export const dateSchema = z.iso.date();

/** A moment in UTC, ISO 8601 with `Z`. */
export const instantSchema = z.iso.datetime();

export const idSchema = z.uuid();

export const errorCodeSchema = z.enum(errorCodes);

/** An error as it crosses a process boundary. `detail` is technical, for support, without personal data. */
export const errorSchema = z.object({ code: errorCodeSchema, detail: z.string().optional() });
export type ErrorReport = z.infer<typeof errorSchema>;

export const emptySchema = z.object({});
