import { describe, expect, it } from 'vitest';
import { identityPagesCard } from '../../practice/smart-card/identity-cards.ts';
import type { SmartCard } from '../../practice/smart-card/smart-card.ts';
import { withExactLength, withGetResponse } from '../../practice/smart-card/transport-habits.ts';
import { readIdentityPages } from './identity-pages.ts';
import { TestChannel } from './test-channel.ts';

const text = Uint8Array.from({ length: 256 }, (_, index) => index);
const photo = Uint8Array.from({ length: 1024 }, (_, index) => (index * 7) & 0xff);
const card = identityPagesCard(text, photo);
const over = (from: SmartCard) => new TestChannel((command) => from.answer(command));
const status = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

describe('readIdentityPages', () => {
  it('reads text and photo off six pages', async () => {
    const channel = over(card);
    expect(await readIdentityPages(channel)).toEqual({ text, photoBlock: photo });
    expect(channel.sent).toEqual([0, 1, 2, 3, 4, 5].map((page) => `FFB00${page}0000`));
  });

  it.each([
    ['61xx', withGetResponse(card)],
    ['61xx in pieces', withGetResponse(card, 100)],
    ['6Cxx', withExactLength(card)],
  ])('reads the same through %s', async (_, from) => {
    expect(await readIdentityPages(over(from))).toEqual({ text, photoBlock: photo });
  });

  it('takes a last page that is filled up', async () => {
    const filled = new TestChannel((command) => {
      const page = card.answer(command).slice(0, -2);
      return Uint8Array.of(...page, ...new Uint8Array(256 - page.length), 0x90, 0x00);
    });
    expect(await readIdentityPages(filled)).toEqual({ text, photoBlock: photo });
  });

  it('asks once more for a page that came short', async () => {
    let asked = 0;
    const wavering = new TestChannel((command) => {
      const isShort = command[2] === 2 && asked++ === 0;
      return isShort ? Uint8Array.of(1, 2, 3, 0x90, 0x00) : card.answer(command);
    });
    expect(await readIdentityPages(wavering)).toEqual({ text, photoBlock: photo });
  });

  it('refuses pages that stay short and a head that is none', async () => {
    const short = new TestChannel(() => Uint8Array.of(1, 0, 4, 0, 0x90, 0x00));
    await expect(readIdentityPages(short)).rejects.toMatchObject({ code: 'card.length-wrong' });
    const blank = new TestChannel(() => Uint8Array.of(...new Uint8Array(256), 0x90, 0x00));
    await expect(readIdentityPages(blank)).rejects.toMatchObject({ code: 'card.length-wrong', detail: 'head' });
  });

  it.each([
    ['6982', 'card.authentication-failed'],
    ['6D00', 'card.not-recognised'],
    ['6E00', 'card.not-recognised'],
    ['6A81', 'card.not-recognised'],
    ['6300', 'card.moved'],
    ['6F00', 'card.moved'],
  ])('means by status %s %s', async (hex, code) => {
    await expect(readIdentityPages(new TestChannel(() => status(hex)))).rejects.toMatchObject({
      code,
      detail: `SW ${hex.toLowerCase()}`,
    });
  });
});
