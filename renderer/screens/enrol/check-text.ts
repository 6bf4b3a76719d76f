import type { TFunction } from 'i18next';
import type { CheckResult } from '../../../native-bridge/contract/capture.ts';

/** A hyphen before a figure reads as a range. */
const minus = '\u2212';

/** Ratios and bits need decimals to mean anything; the other units are read as whole numbers. */
export function measureText(value: number, unit: CheckResult['unit']): string {
  const digits = { ratio: 2, bit: 1 };
  const text = unit === 'ratio' || unit === 'bit' ? value.toFixed(digits[unit]) : String(Math.round(value));
  return text.replace('-', minus);
}

const withUnit = (t: TFunction, value: number, unit: CheckResult['unit']): string => {
  const text = measureText(value, unit);
  if (unit === 'degree') return `${text}°`;
  if (unit === 'byte') return `${text} ${t('capture.bytes')}`;
  if (unit === 'bit') return `${text} ${t('capture.bits')}`;
  return unit === 'pixel' ? `${text} ${t('live.pixels')}` : text;
};

export function valueText(t: TFunction, { value, unit }: CheckResult): string {
  return value === undefined ? '—' : withUnit(t, value, unit);
}

export function limitText(t: TFunction, { minimum, maximum, unit }: CheckResult): string {
  const low = minimum !== undefined ? withUnit(t, minimum, unit) : undefined;
  const high = maximum !== undefined ? withUnit(t, maximum, unit) : undefined;
  if (low !== undefined && high !== undefined) return t('live.limitBetween', { minimum: low, maximum: high });
  if (low !== undefined) return t('live.limitAtLeast', { minimum: low });
  return high === undefined ? '—' : t('live.limitAtMost', { maximum: high });
}

/** The check to name on the screen: the first that keeps the photo from being taken. */
export function firstUnmet(checks: readonly CheckResult[]): CheckResult | undefined {
  return checks.find(({ status }) => status === 'block') ?? checks.find(({ status }) => status === 'warn');
}

/** How many of the measured checks do not stand in the way of the photo. */
export function checkCount(checks: readonly CheckResult[]): { readonly passed: number; readonly total: number } {
  const measured = checks.filter(({ status }) => status !== 'not-measured');
  return { passed: measured.filter(({ status }) => status !== 'block').length, total: measured.length };
}
