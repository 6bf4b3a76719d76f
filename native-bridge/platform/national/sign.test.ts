import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { corpSign, sign } from './sign.ts';

/** The signs below were computed with the OpenSSL command line for this made-up secret. */
const secret = '0123456789abcdef0123456789abcdef';

const adding = {
  appid: 'testAppId001',
  format: 'json',
  method: 'ProjectWorker.Add',
  nonce: '0123456789ABCDEF0123456789abcdef',
  timestamp: '20240101120000',
  version: '1.0',
  data: '{"projectCode":"TESTPROJECT0001","workerList":[{"workerName":"张三","idCardType":"01","idCardNumber":"N7wJgjwsk/H5vA4dlVpH3xFZbVzoi682eJ9iFPhfb3Q="}]}',
};
const asking = {
  appid: 'testAppId001',
  format: 'json',
  method: 'AsyncHandleResult.Query',
  nonce: '123456',
  timestamp: '20240101120005',
  version: '1.0',
  data: '{"requestSerialCode":"projectworker-add-2024010112-1-0001"}',
};
const withCorpsign = { ...asking, corpsign: 'Z3WerQv6GlvxbsBe4NYkvty9vKCFgvPSTwvXN42/C5A=' };

test.each([
  [adding, '457bce4e1e60e14d3ef5f0d626f31f4db0eaf5318eb1314395386d2bbdbe51da'],
  [asking, '2ffc0c5b915c13892dab3507cf68fe373f90852cee004c2f2ba900dbed7c2c38'],
  [withCorpsign, 'b9d9884e27c0513ec673106add7686bbc50fcae8a9a81a9465ff2cccf4a2c204'],
])('agrees with OpenSSL, case %#', (parameters, expected) => {
  expect(sign(parameters, secret)).toBe(expected);
});

const parametersArbitrary = fc.dictionary(fc.stringMatching(/^[a-z]{1,10}$/), fc.string({ unit: 'grapheme' }));

test('does not depend on the order in which parameters are put in', () => {
  fc.assert(
    fc.property(parametersArbitrary, (parameters) => {
      const reversed = Object.fromEntries(Object.entries(parameters).reverse());
      expect(sign(reversed, secret)).toBe(sign(parameters, secret));
    }),
  );
});

test('leaves an old sign out of the new one', () => {
  expect(sign({ ...asking, sign: 'old' }, secret)).toBe(sign(asking, secret));
});

test('covers every value and the secret', () => {
  expect(sign({ ...asking, nonce: '123457' }, secret)).not.toBe(sign(asking, secret));
  expect(sign(asking, secret.replace('0', '1'))).not.toBe(sign(asking, secret));
});

test("agrees with OpenSSL on the enterprise's own sign", () => {
  expect(corpSign('ENTKEY', asking.timestamp, secret)).toBe(withCorpsign.corpsign);
});

test.each(['ABCxyz+/=09', '韦试样（示例）“一”——Ｂ座', 'ÄÉØ Ωμέγα ЖУК', 'Ⅷ Ⓐ Ꙋ ﬀ İ ẞ 𐐀 \ud800', '、。《》ㄅㄆ一龥', ''])(
  'lower-cases %j as the language does',
  (value) => {
    const whole = `data=${value}&appsecret=S`.toLowerCase();
    expect(sign({ data: value }, 'S')).toBe(createHash('sha256').update(whole, 'utf8').digest('hex'));
  },
);

test('lower-cases whatever comes as the language does', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.oneof(
          fc.constantFrom('A', 'À', 'Σ', '韦', 'Ａ', '…'),
          fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
        ),
      }),
      (value) => {
        const whole = `data=${value}&appsecret=s`.toLowerCase();
        expect(sign({ data: value }, 'S')).toBe(createHash('sha256').update(whole, 'utf8').digest('hex'));
      },
    ),
  );
});
