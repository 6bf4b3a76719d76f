import { workerFieldsSchema } from '../../native-bridge/contract/enrolment.ts';
import { printerTestCode } from '../print/printer-test-code.ts';
import { recordOfBadge } from '../print/badge-code.ts';

/** Chinese input methods type digits and signs in full width. */
export const halfWidth = (text: string): string =>
  text.replace(/[０-９－；？＝％]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/** The number in what a swipe types (ISO/IEC 7813): track 2 is `;number=…?`, track 1 before it `%Bnumber^name^…?`. */
const swipedNumber = (text: string) => (/;(\d+)[=?]/.exec(text) ?? /^%B(\d+)\^/i.exec(text))?.[1];

/** What an input for a bank card's number makes of a text that was typed or swiped. */
export function bankCardNumber(typed: string): string {
  const text = halfWidth(typed).replace(/\s/g, '');
  return swipedNumber(text) ?? text.replaceAll('-', '');
}

/** Check digit of ISO/IEC 7812-1, annex B. */
export function passesLuhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, sign, place) => {
    const digit = Number(sign) * (place % 2 === 0 ? 1 : 2);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return sum % 10 === 0;
}

const citizenNumber = /^\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/i;
const mobileNumber = /^1[3-9]\d{9}$/;

export type Filling =
  | { readonly kind: 'bank-card'; readonly number: string; readonly passes: boolean }
  | { readonly kind: 'citizen-number' | 'cell-phone' | 'badge' | 'printer-test' | 'nothing' };

/** Which input of the desk a scanned text is for. */
export function fillingOf(text: string): Filling {
  const plain = halfWidth(text).trim();
  if (plain === printerTestCode) return { kind: 'printer-test' };
  if (recordOfBadge(plain) !== undefined) return { kind: 'badge' };
  if (citizenNumber.test(plain)) return { kind: 'citizen-number' };
  if (mobileNumber.test(plain)) return { kind: 'cell-phone' };
  const number = bankCardNumber(plain);
  if (!workerFieldsSchema.shape.payRollBankCardNumber.safeParse(number).success) return { kind: 'nothing' };
  return { kind: 'bank-card', number, passes: passesLuhn(number) };
}
