import { describe, expect, it } from 'vitest';
import { checkCardImage } from './card-image.ts';
import { encodePracticeText } from './practice-card.ts';
import { findPracticePerson, makeDeckCard, practiceDeck } from './practice-deck.ts';
import { checkCharacter, foreignerNumber } from './practice-number.ts';
import type { PracticePerson } from './practice-person.ts';
import { decodePracticePortrait } from './practice-portrait.ts';
import { makeSimplePortrait } from './simple-portrait.ts';

const DAYS = ['2026-01-01', '2026-11-23', '2028-02-29', '2035-12-31'].map((day) => new Date(`${day}T04:00:00`));

function person(id: string, day: Date): PracticePerson {
  const found = findPracticePerson(id, day);
  if (!found) throw new Error(`no card ${id}`);
  return found;
}

function eightDigits(day: Date): string {
  return `${day.getFullYear()}${String(day.getMonth() + 1).padStart(2, '0')}${String(day.getDate()).padStart(2, '0')}`;
}

/** Full years between a birth YYYYMMDD and a day. */
function age(birth: string, day: Date): number {
  return Math.floor((Number(eightDigits(day)) - Number(birth)) / 10_000);
}

const isOf2017 = ({ fields }: PracticePerson) => fields.kind === 'foreigner-2017';

function hasRightCheck({ fields }: PracticePerson): boolean {
  const { number, birth } = fields;
  if (number.length === 18) return number.slice(-1) === checkCharacter(number);
  const [nationality, area, sequence] = [number.slice(0, 3), number.slice(3, 7), number.slice(13, 14)];
  return number === foreignerNumber({ nationality, area, birth, sequence });
}

describe.each(DAYS)('the deck on %s', (day) => {
  const deck = practiceDeck(day);

  it('fits on cards, each under its own id', () => {
    for (const { fields } of deck) expect(encodePracticeText(fields)).toHaveLength(256);
    expect(new Set(deck.map(({ id }) => id)).size).toBe(deck.length);
  });

  it('holds numbers that belong to nobody, agreeing with birth and sex', () => {
    for (const { fields } of deck.filter((one) => !isOf2017(one))) {
      const nobody = fields.number.startsWith('459999') || fields.number.slice(14, 17) === '000';
      expect(nobody).toBe(true);
      expect(fields.number.slice(6, 14)).toBe(fields.birth);
      expect(Number(fields.number[16]) % 2).toBe(fields.sexCode === '1' ? 1 : 0);
    }
    for (const { fields } of deck.filter(isOf2017)) {
      expect(fields.number.slice(3, 7)).toBe('4599');
      expect(fields.number.slice(7, 13)).toBe(fields.birth.slice(2));
    }
  });

  it('has a card of each kind', () => {
    const kinds = new Set(deck.map(({ fields }) => fields.kind));
    expect(kinds).toEqual(new Set(['mainland', 'residence-permit', 'foreigner-2017', 'foreigner-2023']));
  });

  it('has exactly one wrong check digit and one expired card', () => {
    expect(deck.filter((one) => !hasRightCheck(one)).map(({ id }) => id)).toEqual(['wrong-check-digit']);
    const expired = deck.filter(({ fields }) => fields.validTo !== '长期' && fields.validTo < eightDigits(day));
    expect(expired.map(({ id }) => id)).toEqual(['expired-female-zhuang']);
    for (const { fields } of deck) expect(Number(fields.validFrom)).toBeLessThanOrEqual(Number(eightDigits(day)));
  });

  it('has exactly one person under 16 and one over 60', () => {
    expect(deck.filter(({ fields }) => age(fields.birth, day) < 16).map(({ id }) => id)).toEqual(['minor-male-yao']);
    const old = deck.filter(({ fields }) => age(fields.birth, day) >= 60);
    expect(old.map(({ id }) => id)).toEqual(['over-sixty-male-han-long-term']);
  });
});

describe('people of the deck', () => {
  const day = new Date('2026-11-23T04:00:00');

  it('include a long term, a rare and a private character, and a division that was given up', () => {
    expect(person('over-sixty-male-han-long-term', day).fields.validTo).toBe('长期');
    expect(person('adult-female-miao-rare-character', day).fields.name).toMatch(/[\u{20000}-\u{3FFFF}]/u);
    expect(person('adult-male-dong-private-character', day).fields.name).toMatch(/[\uE000-\uF8FF]/);
    expect(person('abolished-division', day).fields.number).toMatch(/^452123/);
  });

  it('are found by name as well', () => {
    expect(findPracticePerson('韦试样', day)?.id).toBe('adult-male-zhuang');
    expect(findPracticePerson('PRACTICE, SAMPLE TEST', day)?.id).toBe('foreigner-2017-no-chinese-name');
    expect(findPracticePerson('nobody', day)).toBeUndefined();
  });

  it('become cards with a drawn portrait', async () => {
    const card = await makeDeckCard(person('adult-female-han', day));
    expect(() => checkCardImage(card)).not.toThrow();
    expect(card.newestAddress).toHaveLength(70);
    expect((await decodePracticePortrait(card.photo)).kind).toBe('portrait');
  });

  it('keep fingerprints and an unknown letter also on a card with a picture of its own', async () => {
    const picture = await makeSimplePortrait(0);
    const prints = await makeDeckCard(person('adult-male-with-fingerprints', day), picture);
    expect(prints.fingerprint).toHaveLength(1024);
    const unknown = await makeDeckCard(person('unknown-layout', day), picture);
    expect(String.fromCharCode(unknown.text[248] ?? 0)).toBe('Q');
  });
});
