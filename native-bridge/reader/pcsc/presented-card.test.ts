import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StationError } from '../../contract/errors.ts';
import { otherCardSchema } from '../../contract/other-card.ts';
import { bankCard } from '../../practice/smart-card/bank-card.ts';
import {
  identityPagesCard,
  ORDINARY_IDENTITY_ATRS,
  ordinaryIdentityCard,
} from '../../practice/smart-card/identity-cards.ts';
import { hex, type SmartCard, startsWith } from '../../practice/smart-card/smart-card.ts';
import { socialSecurityCard } from '../../practice/smart-card/social-security-card.ts';
import { workCard } from '../../practice/smart-card/work-card.ts';
import { readPresentedCard } from './presented-card.ts';
import { TestChannel } from './test-channel.ts';

const seen = { readerName: 'Test reader', readAt: '2026-03-05T08:00:00.000Z' };
const number = '9912345678901234561';
const holder = { citizenNumber: '459999198604090019', nameGbk: hex('CEA4CAD4D1F9') };
const contactAtr = hex('3B 6D 00 00 00 81 54 44 4D 86 60 9E 12 34 56 78 90');

const over = (card: SmartCard) => new TestChannel((command) => card.answer(command));
const present = (card: SmartCard) => readPresentedCard(over(card), card.atr, seen);

describe('readPresentedCard', () => {
  it('sends nothing but the UID command to a memory card', async () => {
    const card = workCard(hex('78563412'));
    const channel = over(card);
    const presented = await readPresentedCard(channel, card.atr, seen);
    expect(presented).toMatchObject({ kind: 'others', cards: [{ kind: 'work', ...seen, uid: '78563412' }] });
    expect(channel.sent).toEqual(['FFCA000000']);
  });

  it('takes a contactless card with a processor but no known application for a work card', async () => {
    const desfire = workCard(hex('04A1B2C3D4E580'), hex('3B 81 80 01 80 80'));
    expect(await present(desfire)).toMatchObject({ cards: [{ kind: 'work', uid: '04A1B2C3D4E580' }] });
  });

  it.each(Object.values(ORDINARY_IDENTITY_ATRS))('recognises an identity card that it cannot read', async (atr) => {
    expect(await present(ordinaryIdentityCard(hex('4599990000000001'), atr))).toEqual({
      kind: 'identity-unreadable',
      chipSerial: '4599990000000001',
    });
  });

  it('recognises one whose reader passes nothing on', async () => {
    const closed = new TestChannel(() => hex('6D00'));
    const { short } = ORDINARY_IDENTITY_ATRS;
    expect(await readPresentedCard(closed, short, seen)).toEqual({ kind: 'identity-unreadable' });
  });

  it('gives a social-security card even where its bank part cannot be read', async () => {
    const besides = bankCard({ number: `${number.slice(0, -1)}2` });
    const card = socialSecurityCard({ cardNumber: 'A45999901', holder, besides });
    const presented = await present(card);
    expect(presented).toMatchObject({ kind: 'others', cards: [{ kind: 'social-security', ...seen }] });
  });

  it.each(['6D00', '0000000090 00', '08A1B2C39000'])('refuses a card with nothing to know it by (%s)', async (uid) => {
    const channel = new TestChannel((command) => hex(startsWith(command, 'FFCA') ? uid : '6A82'));
    await expect(readPresentedCard(channel, contactAtr, seen)).rejects.toMatchObject({
      code: 'other-card.unreadable',
    });
  });

  it('passes the channel’s error on', async () => {
    const lost = {
      transmit: () => Promise.reject(new StationError('card.moved')),
    };
    await expect(readPresentedCard(lost, contactAtr, seen)).rejects.toMatchObject({ code: 'card.moved' });
  });
});

/** Answers as they come from cards: any bytes, mostly with a status that lets reading go on. */
const anyAnswer = fc
  .tuple(fc.uint8Array({ maxLength: 60 }), fc.constantFrom('9000', '9000', '9000', '6104', '6C10', '6A83', '6982'))
  .map(([data, status]) => Uint8Array.of(...data, ...hex(status)));

const anyAtr = fc.constantFrom(
  contactAtr,
  ...Object.values(ORDINARY_IDENTITY_ATRS),
  identityPagesCard(hex(''), hex('')).atr,
);

/** No card needs more: a directory of 8 applications with 60 records, each asked for in at most 8 steps. */
const mostCommands = 5000;

describe('any card whatever', () => {
  const check = async (channel: TestChannel, atr: Uint8Array) => {
    try {
      const presented = await readPresentedCard(channel, atr, seen);
      if (presented.kind === 'others') for (const card of presented.cards) otherCardSchema.parse(card);
    } catch (error) {
      expect(error).toBeInstanceOf(StationError);
    }
    expect(channel.sent.length).toBeLessThan(mostCommands);
  };

  it('gives a valid result or a station error, and comes to an end', async () => {
    await fc.assert(
      fc.asyncProperty(anyAtr, fc.array(anyAnswer, { minLength: 1, maxLength: 30 }), async (atr, answers) => {
        let count = 0;
        await check(new TestChannel(() => answers[count++ % answers.length] as Uint8Array), atr);
      }),
      { numRuns: 300 },
    );
  });

  it('stands one damaged byte anywhere in a sound conversation', async () => {
    const cards = () => [
      bankCard({ number }),
      bankCard({ number, numberIn: 'options', directory: '1PAY' }),
      socialSecurityCard({ cardNumber: 'A45999901', holder }),
    ];
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.nat(25), fc.nat(200), fc.nat(255), async (which, at, place, value) => {
        const card = cards()[which] as SmartCard;
        let count = 0;
        const channel = new TestChannel((command) => {
          const answer = Uint8Array.from(card.answer(command));
          if (count++ === at) answer[place % answer.length] = value;
          return answer;
        });
        await check(channel, card.atr);
      }),
      { numRuns: 1000 },
    );
  });
});
