import { describe, expect, it } from 'vitest';
import { ownArguments, readShellOptions } from './shell-options.ts';

describe('the command line', () => {
  it('asks for nothing by default', () => {
    expect(readShellOptions([])).toEqual({
      isHidden: false,
      printsAddress: false,
      port: undefined,
      dataFolder: undefined,
      practiceControlPort: undefined,
      offersFirstRun: true,
    });
  });

  it('is read', () => {
    const argv = [
      '--no-open',
      '--print-address',
      '--port',
      '8123',
      '--data-folder=/data',
      '--practice-control-port',
      '0',
    ];
    expect(readShellOptions(argv)).toEqual({
      isHidden: true,
      printsAddress: true,
      port: 8123,
      dataFolder: '/data',
      practiceControlPort: 0,
      offersFirstRun: false,
    });
  });

  it.each([
    [['--no-open'], false],
    [['--print-address'], false],
    [['--print-address', '--first-run'], true],
  ])('%j offers to set up a new station: %j', (argv, offers) => {
    expect(readShellOptions(argv).offersFirstRun).toBe(offers);
  });

  it.each(['65536', '-1', '1e3', '0x10', '', 'http'])('takes no %j for a port', (port) => {
    expect(() => readShellOptions([`--port=${port}`])).toThrow('--port takes a port number');
  });

  it('takes nothing that it does not know', () => {
    expect(() => readShellOptions(['--no-sandbox'])).toThrow();
    expect(() => readShellOptions(['file.txt'])).toThrow();
  });

  it('is found among the switches of Electron', () => {
    const argv = [
      'electron',
      '/work/app',
      '--inspect=0',
      '--data-folder',
      '/data',
      '--no-sandbox',
      '--port=1',
      '--no-open',
    ];
    expect(ownArguments(argv)).toEqual(['--data-folder', '/data', '--port=1', '--no-open']);
  });
});
