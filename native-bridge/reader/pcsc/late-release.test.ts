import { expect, test } from 'vitest';
import { isLateRelease } from './late-release.ts';

const errorOf = (message: string, code: string) => Object.assign(new Error(message), { code });

test('is the library’s own word at the end of a client, and nothing else', () => {
  expect(isLateRelease(errorOf('Error in async finalizer callback for *Client', 'InvalidHandle'))).toBe(true);
  expect(isLateRelease(errorOf('Error in async finalizer callback for *Client', 'NoMemory'))).toBe(false);
  expect(isLateRelease(errorOf('connect', 'InvalidHandle'))).toBe(false);
  expect(isLateRelease(new Error('Error in async finalizer callback for *Client'))).toBe(false);
  expect(isLateRelease('InvalidHandle')).toBe(false);
});
