import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFieldCipher } from './field-cipher.ts';

/** The Base64 texts below were computed with the OpenSSL command line for this made-up secret. */
const secret = '0123456789abcdef0123456789abcdef';
const cipher = createFieldCipher(secret);

test.each([
  ['99000019000101001X', 'N7wJgjwsk/H5vA4dlVpH3xFZbVzoi682eJ9iFPhfb3Q='],
  ['0000000000000000000', 'lBJn7URPC6zWe0VjcF7fzSu55KEpZR7x0Rqq+Lkmr4A='],
  ['TEST-ID-0001', 'ereYsrQ2FArUZcAuZZIPzg=='],
  ['0123456789abcdef', 'fb2IJy+yWTdpKjuBAEdBdVzCRgU8FQbFdK3yxA9c3n4='],
  ['张三', 'doT5P5TxiFkupkk7q1MFpg=='],
  // An enterprise key followed by a request's timestamp: the `corpsign` of some platforms.
  ['ENTKEY20240101120005', 'Z3WerQv6GlvxbsBe4NYkvty9vKCFgvPSTwvXN42/C5A='],
])('encrypts %s as OpenSSL does, and back', (plain, base64) => {
  expect(cipher.encrypt(plain)).toBe(base64);
  expect(cipher.decrypt(base64)).toBe(plain);
});

test('gives back every text', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => cipher.decrypt(cipher.encrypt(text)) === text));
});

test.each(['', 'not base64 at all', '99000019000101001X', 'AAAA', 'AAAAAAAAAAAAAAAAAAAAAA=='])(
  'tells that %j was not encrypted with this secret',
  (value) => {
    expect(cipher.decrypt(value)).toBeUndefined();
  },
);

test("takes bytes that are no UTF-8 for somebody else's", () => {
  const other = createCipheriv('aes-256-cbc', secret, secret.slice(0, 16));
  const base64 = Buffer.concat([other.update(Buffer.from([0xff, 0xfe])), other.final()]).toString('base64');
  expect(cipher.decrypt(base64)).toBeUndefined();
});

test('never throws on what a platform may put into an encrypted field', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.base64String()), (value) => void cipher.decrypt(value)));
});

test.each(['', 'short', '密'.repeat(32)])('refuses %j as a secret without repeating it', (wrong) => {
  expect(() => createFieldCipher(wrong)).toThrow(
    expect.objectContaining({
      code: 'platform.not-configured',
      detail: 'the secret does not have 32 plain characters',
    }),
  );
});
