import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formBody } from './form-body.ts';

test('is what URLSearchParams makes of the same parameters', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), (parameters) => {
      expect(Buffer.from(formBody(parameters)).toString()).toBe(new URLSearchParams(parameters).toString());
    }),
  );
});
