import { describe, expect, test } from 'vitest';
import { demandStrength, makePassphrase, unwrap, wrapsFor } from './key-wrap.ts';
import type { StationIdentity } from './station-identity.ts';

describe('the strength of a passphrase', () => {
  test.each([
    '',
    '123456',
    '12345678901234',
    'password',
    'aaaaaaaaaaaaaaaaaaaaaaa',
    '工地工地工地工地',
    'abcabcabcabcabc',
  ])('%s is too weak', (weak) => expect(() => demandStrength(weak)).toThrow('transfer.weak-passphrase'));

  test.each(['mountain river 42', '南宁三号工地移交七月', '3170 9428 5561 08274', 'Kq7-wz9!tBd'])(
    '%s will do',
    (strong) => expect(() => demandStrength(strong)).not.toThrow(),
  );

  test('a made one is strong, and never the same', () => {
    const made = Array.from({ length: 50 }, makePassphrase);
    for (const passphrase of made) expect(() => demandStrength(passphrase)).not.toThrow();
    expect(new Set(made).size).toBe(50);
  });
});

test('typed with full-width digits or a blank at its end it is the same passphrase', () => {
  const key = new Uint8Array(32).fill(9);
  const wraps = wrapsFor({ passphrase: 'mountain river 42' }, key, Buffer.from('id'));
  const opened = unwrap(wraps, {} as StationIdentity, ' mountain river ４２ ', Buffer.from('id'));
  expect(new Uint8Array(opened)).toEqual(key);
});
