import { expect, test } from 'vitest';
import type { SelfTestStep } from '../../../native-bridge/contract/reader.ts';
import { selfTestOutcome } from './self-test-outcome.ts';

const decoder = (state: SelfTestStep['state']): SelfTestStep[] => [
  { step: 'status', number: 1, state: 'ok' },
  { step: 'portrait-decoder', number: 2, state },
];
const sound = { samStatus: 0x90, cancelled: false, steps: decoder('ok') };

test('a reader that answers and whose photos are decoded has passed', () => {
  expect(selfTestOutcome(sound)).toBe('passed');
});

test('one whose photos nobody decodes works without them', () => {
  expect(selfTestOutcome({ ...sound, steps: decoder('trouble') })).toBe('without-portraits');
});

test('trouble of its own comes before that of the decoder', () => {
  expect(selfTestOutcome({ ...sound, code: 'reader.port-busy', steps: decoder('trouble') })).toBe('failed');
  expect(selfTestOutcome({ ...sound, samStatus: 0x60, steps: decoder('trouble') })).toBe('failed');
});

test('what was cancelled says nothing about the reader', () => {
  expect(selfTestOutcome({ ...sound, cancelled: true, steps: decoder('skipped') })).toBe('cancelled');
});
