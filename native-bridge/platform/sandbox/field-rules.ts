import type { CodeTable } from './code-tables.ts';

/** What one field of the interface may hold. Widths count characters; dates are China's. */
export type FieldRule =
  | { readonly kind: 'text'; readonly width: number; readonly pattern?: RegExp; readonly wording?: string }
  | { readonly kind: 'code'; readonly table: CodeTable }
  | { readonly kind: 'idCardType' }
  | {
      readonly kind: 'integer';
      readonly allowed?: readonly number[];
      readonly smallest?: number;
      readonly largest?: number;
    }
  | {
      readonly kind: 'number';
      readonly smallest?: number;
      readonly largest?: number;
      readonly decimals?: number;
    }
  | { readonly kind: 'day'; readonly future: boolean }
  | { readonly kind: 'moment'; readonly future: boolean }
  | { readonly kind: 'residentNumber' }
  | { readonly kind: 'sealedText'; readonly width: number }
  | { readonly kind: 'picture'; readonly longest: number }
  | { readonly kind: 'attachments'; readonly most: number }
  /** A list whose rows have rules of their own and are checked by the method. */
  | { readonly kind: 'rows' };

export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly rule: FieldRule;
}

export function required(name: string, rule: FieldRule): Field {
  return { name, required: true, rule };
}

export function optional(name: string, rule: FieldRule): Field {
  return { name, required: false, rule };
}

export const text = (width: number): FieldRule => ({ kind: 'text', width });
export const shaped = (width: number, pattern: RegExp, wording: string): FieldRule => ({
  kind: 'text',
  width,
  pattern,
  wording,
});
export const code = (table: CodeTable): FieldRule => ({ kind: 'code', table });
export const whole = (...allowed: readonly number[]): FieldRule => ({ kind: 'integer', allowed });
export const wholeWithin = (smallest: number, largest: number): FieldRule => ({ kind: 'integer', smallest, largest });
export const pictureUpTo = (longest: number): FieldRule => ({ kind: 'picture', longest });
export const sealedText = (width: number): FieldRule => ({ kind: 'sealedText', width });

export const YES_NO = whole(1, 0);
export const PAST_DAY: FieldRule = { kind: 'day', future: false };
export const ANY_DAY: FieldRule = { kind: 'day', future: true };
export const PAST_MOMENT: FieldRule = { kind: 'moment', future: false };
export const RESIDENT_NUMBER: FieldRule = { kind: 'residentNumber' };
export const ID_CARD_TYPE: FieldRule = { kind: 'idCardType' };
export const NUMBER: FieldRule = { kind: 'number' };
export const numberWithin = (smallest: number, largest: number, decimals: number): FieldRule => ({
  kind: 'number',
  smallest,
  largest,
  decimals,
});
export const ROWS: FieldRule = { kind: 'rows' };
export const attachmentsUpTo = (most: number): FieldRule => ({ kind: 'attachments', most });
export const FIVE_ATTACHMENTS = attachmentsUpTo(5);
