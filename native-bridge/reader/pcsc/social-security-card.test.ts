import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex, type SmartCard, startsWith } from '../../practice/smart-card/smart-card.ts';
import { socialSecurityCard } from '../../practice/smart-card/social-security-card.ts';
import { gbkText, packedDate, readSocialSecurityCard, recordValue } from './social-security-card.ts';
import { scripted, TestChannel } from './test-channel.ts';

const holder = { citizenNumber: '459999198604090019', nameGbk: hex('CEA4CAD4D1F9') };
const over = (card: SmartCard) => new TestChannel((command) => card.answer(command));
const sound = () => socialSecurityCard({ cardNumber: 'A45999901', holder });

/** The card with another answer to the commands that begin so. */
const altered = (head: string, answer: string) => {
  const card = sound();
  return new TestChannel((command) => (startsWith(command, head) ? hex(answer) : card.answer(command)));
};

describe('readSocialSecurityCard', () => {
  it('reads card and holder with the commands of the card’s standard', async () => {
    const channel = over(sound());
    expect(await readSocialSecurityCard(channel)).toEqual({
      kind: 'social-security',
      cardNumber: 'A45999901',
      cardId: '459999000000000000000000000000A1',
      cardType: '3',
      version: '3.00',
      issuer: '459999000000000000000001',
      issuedOn: '2024-05-01',
      validTo: '2034-05-01',
      holder: {
        state: 'read',
        citizenNumber: '459999198604090019',
        name: '韦试样',
        sexCode: '1',
        ethnicCode: '08',
        birthplaceCode: '459999',
        birth: '1986-04-09',
      },
    });
    expect(channel.sent[0]).toBe('00A404000F7378312E73682EC9E7BBE1B1A3D5CF');
    expect(channel.sent).toEqual(
      expect.arrayContaining(['00B2072C0B', '00A4020002EF06', '00B2080014', '00B2090020', '00B20A0003']),
    );
  });

  it('is undefined for a card without the application', async () => {
    expect(await readSocialSecurityCard(scripted('6A82'))).toBeUndefined();
  });

  it.each(['file', 'records'] as const)('reads the card alone where the holder is locked (%s)', async (lock) => {
    const channel = over(socialSecurityCard({ cardNumber: 'A45999901', holder, lock }));
    expect(await readSocialSecurityCard(channel)).toMatchObject({
      cardNumber: 'A45999901',
      holder: { state: 'locked' },
    });
  });

  it.each([
    ['another tag', '00B207', '08094134353939393930319000'],
    ['a value cut short', '00B207', '070941349000'],
    ['a number that is none', '00B208', `0812${'41'.repeat(18)}9000`],
    ['a blank name', '00B209', `091E${'20'.repeat(30)}9000`],
  ])('refuses %s', async (_, head, answer) => {
    await expect(readSocialSecurityCard(altered(head, answer))).rejects.toMatchObject({
      code: 'other-card.unreadable',
    });
  });

  it('does without what a card leaves blank or has not', async () => {
    const blankDay = await readSocialSecurityCard(altered('00B206', '0604000000009000'));
    expect(blankDay).toMatchObject({ issuedOn: '2024-05-01' });
    expect(blankDay).not.toHaveProperty('validTo');
    expect((await readSocialSecurityCard(altered('00B20C', '6A83')))?.holder).not.toHaveProperty('birthplaceCode');
  });
});

describe('recordValue', () => {
  const place = { tag: 0x07, bytes: 9 };

  it('takes a value that is shorter than its place, never one that is longer', () => {
    expect(recordValue(place, hex('07 02 41 42'))).toEqual(hex('41 42'));
    expect(recordValue(place, hex(`07 0A ${'41'.repeat(10)}`))).toBeUndefined();
    expect(recordValue(place, hex('07 00'))).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (record) => {
        expect(recordValue(place, record)?.length ?? 0).toBeLessThanOrEqual(9);
      }),
    );
  });
});

describe('gbkText', () => {
  it.each([
    ['CEA4CAD4D1F9', '韦试样'],
    ['CEA4CAD4D1F900000000', '韦试样'],
    ['CEA4CAD4D1F92020', '韦试样'],
    ['CEA4CAD4D1F9FFFF', '韦试样'],
    // GBK beyond GB 2312: 喆.
    ['86B4', '喆'],
  ])('%s is %s', (value, expected) => {
    expect(gbkText(hex(value))).toBe(expected);
  });

  it.each(['', '0000', '2020', 'FFFF'])('"%s" is nothing', (value) => {
    expect(gbkText(hex(value))).toBeUndefined();
  });
});

describe('packedDate', () => {
  it.each([
    ['20240229', '2024-02-29'],
    ['20230229', undefined],
    ['00000000', undefined],
    ['2024AB01', undefined],
    ['202405', undefined],
  ])('%s is %s', (value, expected) => {
    expect(packedDate(hex(value))).toBe(expected);
  });
});
