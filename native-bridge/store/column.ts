import { z } from 'zod';

/** SQL NULL stands for an absent value; outside the database it is `undefined`. */
export const optional = <S extends z.ZodType>(schema: S) =>
  schema.nullable().transform((value) => (value === null ? undefined : value));

/** SQLite has no booleans: 0 or 1. */
export const flag = z
  .int()
  .min(0)
  .max(1)
  .transform((value) => value === 1);

/** A BLOB, copied out of the driver's own kind of buffer. */
export const blob = z.instanceof(Uint8Array).transform((bytes) => new Uint8Array(bytes));

/** JSON text; its content still needs a schema. */
export const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});
