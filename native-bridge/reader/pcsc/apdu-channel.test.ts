import { describe, expect, it } from 'vitest';
import { exchange, selectByName } from './apdu-channel.ts';
import { scripted } from './test-channel.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const readPage = bytes('FFB0000000');

describe('exchange', () => {
  it('splits data from status', async () => {
    expect(await exchange(scripted('01029000'), readPage)).toEqual({ data: bytes('0102'), status: 0x9000 });
  });

  it('asks again with the length that the card wants', async () => {
    const channel = scripted('6C04', '010203049000');
    expect(await exchange(channel, readPage)).toEqual({ data: bytes('01020304'), status: 0x9000 });
    expect(channel.sent).toEqual(['FFB0000000', 'FFB0000004']);
  });

  it('appends the length to a command with data that had none, and replaces it in one that had', async () => {
    const without = scripted('6C02', '01029000');
    await exchange(without, selectByName(bytes('A0B0'), false));
    expect(without.sent[1]).toBe('00A4040002A0B002');
    const having = scripted('6C02', '01029000');
    await exchange(having, selectByName(bytes('A0B0'), true));
    expect(having.sent[1]).toBe('00A4040002A0B002');
  });

  it('fetches what waits, piece after piece', async () => {
    const channel = scripted('6102', '01026101', '039000');
    expect(await exchange(channel, readPage)).toEqual({ data: bytes('010203'), status: 0x9000 });
    expect(channel.sent).toEqual(['FFB0000000', '00C0000002', '00C0000001']);
  });

  it('keeps data that comes together with the announcement of more, and corrects the length of a fetch', async () => {
    const channel = scripted('01026110', '6C01', '039000');
    expect(await exchange(channel, readPage)).toEqual({ data: bytes('010203'), status: 0x9000 });
    expect(channel.sent[2]).toBe('00C0000001');
  });

  it('returns the error status of a fetch', async () => {
    expect(await exchange(scripted('6102', '6F00'), readPage)).toEqual({ data: bytes(''), status: 0x6f00 });
  });

  it.each(['6101', '6C01'])('gives up on a card that answers %s for ever', async (answer) => {
    const channel = scripted(...Array.from({ length: 100 }, () => answer));
    await expect(exchange(channel, readPage)).rejects.toMatchObject({ code: 'other-card.unreadable' });
    expect(channel.sent.length).toBeLessThan(10);
  });

  it.each(['', '90'])('takes the answer "%s" for a card that was taken away', async (answer) => {
    await expect(exchange(scripted(answer), readPage)).rejects.toMatchObject({ code: 'card.moved' });
  });
});
