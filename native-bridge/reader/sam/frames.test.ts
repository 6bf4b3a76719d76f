import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printSamNumber } from './commands.ts';
import { encodeRequest, FrameParser } from './frames.ts';
import { moduleStatuses } from '../../contract/reader-status.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** Whole frames as GA 467 gives them. */
const found = hex('AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97');
const noCard = hex('AA AA AA 96 69 00 04 00 00 80 84');

function parse(...pieces: Uint8Array[]) {
  const parser = new FrameParser();
  return { answers: pieces.flatMap((piece) => parser.push(piece, 0)), parser };
}

describe('requests', () => {
  it('carries data after command and parameter', () => {
    expect(encodeRequest(0x61, 0xff, Uint8Array.of(0x50))).toEqual(hex('AA AA AA 96 69 00 04 61 FF 50 CA'));
  });
});

describe('the answer parser', () => {
  it('reads a whole answer', () => {
    expect(parse(found).answers).toEqual([{ status: 0x9f, data: Uint8Array.of(0, 0, 0, 0) }]);
  });

  it('reads answers cut into any pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: found.length + noCard.length }), { maxLength: 8 }), (cuts) => {
        const stream = Uint8Array.of(...found, ...noCard);
        const borders = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const pieces = borders.slice(1).map((end, index) => stream.subarray(borders[index], end));
        expect(parse(...pieces).answers.map((answer) => answer.status)).toEqual([0x9f, 0x80]);
      }),
    );
  });

  it('finds an answer behind garbage that holds no preamble of its own', () => {
    const garbage = fc
      .uint8Array({ maxLength: 5000 })
      .filter((bytes) => !Buffer.from(bytes).includes(Buffer.from('AAAAAA9669', 'hex')));
    fc.assert(
      fc.property(garbage, (bytes) => {
        expect(parse(bytes, found).answers.map((answer) => answer.status)).toEqual([0x9f]);
      }),
    );
  });

  it('finds an answer after extra preamble bytes and a clipped preamble', () => {
    expect(parse(hex('AA AA'), found).answers).toHaveLength(1);
    expect(parse(hex('96 69 00 04'), found).answers).toHaveLength(1);
    expect(parse(hex('AA AA AA 96'), found).answers).toHaveLength(1);
  });

  it('refuses a wrong check byte and still reads the next answer', () => {
    const broken = Uint8Array.from(found);
    broken[12] = 1;
    const { answers, parser } = parse(broken, noCard);
    expect(answers.map((answer) => answer.status)).toEqual([0x80]);
    expect(parser.badChecks).toBe(1);
  });

  it('skips lengths that no answer has', () => {
    expect(parse(hex('AA AA AA 96 69 FF FF 00'), found).answers).toHaveLength(1);
    expect(parse(hex('AA AA AA 96 69 00 03 00'), found).answers).toHaveLength(1);
  });

  it('gives up an answer that stands still for more than a second', () => {
    const parser = new FrameParser();
    expect(parser.push(found.subarray(0, 10), 1000)).toEqual([]);
    expect(parser.push(found.subarray(10), 2001)).toEqual([]);
    expect(parser.push(found, 2002)).toHaveLength(1);
    expect(parser.droppedBytes).toBe(found.length);
  });

  it('never throws and holds little on any bytes', () => {
    const parser = new FrameParser();
    const anything = fc.oneof(fc.uint8Array({ maxLength: 4000 }), fc.constant(hex('AA AA AA 96 69 09 0A')));
    fc.assert(
      fc.property(anything, (bytes) => {
        parser.push(bytes, 0);
        expect(parser.heldBytes).toBeLessThanOrEqual(8192);
      }),
    );
  });
});

describe('module identity and status', () => {
  it('prints the SAM number as its makers do', () => {
    const bytes = hex('05 00 01 00 35 29 33 01 D2 02 96 49 B1 68 DE 3A');
    expect(printSamNumber(bytes)).toBe('05.01-20130101-1234567890-0987654321');
  });

  it('knows all 23 status codes', () => {
    expect(Object.keys(moduleStatuses)).toHaveLength(23);
  });

  it('never asks for a resend or a restart when the module suspects a forgery', () => {
    expect([moduleStatuses[0x32]?.class, moduleStatuses[0x33]?.class]).toEqual(['forgery', 'forgery']);
  });
});
