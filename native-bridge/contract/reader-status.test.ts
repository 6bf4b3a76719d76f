import { describe, expect, it } from 'vitest';
import { errorTable } from './errors.ts';
import { hostStatuses, libraryStatus, moduleStatus, moduleStatuses, type StatusClass } from './reader-status.ts';

/** As GA 467's published descriptions list them, and what a station does about each. */
const published: readonly (readonly [status: number, meaning: StatusClass])[] = [
  [0x90, 'ok'],
  [0x9f, 'ok'],
  [0x91, 'empty'],
  [0x10, 'resend'],
  [0x11, 'resend'],
  [0x21, 'unsupported'],
  [0x23, 'restart'],
  [0x24, 'reset'],
  [0x31, 're-present'],
  [0x32, 'forgery'],
  [0x33, 'forgery'],
  [0x34, 'poll'],
  [0x37, 'partial'],
  [0x3f, 're-present'],
  [0x40, 're-present'],
  [0x41, 're-present'],
  [0x47, 'restart'],
  [0x50, 'reset'],
  [0x60, 'device'],
  [0x61, 'device'],
  [0x66, 'device'],
  [0x80, 'poll'],
  [0x81, 'restart'],
];

const chinese = /\p{Script=Han}/u;

describe('the status bytes of a module', () => {
  it('are the 23 that are published', () => {
    expect(Object.keys(moduleStatuses).map(Number).toSorted()).toEqual(published.map(([status]) => status).toSorted());
  });

  it.each(published)(
    '%i has its class, a sentence in each language and a code where it is a trouble',
    (status, meaning) => {
      const { class: found, code, zh, en } = moduleStatus(status);
      expect(found).toBe(meaning);
      expect(zh).toMatch(chinese);
      expect(en).toMatch(/^[A-Z][\w ,-]+$/);
      const isTrouble = !['ok', 'empty', 'poll'].includes(meaning);
      expect(code !== undefined).toBe(isTrouble);
      if (code !== undefined) expect(errorTable[code].zh).toMatch(chinese);
    },
  );

  it('that nobody knows are shown in hex and may pass', () => {
    expect(moduleStatus(0xa7)).toMatchObject({ class: 'restart', code: 'reader.unknown-status', zh: '未知状态 A7' });
    expect(moduleStatus(0x05).en).toBe('Unknown status 05');
  });
});

describe('the return values of the makers’ library that tell of the line', () => {
  it.each([
    [0x01, 'reader.port-unavailable'],
    [0x02, 'reader.no-answer'],
    [0x03, 'reader.link-fault'],
    [0x04, 'reader.usb-not-configured'],
    [0x05, 'reader.silent-port'],
    [0x06, 'reader.unplugged'],
    [0x118, 'portrait.not-licensed'],
  ] as const)('%i', (value, code) => {
    const status = libraryStatus(value);
    expect(status.code).toBe(code);
    expect(status.zh).toMatch(chinese);
    expect(status.en).not.toBe('');
  });

  it('are six, and every other value is the module’s own', () => {
    expect(Object.keys(hostStatuses)).toHaveLength(6);
    for (const [status] of published) expect(libraryStatus(status)).toEqual(moduleStatus(status));
  });
});
