import { foreignerCheckDigit } from '../../contract/foreigner-check-digit.ts';

interface SuccessorCard {
  readonly nationality: string;
  /** 18 characters: 9, province (2), country (3), birth (8), sequence (3), check. */
  readonly number: string;
  /** Three digits: the last two of the former area, then the former sequence. Blank where there was no former card. */
  readonly formerNumberLink: string;
}

/**
 * The number that the holder of a 2023 card had on the card of the 2017 edition, so that a returning worker is found:
 * nationality, area, birth YYMMDD, sequence, check digit. Undefined for who never had one, and where the parts do not
 * make a number.
 */
export function formerNumber({ nationality, number, formerNumberLink }: SuccessorCard): string | undefined {
  if (!/^\d{3}$/.test(formerNumberLink) || !/^[A-Z]{3}$/.test(nationality) || !/^\d{17}[\dX]$/.test(number)) {
    return undefined;
  }
  const area = number.slice(1, 3) + formerNumberLink.slice(0, 2);
  const body = nationality + area + number.slice(8, 14) + formerNumberLink.slice(2);
  return body + foreignerCheckDigit(body);
}
