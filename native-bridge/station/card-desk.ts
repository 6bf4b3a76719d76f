import type { CardFields, CardReading, NativePlace } from '../contract/card.ts';
import { chinaDay } from '../enrolment/china-day.ts';
import type { AgeRules } from '../contract/age-rules.ts';
import { fullYears } from '../enrolment/age-rules.ts';
import { cardFindings } from '../enrolment/findings.ts';
import { homeOfHolder } from '../enrolment/home-of-holder.ts';
import { type DivisionTable, nativePlace } from '../enrolment/native-place.ts';
import type { PresentedCard, PresentingReader } from '../reader/reader-service.ts';

export interface CardRules {
  readonly divisions: DivisionTable;
  readonly ages: AgeRules;
  readonly now: () => Date;
}

/** Only a mainland number begins with the division of the first registration. */
function placeOf(fields: CardFields, divisions: DivisionTable): NativePlace {
  if (fields.kind !== 'mainland') return homeOfHolder(fields);
  const division = fields.number.slice(0, 6).padEnd(6, '0').replaceAll(/\D/g, '0');
  return nativePlace(division, Number(fields.birth.slice(0, 4)), divisions);
}

/**
 * What the screens show at once: the text of the chip, native place, age and what the card's data say about themselves.
 * Portrait and newest address follow.
 */
export function firstReading(card: PresentedCard, reader: PresentingReader, rules: CardRules): CardReading {
  const now = rules.now();
  const today = chinaDay(now);
  const place = placeOf(card.fields, rules.divisions);
  return {
    fields: card.fields,
    portrait: { state: 'pending' },
    nativePlace: place,
    findings: [...cardFindings(card.fields, place, today, rules.ages)],
    ageYears: fullYears(card.fields.birth, today),
    ...(card.fingerprints && { fingerprints: [...card.fingerprints] }),
    ...(reader.samNumber !== undefined && { samNumber: reader.samNumber }),
    ...(reader.model !== undefined && { readerModel: reader.model }),
    transport: reader.transport,
    readAt: now.toISOString(),
    statusPath: [...card.statusPath],
    readMs: card.readMs,
  };
}
