import { describe, expect, it } from 'vitest';
import { scripted } from './test-channel.ts';
import { isLasting, readUid, uidForms } from './work-card.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

describe('uidForms', () => {
  it('gives both orders and the decimals of a UID of four bytes', () => {
    // 0x12345678 = 305419896; its bits 16..23 are 0x34 = 52, its bits 0..15 0x5678 = 22136.
    expect(uidForms(bytes('78563412'))).toEqual({
      uid: '78563412',
      uidReversed: '12345678',
      decimals: { littleEndian: '0305419896', bigEndian: '2018915346', wiegand: '05222136' },
    });
  });

  it('keeps leading zeros and the highest bit', () => {
    expect(uidForms(bytes('010000FF')).decimals).toEqual({
      littleEndian: '4278190081',
      bigEndian: '0016777471',
      wiegand: '00000001',
    });
  });

  it('gives a longer UID in both orders only', () => {
    expect(uidForms(bytes('04A1B2C3D4E580'))).toEqual({ uid: '04A1B2C3D4E580', uidReversed: '80E5D4C3B2A104' });
  });
});

describe('readUid', () => {
  it.each(['78563412', '04A1B2C3D4E580'])('reads %s', async (uid) => {
    const channel = scripted(`${uid}9000`);
    expect(await readUid(channel)).toEqual(bytes(uid));
    expect(channel.sent).toEqual(['FFCA000000']);
  });

  it.each(['6A81', '6D00', '01029000', '9000'])('finds none in the answer %s', async (answer) => {
    expect(await readUid(scripted(answer))).toBeUndefined();
  });
});

describe('isLasting', () => {
  it.each([
    ['78563412', true],
    ['00000000', false],
    ['08A1B2C3', false],
    ['08A1B2C3D4E580', true],
  ])('%s: %s', (uid, expected) => {
    expect(isLasting(bytes(uid))).toBe(expected);
  });
});
