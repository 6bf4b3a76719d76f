import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bankCard } from '../../practice/smart-card/bank-card.ts';
import { hex, type SmartCard, startsWith } from '../../practice/smart-card/smart-card.ts';
import { withExactLength, withGetResponse } from '../../practice/smart-card/transport-habits.ts';
import { answerTerminalData, cardNumberIn, locatedRecords, readBankCard } from './bank-card.ts';
import { TestChannel } from './test-channel.ts';

/** 99… was never given to a bank. */
const number = '9912345678901234561';
const over = (card: SmartCard) => new TestChannel((command) => card.answer(command));

describe('readBankCard', () => {
  it('goes from directory to application to records, and gives the number alone', async () => {
    const channel = over(bankCard({ number }));
    expect(await readBankCard(channel)).toEqual({ kind: 'bank', number, maskedNumber: '991234*********4561' });
    expect(channel.sent).toEqual([
      '00A404000E325041592E5359532E444446303100',
      '00A4040008A00000033301010100',
      // Quick payment to be decided online, amount zero, yuan, no random number.
      `80A80000128310${'36800000'}${'000000000000'}${'0156'}${'00000000'}00`,
      '00B2010C00',
      '00B2011400',
    ]);
  });

  it.each([
    { numberIn: 'track' },
    { numberIn: 'options' },
    { directory: '1PAY' },
    { directory: 'none' },
    { number: '9912345678901239' },
  ] as const)('reads the number of a card with %o', async (options) => {
    const card = { number, ...options };
    expect(await readBankCard(over(bankCard(card)))).toMatchObject({ number: card.number });
  });

  it.each([
    ['61xx', withGetResponse(bankCard({ number }))],
    ['6Cxx', withExactLength(bankCard({ number }))],
  ])('reads the same through %s', async (_, card) => {
    expect(await readBankCard(over(card))).toMatchObject({ number });
  });

  it('looks into the usual records where the card refuses to open', async () => {
    const record = hex(`70 0C 5A 0A ${number}F`);
    const channel = new TestChannel((command) => {
      if (startsWith(command, '00A4040008A0')) return hex('6F0284009000');
      if (startsWith(command, '00B2020C')) return Uint8Array.of(...record, 0x90, 0x00);
      return hex(startsWith(command, '80A8') ? '6985' : '6A82');
    });
    expect(await readBankCard(channel)).toMatchObject({ number });
  });

  it('is undefined for a card without payment application', async () => {
    expect(await readBankCard(new TestChannel(() => hex('6A82')))).toBeUndefined();
  });

  it('refuses a number whose check digit is wrong', async () => {
    const wrong = `${number.slice(0, -1)}2`;
    await expect(readBankCard(over(bankCard({ number: wrong })))).rejects.toMatchObject({
      code: 'other-card.unreadable',
    });
  });
});

describe('cardNumberIn', () => {
  it.each([
    ['5A, odd count of digits', `700C5A0A${number}F`],
    ['5A, even count of digits', '700A5A089912345678901239'],
    ['57', '70135711' + `${number}D99122010000000000`.padEnd(34, 'F')],
  ])('finds it in %s', (_, record) => {
    expect(cardNumberIn(hex(record))).toMatch(/^99123456789012/);
  });

  it.each([
    ['letters within', '700A5A0899123456789012AB'],
    ['too few digits', '70065A0499123456'],
    ['nothing', '7000'],
  ])('finds none: %s', (_, record) => {
    expect(cardNumberIn(hex(record))).toBeUndefined();
  });
});

describe('answerTerminalData', () => {
  it('answers what it knows, cut or filled to the length that is asked for, and zeros for the rest', () => {
    expect(answerTerminalData(hex('9F1A02 9505 5F2A03 9F6602'))).toEqual(hex('0156 0000000000 015600 3680'));
  });

  it('refuses a list that asks for more than a command can hold', () => {
    expect(() => answerTerminalData(hex('9F6681F0 9F6681F0'))).toThrow('PDOL');
  });
});

describe('locatedRecords', () => {
  it('lists file and record of each entry', () => {
    expect(locatedRecords(hex('08010200 10030300'))).toEqual([
      [1, 1],
      [1, 2],
      [2, 3],
    ]);
  });

  it('stays within bounds whatever the card says', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 256 }), (locator) => {
        expect(locatedRecords(locator).length).toBeLessThanOrEqual(60);
      }),
    );
  });
});
