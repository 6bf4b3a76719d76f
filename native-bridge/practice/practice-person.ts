import type { MainlandFields, PracticeFields } from './practice-fields.ts';
import type { PracticeFingerprint } from './practice-fingerprint.ts';
import { practiceNumber } from './practice-number.ts';

/** An invented person on a practice card. */
export interface PracticePerson {
  /** Stable name of the card, for control calls and tests. */
  readonly id: string;
  /** What the card is for, for the operator's list in training mode. */
  readonly purpose: string;
  readonly fields: PracticeFields;
  readonly newestAddress?: string;
  readonly fingerprints?: readonly PracticeFingerprint[];
  /** A letter that no layout has: the card is one that nobody knows yet. */
  readonly layoutFlag?: string;
  readonly portraitSeed: number;
}

export const PRACTICE_ADDRESS = '示例省练习市样板区培训路1号';
export const PRACTICE_AUTHORITY = '示例市公安局练习分局';

/** A division that was never given out: no number made with it belongs to anybody. */
const NO_SUCH_DIVISION = '459999';

type PersonalFields = Omit<MainlandFields, 'kind' | 'address' | 'number' | 'authority'>;

/** A mainland card's fields with a number that agrees with birth and sex and belongs to nobody. */
export function mainlandFields(personal: PersonalFields): MainlandFields {
  const sequence = personal.sexCode === '1' ? '011' : '022';
  return {
    kind: 'mainland',
    ...personal,
    address: PRACTICE_ADDRESS,
    number: practiceNumber({ division: NO_SUCH_DIVISION, birth: personal.birth, sequence }),
    authority: PRACTICE_AUTHORITY,
  };
}

/** A term of whole years from the first of March. */
export function term(from: number, years: number): Pick<MainlandFields, 'validFrom' | 'validTo'> {
  return { validFrom: `${from}0301`, validTo: `${from + years}0301` };
}
