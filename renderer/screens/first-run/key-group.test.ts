import { expect, it } from 'vitest';
import { isSameGroup } from './key-group.ts';

it.each([
  ['7K0M1', true],
  [' 7k0m1 ', true],
  ['7KOML', true],
  ['７Ｋ０Ｍ１', true],
  ['7K0M', false],
  ['7K0M2', false],
  ['', false],
])('%j is the group: %j', (typed, same) => expect(isSameGroup(typed, '7K0M1')).toBe(same));
