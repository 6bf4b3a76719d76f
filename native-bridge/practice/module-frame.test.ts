import { describe, expect, it } from 'vitest';
import { bytesOf, GOLDEN_ANSWERS, GOLDEN_REQUESTS, hexOf } from './golden-frames.ts';
import { encodeAnswer, RequestScanner } from './module-frame.ts';

const STATUS = bytesOf(GOLDEN_REQUESTS.status);

describe('answers', () => {
  it.each([
    ['done', 0x90, 0],
    ['found', 0x9f, 4],
    ['selected', 0x90, 8],
    ['findFailed', 0x80, 0],
    ['selectFailed', 0x81, 0],
    ['readingFailed', 0x41, 0],
    ['selfTestFailed', 0x60, 0],
    ['notAuthorised', 0x66, 0],
    ['noSuchContent', 0x91, 0],
  ] as const)('encode %s as published', (name, status, zeros) => {
    expect(hexOf(encodeAnswer(status, new Uint8Array(zeros)))).toBe(GOLDEN_ANSWERS[name]);
  });
});

describe('requests', () => {
  it.each(Object.entries(GOLDEN_REQUESTS))('%s is taken as published', (_, hex) => {
    const frame = bytesOf(hex);
    expect(new RequestScanner().push(frame)).toEqual([
      { kind: 'request', body: frame.slice(7, -1), wireBytes: frame.length },
    ]);
  });

  it('are found byte by byte', () => {
    const scanner = new RequestScanner();
    const events = [...STATUS].map((byte) => scanner.push(Uint8Array.of(byte)));
    expect(events.slice(0, -1).flat()).toEqual([]);
    expect(events.at(-1)).toMatchObject([{ kind: 'request' }]);
  });

  it('are found behind stray bytes and a preamble with one AA too many', () => {
    const events = new RequestScanner().push(Uint8Array.from([0x00, 0x96, 0xaa, ...STATUS]));
    expect(events).toMatchObject([{ kind: 'request', wireBytes: 10 }]);
  });

  it('are found two in one piece', () => {
    const kinds = new RequestScanner().push(Uint8Array.from([...STATUS, ...STATUS])).map((event) => event.kind);
    expect(kinds).toEqual(['request', 'request']);
  });

  it('with one flipped bit are checksum errors, and the next one is taken', () => {
    const damaged = STATUS.with(8, 0xfe);
    const kinds = new RequestScanner().push(Uint8Array.from([...damaged, ...STATUS])).map((event) => event.kind);
    expect(kinds).toEqual(['bad-checksum', 'request']);
  });

  it.each([
    ['too short', 0x00, 0x02],
    ['too long', 0x09, 0x0a],
  ])('with a length %s are length errors, and the next one is taken', (_, high, low) => {
    const damaged = STATUS.with(5, high).with(6, low);
    const kinds = new RequestScanner().push(Uint8Array.from([...damaged, ...STATUS])).map((event) => event.kind);
    expect(kinds).toEqual(['bad-length', 'request']);
  });

  it('leave the scanner inside a frame until they end', () => {
    const scanner = new RequestScanner();
    scanner.push(STATUS.slice(0, 4));
    expect(scanner.isInsideFrame).toBe(false);
    scanner.push(STATUS.slice(4, 8));
    expect(scanner.isInsideFrame).toBe(true);
    scanner.push(STATUS.slice(8));
    expect(scanner.isInsideFrame).toBe(false);
  });
});
