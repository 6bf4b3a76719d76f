import { describe, expect, it } from 'vitest';
import { extraWireMs, samCommands, setRadioFrame } from './commands.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();

describe('requests on the wire', () => {
  // Recomputed by hand from the published table of GA 467: length, command, parameter, XOR.
  it.each([
    ['reset', '000310FFEC'],
    ['status', '000311FFED'],
    ['number', '000312FFEE'],
    ['find', '0003200122'],
    ['select', '0003200221'],
    ['readTextAndPhoto', '0003300132'],
    ['readAddedInformation', '0003300231'],
    ['readNewestAddress', '0003300330'],
    ['readBodyNumber', '0003300536'],
    ['readTextPhotoAndFingerprint', '0003301023'],
  ] as const)('%s', (name, tail) => {
    expect(hex(samCommands[name].request)).toBe(`AAAAAA9669${tail}`);
  });

  it('never hold the command that changes the speed, whose parameters nobody knows', () => {
    expect(Object.values(samCommands).map(({ request }) => request[7])).not.toContain(0x60);
  });

  it('limit the radio frame to what modules take', () => {
    expect(hex(setRadioFrame(0x50).request)).toBe('AAAAAA9669000461FF50CA');
    expect(setRadioFrame(1).request[9]).toBe(24);
    expect(setRadioFrame(1000).request[9]).toBe(255);
  });
});

describe('the time that an answer takes longer on a slow line', () => {
  it.each([
    // Ten bits a byte: 1295 bytes take 1348.96 ms at 9600 and 112.41 ms at 115200 baud.
    [1295, 9600, 1237],
    [1295, 57_600, 113],
    [15, 9600, 15],
    [1295, 115_200, 0],
  ])('of %i bytes at %i baud is %i ms', (bytes, baudRate, milliseconds) => {
    expect(extraWireMs(bytes, baudRate)).toBe(milliseconds);
  });

  it('leaves a module at 9600 baud at least 2 s for its work beside the time on the wire', () => {
    const { answerBytes, waitMs } = samCommands.readTextAndPhoto;
    const wireMs = (answerBytes * 10 * 1000) / 9600;
    expect(waitMs + extraWireMs(answerBytes, 9600)).toBeGreaterThanOrEqual(2000 + wireMs);
  });
});
