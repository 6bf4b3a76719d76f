import { describe, expect, it } from 'vitest';
import { extraWireMs, samCommands } from './commands.ts';

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
