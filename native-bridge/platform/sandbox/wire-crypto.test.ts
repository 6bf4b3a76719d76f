import { describe, expect, it } from 'vitest';
import { decryptField, encryptField, signatureOf } from './wire-crypto.ts';

// All golden values below were computed with the OpenSSL command line for this made-up secret.
const SECRET = '0123456789abcdef0123456789abcdef';

const PAIRS = [
  ['99000019000101001X', 'N7wJgjwsk/H5vA4dlVpH3xFZbVzoi682eJ9iFPhfb3Q='],
  ['0000000000000000000', 'lBJn7URPC6zWe0VjcF7fzSu55KEpZR7x0Rqq+Lkmr4A='],
  ['TEST-ID-0001', 'ereYsrQ2FArUZcAuZZIPzg=='],
  ['0123456789abcdef', 'fb2IJy+yWTdpKjuBAEdBdVzCRgU8FQbFdK3yxA9c3n4='],
  ['张三', 'doT5P5TxiFkupkk7q1MFpg=='],
] as const;

describe('field encryption', () => {
  it.each(PAIRS)('encrypts %s to the OpenSSL value', (plain, sealed) => {
    expect(encryptField(plain, SECRET)).toBe(sealed);
  });

  it.each(PAIRS)('decrypts back to %s', (plain, sealed) => {
    expect(decryptField(sealed, SECRET)).toEqual({ ok: true, value: plain });
  });

  it.each(['45999919900101001X', '6222000000000000', '', 'ereYsrQ2FArUZcAuZZIPzg', 'ereYsrQ2FArUZcAuZZIPzg==\n'])(
    'refuses %j as not being cipher text',
    (text) => {
      expect(decryptField(text, SECRET)).toMatchObject({
        ok: false,
        problem: expect.stringContaining('明文') as string,
      });
    },
  );

  it('refuses text of another key', () => {
    const other = encryptField('TEST-ID-0001', 'fedcba9876543210fedcba9876543210');
    expect(decryptField(other, SECRET)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('解密失败') as string,
    });
  });
});

const FIRST = {
  appid: 'testAppId001',
  format: 'json',
  method: 'ProjectWorker.Add',
  nonce: '0123456789ABCDEF0123456789abcdef',
  timestamp: '20240101120000',
  version: '1.0',
  data: '{"projectCode":"TESTPROJECT0001","workerList":[{"workerName":"张三","idCardType":"01","idCardNumber":"N7wJgjwsk/H5vA4dlVpH3xFZbVzoi682eJ9iFPhfb3Q="}]}',
};
const SECOND = {
  ...FIRST,
  method: 'AsyncHandleResult.Query',
  nonce: '123456',
  timestamp: '20240101120005',
  data: '{"requestSerialCode":"projectworker-add-2024010112-1-0001"}',
};
const THIRD = { ...SECOND, corpsign: 'Z3WerQv6GlvxbsBe4NYkvty9vKCFgvPSTwvXN42/C5A=' };

describe('sign', () => {
  it.each([
    [1, FIRST, '457bce4e1e60e14d3ef5f0d626f31f4db0eaf5318eb1314395386d2bbdbe51da'],
    [2, SECOND, '2ffc0c5b915c13892dab3507cf68fe373f90852cee004c2f2ba900dbed7c2c38'],
    [3, THIRD, 'b9d9884e27c0513ec673106add7686bbc50fcae8a9a81a9465ff2cccf4a2c204'],
  ])('equals the OpenSSL value of vector %i', (_, parameters, sign) => {
    expect(signatureOf(Object.entries(parameters), SECRET)).toBe(sign);
  });

  it('leaves an old sign out of the signed text', () => {
    const sign = signatureOf(Object.entries(SECOND), SECRET);
    expect(signatureOf(Object.entries({ ...SECOND, sign }), SECRET)).toBe(sign);
  });

  it('covers the enterprise key of vector 3', () => {
    expect(encryptField(`ENTKEY${THIRD.timestamp}`, SECRET)).toBe(THIRD.corpsign);
  });
});
