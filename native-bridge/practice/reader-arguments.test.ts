import { describe, expect, it } from 'vitest';
import { readArguments, USAGE } from './reader-arguments.ts';

describe('the command line', () => {
  it('starts several readers on neighbouring ports with different module numbers', () => {
    const { readers = [] } = readArguments(['--readers', '3', '--tcp', '9000', '--control', '0']) ?? {};
    expect(readers.map(({ tcpPort, controlPort }) => [tcpPort, controlPort])).toEqual([
      [9000, 0],
      [9001, 0],
      [9002, 0],
    ]);
    expect(new Set(readers.map(({ samNumber }) => Buffer.from(samNumber ?? []).toString('hex'))).size).toBe(3);
  });

  it('takes everything that can be played', () => {
    const given = readArguments([
      ...['--status', 'next=0x41,on=read-text-photo,after=2,times=always'],
      ...['--variant', 'hidesReadCard=never,firstNumberWrong=true,bodyNumberBytes=28'],
      ...['--line', 'before=00,after=0012,badChecks=3,pieces=single-bytes'],
      ...['--delay-scale', '0', '--sam', '05006300652d3101d3010000d3010001'],
    ]);
    expect(given?.readers[0]).toMatchObject({
      fault: { next: 0x41, on: 'read-text-photo', after: 2, times: 'always' },
      variant: { hidesReadCard: 'never', firstNumberWrong: true, bodyNumberBytes: 28 },
      line: { before: Uint8Array.of(0), after: Uint8Array.of(0, 0x12), badChecks: 3, pieces: 'single-bytes' },
      delayScale: 0,
    });
  });

  it.each([
    ['an unknown setting', ['--line', 'noise=00']],
    ['a value out of range', ['--status', 'next=256']],
    ['no readers', ['--readers', '0']],
    ['several readers at one serial port', ['--readers', '2', '--serial', 'COM9']],
    ['a module number of another size', ['--sam', '0500']],
  ])('refuses %s', (_, argv) => {
    expect(readArguments(argv)).toBeUndefined();
  });

  it('explains every setting', () => {
    for (const setting of ['garbledAnswers', 'swallow', 'glue', 'unplugInAnswer', 'until-antenna', 'times'])
      expect(USAGE).toContain(setting);
  });
});
