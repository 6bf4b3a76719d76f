import { describe, expect, it } from 'vitest';
import { connectionFields, isTaken } from './connection-fields.ts';

describe('the fields of a connection', () => {
  it('asks a device for its serial and account, an enterprise for its key', () => {
    expect(connectionFields('cwr', false)).toEqual(
      expect.arrayContaining(['url', 'apiKey', 'deviceSerial', 'secret', 'projectCode']),
    );
    expect(connectionFields('cwr', false)).not.toContain('appid');
    expect(connectionFields('national', false)).not.toContain('enterpriseKey');
    expect(connectionFields('national', true)).toContain('enterpriseKey');
  });

  it.each([
    ['national', 'secret', 'x'.repeat(32), true],
    ['national', 'secret', 'short', false],
    ['cwr', 'secret', 'short', true],
    ['cwr', 'deviceSerial', 'FT00000001', true],
    ['cwr', 'deviceSerial', 'FT 1', false],
    ['cwr', 'url', 'ftp://127.0.0.1', false],
    ['national', 'url', 'https://127.0.0.1/open.api', true],
  ] as const)('%s %s "%s" is taken: %j', (driver, field, text, taken) => {
    expect(isTaken(driver, field, text)).toBe(taken);
  });
});
