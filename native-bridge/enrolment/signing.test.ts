import { describe, expect, it } from 'vitest';
import { signingOf } from './signing.ts';

const given = { textVersion: '1', faceData: true, provisionToPlatform: true } as const;
const signature = new Uint8Array([0x89, 0x50]);

describe('how a consent is signed', () => {
  it('is on the screen with a signature, and not at all without one', () => {
    expect(signingOf({ ...given, signature }, 'op')).toEqual({ kind: 'screen' });
    expect(signingOf(given, 'op')).toEqual({ kind: 'none' });
    expect(signingOf({ ...given, signing: { kind: 'paper' } }, 'op')).toEqual({ kind: 'paper' });
  });

  it('names who vouches for a spoken one, and nobody else', () => {
    const signing = { kind: 'attested', reason: 'cannot-write', by: 'somebody else' } as const;
    expect(signingOf({ ...given, signing }, '莫经办')).toEqual({ ...signing, by: '莫经办' });
  });

  it('does not claim a signature that is not there, nor leave one unnamed', () => {
    for (const claimed of [
      { ...given, signing: { kind: 'screen' } },
      { ...given, signature, signing: { kind: 'paper' } },
    ] as const)
      expect(() => signingOf(claimed, 'op')).toThrow(expect.objectContaining({ code: 'rpc.bad-argument' }) as Error);
  });
});
