import type { CardReading } from '../contract/card.ts';
import { chinaDay } from '../enrolment/china-day.ts';
import { type AgeRules, cardFindings, fullYears } from '../enrolment/findings.ts';
import { type DivisionTable, nativePlace } from '../enrolment/native-place.ts';
import type { PresentedCard } from '../reader/card-cycle.ts';
import type { PortraitDecoder } from '../reader/portrait/portrait-decoder.ts';

export interface CardRules {
  readonly divisions: DivisionTable;
  readonly ages: AgeRules;
  readonly now: () => Date;
}

/** Completes what the reader gave: portrait, native place, age and what the card's data say about themselves. */
export async function completeReading(
  card: PresentedCard,
  reader: { readonly samNumber: string; readonly transport: 'serial' | 'tcp' },
  decoder: PortraitDecoder,
  rules: CardRules,
): Promise<CardReading> {
  const now = rules.now();
  const today = chinaDay(now);
  const place = nativePlace(card.fields.number.slice(0, 6).padEnd(6, '0').replaceAll(/\D/g, '0'), rules.divisions);
  return {
    fields: card.fields,
    ...(card.newestAddress !== undefined && { newestAddress: card.newestAddress }),
    portrait: await decoder.decode(card.photoBlock),
    nativePlace: place,
    findings: [...cardFindings(card.fields, place, today, rules.ages)],
    ageYears: fullYears(card.fields.birth, today),
    samNumber: reader.samNumber,
    transport: reader.transport,
    readAt: now.toISOString(),
    readMs: card.readMs,
  };
}
