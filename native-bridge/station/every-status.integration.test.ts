import { afterEach, describe, expect, it } from 'vitest';
import { errorTable } from '../contract/errors.ts';
import { moduleStatuses } from '../contract/reader-status.ts';
import { endReaders, practiceCard, virtualReader, watch } from './test-readers.ts';

afterEach(endReaders);

/** What the operator hears when the module answers the reading of text and photo with a status, once. */
const outcomes: Readonly<Record<number, 'read' | 'told' | 'lost'>> = {
  // The frame is asked for again.
  0x10: 'read',
  0x11: 'read',
  // The module is asked for text and photo alone.
  0x21: 'read',
  0x37: 'read',
  // The cycle begins again at find.
  0x23: 'read',
  0x24: 'read',
  0x31: 'read',
  0x47: 'read',
  0x50: 'read',
  0x81: 'read',
  0xa7: 'read',
  // A person has to do something.
  0x41: 'told',
  0x32: 'told',
  0x33: 'told',
  0x3f: 'told',
  0x40: 'told',
  // The reader itself is unusable.
  0x60: 'lost',
  0x61: 'lost',
  0x66: 'lost',
};

describe('a module that answers the reading with a status', () => {
  it.each(Object.entries(outcomes).map(([status, outcome]) => [Number(status), outcome] as const))(
    '%i once: %s',
    async (status, outcome) => {
      const reader = await virtualReader({ tcpPort: 0, delayScale: 0 });
      const { cards, troubles, states, until, untilState } = watch({
        kind: 'tcp',
        host: '127.0.0.1',
        port: reader.tcpPort ?? 0,
      });
      await untilState('ready');
      reader.setStatus({ next: status, on: 'read-text-photo-fingerprint' });
      const { image } = await practiceCard('adult-male-zhuang');
      reader.lay(image);
      const code = moduleStatuses[status]?.code;
      if (outcome === 'told') {
        await until(() => troubles.length > 0);
        expect(troubles[0]).toBe(code);
        expect(['re-present', 'ask-operator']).toContain(errorTable[troubles[0] ?? 'internal'].class);
        return;
      }
      if (outcome === 'lost') await until(() => states.some((state) => state.code === code));
      await until(() => cards.length === 1);
      // Nobody is bothered with what passed by itself.
      if (outcome === 'read') expect(troubles).toEqual([]);
    },
  );

  it('32 for as long as it likes never becomes a reading', async () => {
    const reader = await virtualReader({
      tcpPort: 0,
      delayScale: 0,
      fault: { next: 0x32, times: 'always', on: 'read-text-photo-fingerprint' },
    });
    const { cards, troubles, until, untilState } = watch({ kind: 'tcp', host: '127.0.0.1', port: reader.tcpPort ?? 0 });
    await untilState('ready');
    const reads: string[] = [];
    reader.onCommand(({ command }) => command.startsWith('read-text') && reads.push(command));
    const { image } = await practiceCard('adult-male-zhuang');
    for (let presentation = 1; presentation <= 3; presentation++) {
      reader.lay(image);
      await until(() => troubles.length === presentation);
      reader.lift();
      await untilState('ready');
    }
    expect(cards).toEqual([]);
    // One attempt for each presentation, and no other way to the data was tried.
    expect(reads).toEqual(Array(3).fill('read-text-photo-fingerprint'));
  });
});
