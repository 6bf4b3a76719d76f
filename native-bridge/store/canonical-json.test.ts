import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, sha256 } from './canonical-json.ts';

test('members are ordered at every depth, undefined ones are left out, arrays keep their order', () => {
  const value = { b: [2, 1, { d: 'x', c: true }], a: { z: undefined, y: 1 } };
  expect(canonicalJson(value)).toBe('{"a":{"y":1},"b":[2,1,{"c":true,"d":"x"}]}');
});

test('the order in which members were set does not matter', () => {
  const members = fc.uniqueArray(fc.tuple(fc.string(), fc.integer()), { selector: ([name]) => name });
  fc.assert(
    fc.property(members, (entries) => {
      const forward = canonicalJson(Object.fromEntries(entries));
      expect(canonicalJson(Object.fromEntries(entries.toReversed()))).toBe(forward);
    }),
  );
});

test('hash of "abc" is the example of FIPS 180-4', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
