import { createHash } from 'node:crypto';

/** What JSON can hold; members that are undefined are left out. */
export type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json | undefined };

/** JSON with the members of every object in code-unit order, so that equal content always gives equal text. */
export function canonicalJson(value: Json): string {
  return JSON.stringify(value, (_, member: Json) =>
    typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** SHA-256 of bytes or of a text in UTF-8, in lower-case hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
