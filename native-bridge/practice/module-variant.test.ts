import { describe, expect, it } from 'vitest';
import type { CardImage } from './card-image.ts';
import type { ModuleVariant } from './module-variant.ts';
import { sampleCard } from './sample-card.ts';
import { SecurityModule } from './security-module.ts';

const COMMANDS = {
  reset: [0x10, 0xff],
  samNumber: [0x12, 0xff],
  find: [0x20, 0x01],
  select: [0x20, 0x02],
  read: [0x30, 0x01],
  readPrint: [0x30, 0x10],
  addedInformation: [0x30, 0x02],
  bodyNumber: [0x30, 0x05],
  antennaOff: [0xfa, 0x11, 0],
  antennaOn: [0xfa, 0x11, 1],
} as const;
type Command = keyof typeof COMMANDS;

const NUMBER = new Uint8Array(16).fill(7);

function moduleOf(variant: ModuleVariant) {
  const module = new SecurityModule(NUMBER, variant);
  const send = (command: Command) => module.begin(Uint8Array.from(COMMANDS[command])).finish();
  const statuses = (...commands: Command[]) => commands.map((command) => send(command).status.toString(16)).join(' ');
  const select = (card: Partial<CardImage> = {}) => {
    module.lay(sampleCard(card));
    statuses('find', 'select');
  };
  return { module, send, statuses, select };
}

describe('a card that was read is found again', () => {
  const read = ['find', 'select', 'read', 'find'] as const;

  it.each([
    ['until-reset', '9f 90 90 80', '90 9f', '21 21 80'],
    ['until-lifted', '9f 90 90 80', '90 80', '21 21 80'],
    ['until-antenna', '9f 90 90 80', '90 80', '90 90 9f'],
    ['never', '9f 90 90 9f', '90 9f', '21 21 9f'],
  ] as const)('%s', (hidesReadCard, first, afterReset, afterAntenna) => {
    for (const [again, expected] of [
      [['reset', 'find'], afterReset],
      [['antennaOff', 'antennaOn', 'find'], afterAntenna],
    ] as const) {
      const { statuses, module } = moduleOf({ hidesReadCard });
      module.lay(sampleCard());
      expect(statuses(...read)).toBe(first);
      expect(statuses(...again)).toBe(expected);
    }
  });

  it('after it was lifted, by every module', () => {
    const { statuses, module } = moduleOf({ hidesReadCard: 'until-lifted' });
    module.lay(sampleCard());
    statuses(...read);
    module.lift();
    module.lay(sampleCard());
    expect(statuses('find')).toBe('9f');
  });

  it('but not while the antenna is off', () => {
    const { statuses, module } = moduleOf({ hidesReadCard: 'until-antenna' });
    module.lay(sampleCard());
    expect(statuses('antennaOff', 'find', 'antennaOn', 'find')).toBe('90 80 90 9f');
  });
});

describe('a module whose first number is wrong', () => {
  it('gives the right one from then on, until it loses its power', () => {
    const { module, send } = moduleOf({ firstNumberWrong: true });
    const asked = () =>
      [send('samNumber').data, send('samNumber').data].map((number) => number.length === 16 && number[0] === 7);
    expect(asked()).toEqual([false, true]);
    expect(asked()).toEqual([true, true]);
    module.powerCycle();
    expect(asked()).toEqual([false, true]);
  });
});

describe('a damaged fingerprint', () => {
  it('is told with text and photo, and counts as a read card', () => {
    const { send, select, statuses } = moduleOf({ damagedFingerprint: 'with-text' });
    select({ fingerprint: new Uint8Array(1024) });
    const { status, data } = send('readPrint');
    expect([status, data.length, [...data.subarray(0, 6)]]).toEqual([0x37, 6 + 256 + 1024, [1, 0, 4, 0, 0, 0]]);
    expect(statuses('find')).toBe('80');
  });

  it('or without anything, so that the rest can still be read', () => {
    const { statuses, select } = moduleOf({ damagedFingerprint: 'bare' });
    select();
    expect(statuses('readPrint', 'read')).toBe('37 90');
  });
});

describe('added information', () => {
  it('is four slots of 70 bytes, the newest address first', () => {
    const { send, select } = moduleOf({ readsAddedInformation: true });
    select({ newestAddress: new Uint8Array(70).fill(0x41) });
    const { status, data } = send('addedInformation');
    expect([status, data.length, data[0], data[69], data[70], data[71]]).toEqual([0x90, 280, 0x41, 0x41, 0x20, 0]);
  });

  it('is 91 on a card without any, and 21 from a module that knows no such command', () => {
    const knowing = moduleOf({ readsAddedInformation: true });
    knowing.select();
    expect(knowing.statuses('addedInformation')).toBe('91');
    expect(moduleOf({}).statuses('addedInformation')).toBe('21');
  });
});

describe('the number of the card’s body', () => {
  it.each([16, 24, 32])('has %i bytes where the module gives so many', (bodyNumberBytes) => {
    const { send, select } = moduleOf({ bodyNumberBytes });
    select();
    expect(send('bodyNumber').data).toHaveLength(bodyNumberBytes);
  });
});
