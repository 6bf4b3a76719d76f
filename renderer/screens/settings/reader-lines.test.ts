import { describe, expect, it } from 'vitest';
import { addressOf, lineOf, linesOf } from './reader-lines.ts';

describe('a line that names a reader', () => {
  it.each([
    ['COM3', { kind: 'serial', path: 'COM3' }],
    ['/dev/ttyUSB0', { kind: 'serial', path: '/dev/ttyUSB0' }],
    ['192.168.1.20:4001', { kind: 'tcp', host: '192.168.1.20', port: 4001 }],
    ['reader-2.site:10001', { kind: 'tcp', host: 'reader-2.site', port: 10001 }],
  ] as const)('%s', (line, address) => {
    expect(addressOf(line)).toEqual(address);
    expect(lineOf(address)).toBe(line);
  });

  it.each(['COM 3', 'desk:99999', 'a b:4001', 'host:0'])('%s names none', (line) => {
    expect(addressOf(line)).toBeUndefined();
  });

  it('empty ones do not count', () => {
    expect(linesOf(' COM3 \n\n  \nCOM4')).toEqual(['COM3', 'COM4']);
  });
});
