import { describe, expect, it } from 'vitest';
import { checkSocialSecurity, type SocialSecurityCard } from './other-card.ts';

const card = (holder: SocialSecurityCard['holder']): SocialSecurityCard => ({
  kind: 'social-security',
  readerName: 'Test reader',
  readAt: '2026-03-05T08:00:00.000Z',
  cardNumber: 'A45999901',
  holder,
});

describe('checkSocialSecurity', () => {
  const open = card({ state: 'read', citizenNumber: '45999919860409001X', name: '韦试样' });

  it.each([
    ['45999919860409001X', 'same'],
    ['45999919860409001x', 'same'],
    ['459999198604090038', 'different'],
    [undefined, 'unknown'],
  ] as const)('compares with %s: %s', (number, expected) => {
    expect(checkSocialSecurity(open, number)).toBe(expected);
  });

  it('cannot tell where the holder is locked', () => {
    expect(checkSocialSecurity(card({ state: 'locked' }), '45999919860409001X')).toBe('unknown');
  });
});
