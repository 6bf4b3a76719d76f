/**
 * What can go wrong, as a closed set. A code never carries personal data, so it may be shown, logged and reported.
 *
 * The class says what the program does with it:
 * - `retry`        passes by itself or on the next try; the program tries again;
 * - `re-present`   the operator repeats one gesture (lay the card again, take the picture again);
 * - `ask-operator` a person has to decide or correct something;
 * - `stop`         the station must not go on until somebody has put it right.
 */
export type ErrorClass = 'retry' | 're-present' | 'ask-operator' | 'stop';

export interface ErrorEntry {
  readonly class: ErrorClass;
  readonly zh: string;
  readonly en: string;
}

export const entry = (errorClass: ErrorClass, zh: string, en: string): ErrorEntry => ({ class: errorClass, zh, en });
