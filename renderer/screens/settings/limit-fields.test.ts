import { expect, test } from 'vitest';
import { defaultGateLimits, gateLimitsSchema } from '../../../native-bridge/contract/gates.ts';
import { gateFields, isContradictory, shownLimit, withLimit } from './limit-fields.ts';

const fieldOf = (name: string) => {
  const field = gateFields.find((each) => each.name === name);
  if (field === undefined) throw new Error(name);
  return field;
};

test('every gate has a field, and what is shown is what is kept', () => {
  expect(gateFields.map(({ name }) => name).toSorted()).toEqual(Object.keys(gateLimitsSchema.shape).toSorted());
  for (const field of gateFields)
    for (const step of ['warn', 'block'] as const)
      expect(withLimit(defaultGateLimits, field, step, shownLimit(defaultGateLimits, field, step))).toEqual(
        defaultGateLimits,
      );
});

test('free space is shown in gigabytes, and an emptied field is no limit', () => {
  const field = fieldOf('freeBytes');
  expect(shownLimit(defaultGateLimits, field, 'warn')).toBe(2);
  expect(withLimit(defaultGateLimits, field, 'block', 0.2).freeBytes).toEqual({ warn: 2e9, block: 2e8 });
  expect(withLimit(defaultGateLimits, field, 'warn', null).freeBytes).toEqual({ block: 5e8 });
});

test('a gate that closes before it warns is told; for free space that is the larger limit', () => {
  const [count, free] = [fieldOf('unsentCount'), fieldOf('freeBytes')];
  expect(isContradictory(defaultGateLimits, count)).toBe(false);
  expect(isContradictory(withLimit(defaultGateLimits, count, 'block', 299), count)).toBe(true);
  expect(isContradictory(withLimit(defaultGateLimits, free, 'block', 3), free)).toBe(true);
  expect(isContradictory(withLimit(defaultGateLimits, free, 'block', null), free)).toBe(false);
});
