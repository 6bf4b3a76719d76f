import { describe, expect, it } from 'vitest';
import { redacted, redactedText } from './redact.ts';

describe('a text for the log', () => {
  it.each([
    ['11010519491231002X', '#'],
    ['id 110105 19491231 002X refused', 'id # refused'],
    ['phone 13800000000', 'phone #'],
    ['phone 138-0000-0000', 'phone #'],
    ['姓名 张三 read', '* * read'],
    ['https://user:pw@platform.example/open.api?appid=1', 'https://*'],
    ['mail someone@example.org', 'mail @'],
    ['key 0123456789abcdefABCDEF0123456789', 'key #abcdefABCDEF#'],
    ['token dGhpcyBpcyBhIHNlY3JldCB0aGF0IGlz', 'token *'],
    ['/home/wang/data/station.db', '~/data/station.db'],
    ['platform.sign-refused after 3 tries in 250 ms', 'platform.sign-refused after 3 tries in 250 ms'],
  ])('%s', (text, expected) => expect(redactedText(text, '/home/wang')).toBe(expected));

  it('has an end', () => expect(redactedText('ab '.repeat(1000), '').length).toBeLessThan(200));
});

describe('a value for the log', () => {
  it.each([
    [3.5, 3.5],
    [true, true],
    [13_800_000_000, '#'],
    [Number.NaN, '#'],
    [new Uint8Array(300), '<300 bytes>'],
    [['张三'], '<1 items>'],
    [{ name: 'Zhang San' }, '<object>'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [new TypeError('Zhang San'), 'TypeError'],
    [Object.assign(new Error('Zhang San'), { code: 'store.corrupt' }), 'store.corrupt'],
    [null, undefined],
    [() => 'Zhang San', '<function>'],
  ])('%o', (value, expected) => expect(redacted(value)).toEqual(expected));
});
