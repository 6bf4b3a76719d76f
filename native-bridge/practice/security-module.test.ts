import { beforeEach, describe, expect, it } from 'vitest';
import { CardImageError } from './card-image.ts';
import { sampleCard } from './sample-card.ts';
import { SecurityModule, type ModuleAnswer } from './security-module.ts';

const COMMANDS = {
  reset: [0x10, 0xff],
  status: [0x11, 0xff],
  samNumber: [0x12, 0xff],
  find: [0x20, 0x01],
  select: [0x20, 0x02],
  read: [0x30, 0x01],
  readPrint: [0x30, 0x10],
  newestAddress: [0x30, 0x03],
  bodyNumber: [0x30, 0x05],
} as const;
type Command = keyof typeof COMMANDS;

let module: SecurityModule;
beforeEach(() => {
  module = new SecurityModule(new Uint8Array(16).fill(7));
});

function send(command: Command): ModuleAnswer {
  return module.begin(Uint8Array.from(COMMANDS[command])).finish();
}

/** Statuses of a row of commands, in hex. */
function statuses(...commands: Command[]): string {
  return commands.map((command) => send(command).status.toString(16)).join(' ');
}

describe('order of commands', () => {
  it('find, select, read', () => {
    module.lay(sampleCard());
    expect(statuses('find', 'select', 'read')).toBe('9f 90 90');
  });

  it('find and select fail without a card', () => {
    expect(statuses('find', 'select')).toBe('80 81');
  });

  it('select fails before find', () => {
    module.lay(sampleCard());
    expect(statuses('select')).toBe('81');
  });

  it.each(['read', 'readPrint', 'newestAddress', 'bodyNumber'] as const)(
    '%s is not permitted before select',
    (read) => {
      module.lay(sampleCard());
      expect(statuses(read, 'find', read)).toBe('23 9f 23');
    },
  );

  it('a new find asks for a new select', () => {
    module.lay(sampleCard());
    expect(statuses('find', 'select', 'find', 'read')).toBe('9f 90 9f 23');
  });
});

describe('a card that has been read', () => {
  beforeEach(() => {
    module.lay(sampleCard());
    statuses('find', 'select', 'read');
  });

  it('is not found again while it lies there', () => {
    expect(statuses('find', 'find')).toBe('80 80');
  });

  it('is found after it was lifted and laid again', () => {
    module.lift();
    module.lay(sampleCard());
    expect(statuses('find')).toBe('9f');
  });

  it('is found again after a reset', () => {
    expect(statuses('reset', 'find')).toBe('90 9f');
  });

  it('answers select and cheap reads while it lies there, also between failing finds', () => {
    expect(statuses('select', 'newestAddress', 'find', 'newestAddress')).toBe('90 91 80 91');
  });

  it('answers 81 and 41 once it is gone, and also when it comes back without a find', () => {
    module.lift();
    expect(statuses('select', 'newestAddress', 'find', 'newestAddress')).toBe('81 41 80 41');
    module.lay(sampleCard());
    expect(statuses('newestAddress', 'find', 'select', 'read')).toBe('41 9f 90 90');
  });
});

describe('a card lifted in the middle of a read', () => {
  beforeEach(() => {
    module.lay(sampleCard());
    statuses('find', 'select');
  });

  it('ends the read with 41', () => {
    const job = module.begin(Uint8Array.from(COMMANDS.read));
    module.lift();
    expect(job.finish().status).toBe(0x41);
  });

  it('ends the read with 41 even if it was laid again before the end', () => {
    const card = sampleCard();
    module.lay(card);
    statuses('find', 'select');
    const job = module.begin(Uint8Array.from(COMMANDS.read));
    module.lay(card);
    expect(job.finish().status).toBe(0x41);
  });

  it('can be asked for in advance, once', () => {
    module.liftDuringNextRead({ cut: false });
    expect(statuses('read')).toBe('41');
    expect(module.state.cardPresent).toBe(false);
    module.lay(sampleCard());
    expect(statuses('find', 'select', 'read')).toBe('9f 90 90');
  });

  it('can cut the answer off instead', () => {
    module.liftDuringNextRead({ cut: true });
    expect(send('read')).toMatchObject({ status: 0x90, cut: true });
    expect(module.state).toMatchObject({ cardPresent: false, alreadyRead: false });
  });
});

describe('faults', () => {
  it('a failed self-test takes no commands', () => {
    module.setFault({ selfTestFails: true });
    expect(statuses('reset', 'status', 'samNumber', 'find')).toBe('60 60 60 60');
    module.setFault({});
    expect(statuses('status')).toBe('90');
  });

  it('a module without keys answers status but neither number nor cards', () => {
    module.setFault({ notAuthorised: true });
    expect(statuses('status', 'samNumber', 'find')).toBe('90 66 66');
  });

  it('a forced status comes once, at the command it is meant for', () => {
    module.lay(sampleCard());
    module.setFault({ next: 0x32, on: 'select' });
    expect(statuses('status', 'find', 'select', 'select', 'find', 'select')).toBe('90 9f 32 81 9f 90');
  });

  it('a forced link error leaves the order as it was, so that resending helps', () => {
    module.lay(sampleCard());
    statuses('find', 'select');
    module.setFault({ next: 0x10 });
    expect(statuses('read', 'read')).toBe('10 90');
  });
});

describe('content', () => {
  function readAs(command: Command, card = sampleCard()): Uint8Array {
    module.lay(card);
    statuses('find', 'select');
    return send(command).data;
  }

  it('text and photo stand behind a big-endian length head', () => {
    const data = readAs('read');
    expect([...data.slice(0, 4)]).toEqual([1, 0, 4, 0]);
    expect([data.length, data[4], data[259], data[260], data[1283]]).toEqual([1284, 0x54, 0x54, 0x50, 0x50]);
  });

  it.each([
    [0, [0, 0]],
    [512, [2, 0]],
    [1024, [4, 0]],
  ] as const)('a fingerprint of %i bytes is announced in the head', (bytes, head) => {
    const data = readAs('readPrint', sampleCard({ fingerprint: new Uint8Array(bytes).fill(0x46) }));
    expect([...data.slice(0, 6)]).toEqual([1, 0, 4, 0, ...head]);
    expect(data.length).toBe(6 + 256 + 1024 + bytes);
  });

  it('a module without fingerprint support does not know 30 10', () => {
    module = new SecurityModule(new Uint8Array(16), { readsFingerprint: false });
    module.lay(sampleCard());
    expect(statuses('find', 'select', 'readPrint', 'read')).toBe('9f 90 21 90');
  });

  it('newest address and body number are handed over as they are', () => {
    expect(readAs('newestAddress', sampleCard({ newestAddress: new Uint8Array(70).fill(0x41) }))).toHaveLength(70);
    expect(readAs('bodyNumber')).toEqual(new Uint8Array(24).fill(0x42));
  });

  it('a block of a wrong size is refused', () => {
    expect(() => module.lay(sampleCard({ text: new Uint8Array(255) }))).toThrow(CardImageError);
    expect(() => module.lay(sampleCard({ bodyNumber: new Uint8Array(15) }))).toThrow(CardImageError);
  });
});

describe('what is not understood', () => {
  it.each([
    ['an unknown command', [0x77, 0x01], 0x21],
    ['the added information, which most modules do not give', [0x30, 0x02], 0x21],
    ['a known command with data it does not take', [0x11, 0xff, 0x00], 0x11],
    ['a radio frame below 24 bytes', [0x61, 0xff, 23], 0x21],
    ['a radio frame of 24 bytes', [0x61, 0xff, 24], 0x90],
  ])('%s', (_, body, status) => {
    expect(module.begin(Uint8Array.from(body)).finish().status).toBe(status);
  });
});
