/** What a field of the interface may hold, and how it travels. Widths count UTF-16 code units. */
export type FieldRule =
  | { readonly kind: 'text'; readonly width: number; readonly pattern?: RegExp }
  | { readonly kind: 'code'; readonly table: string }
  /** Encrypted on the way; the width is that of the plain text. */
  | { readonly kind: 'secret'; readonly width: number }
  /** The number of the document named by the field `type`: a resident card's has a fixed form. Encrypted on the way. */
  | { readonly kind: 'document-number'; readonly type: string }
  | { readonly kind: 'whole'; readonly allowed?: readonly number[] }
  | { readonly kind: 'number'; readonly least: number; readonly most: number; readonly decimals: number }
  /** `yyyy-MM-dd`. */
  | { readonly kind: 'day'; readonly future: boolean; readonly notBefore?: string }
  /** An instant here, `yyyy-MM-dd HH:mm:ss` in China on the wire. */
  | { readonly kind: 'moment'; readonly future: boolean; readonly notBefore?: string }
  | { readonly kind: 'picture' }
  | { readonly kind: 'attachments'; readonly most: number; readonly neededWith?: string }
  | { readonly kind: 'rows'; readonly most: number; readonly fields: FieldTable };

export interface Field {
  readonly rule: FieldRule;
  readonly required: boolean;
}

/** The fields of one object in the order of the interface's table. */
export type FieldTable = Readonly<Record<string, Field>>;

/** A table that has exactly the fields of `T`. */
export type TableOf<T> = Readonly<Record<keyof Required<T>, Field>>;

export const required = (rule: FieldRule): Field => ({ rule, required: true });
export const optional = (rule: FieldRule): Field => ({ rule, required: false });

export const text = (width: number, pattern?: RegExp): FieldRule => ({
  kind: 'text',
  width,
  ...(pattern !== undefined && { pattern }),
});
export const code = (table: string): FieldRule => ({ kind: 'code', table });
export const secret = (width: number): FieldRule => ({ kind: 'secret', width });
export const documentNumber = (type: string): FieldRule => ({ kind: 'document-number', type });
export const whole = (...allowed: readonly number[]): FieldRule => ({
  kind: 'whole',
  ...(allowed.length > 0 && { allowed }),
});
export const decimal = (least: number, most: number, decimals: number): FieldRule => ({
  kind: 'number',
  least,
  most,
  decimals,
});
export const pastDay: FieldRule = { kind: 'day', future: false };
export const anyDay: FieldRule = { kind: 'day', future: true };
export const pastMoment: FieldRule = { kind: 'moment', future: false };
export const picture: FieldRule = { kind: 'picture' };
export const attachments = (most: number, neededWith?: string): FieldRule => ({
  kind: 'attachments',
  most,
  ...(neededWith !== undefined && { neededWith }),
});
export const rows = (most: number, fields: FieldTable): FieldRule => ({ kind: 'rows', most, fields });
