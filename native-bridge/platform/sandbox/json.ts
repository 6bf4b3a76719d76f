import { z } from 'zod';

export const jsonValueSchema = z.json();
export const jsonObjectSchema = z.record(z.string(), jsonValueSchema);

export type JsonValue = z.infer<typeof jsonValueSchema>;
export type JsonObject = z.infer<typeof jsonObjectSchema>;

/** The JSON object in `text`, or undefined when the text is no JSON or no object. */
export function readJsonObject(text: string): JsonObject | undefined {
  try {
    return jsonObjectSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** `value` as an object, or undefined for lists, scalars and JSON null. */
export function asObject(value: JsonValue | undefined): JsonObject | undefined {
  return jsonObjectSchema.safeParse(value).data;
}

/** A field that is left out, JSON null and empty text all mean "not given" on this interface. */
export function isAbsent(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '';
}
