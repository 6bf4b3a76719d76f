import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { PRACTICE_ADDRESS } from '../practice/practice-person.ts';
import type { VirtualReaderOptions } from '../practice/virtual-reader.ts';
import {
  endReaders,
  furtherCommands,
  portsAt,
  practiceCard,
  serialCable,
  socat,
  virtualReader,
  watch,
  whileItLies,
} from './test-readers.ts';

afterEach(endReaders);

describe.each(['tcp', 'serial'] as const)('a reader on a %s line', (kind) => {
  async function line(options: Partial<VirtualReaderOptions> = {}) {
    if (kind === 'tcp') {
      const reader = await virtualReader({ tcpPort: 0, delayScale: 0.2, ...options });
      return { reader, address: { kind, host: '127.0.0.1', port: reader.tcpPort ?? 0 } as const };
    }
    if (!existsSync(socat)) throw new Error('socat is missing: the set-up installs it (apt-get install socat)');
    const cable = await serialCable();
    const reader = await virtualReader({ serialPath: cable.reader, delayScale: 0.2, ...options });
    return { reader, address: { kind, path: cable.station } as const };
  }

  it('is found, reads a card once for each presentation and sees it lifted', async () => {
    const { reader, address } = await line();
    const { fleet, cards, untilState, until } = watch(address);
    await untilState('ready');
    expect(fleet.foremost).toMatchObject({ transport: kind, samNumber: '05.99-20000101-0000000467-0000000467' });
    const { person, image } = await practiceCard('adult-male-zhuang');
    reader.lay(image);
    await untilState('lift-card');
    expect(cards).toHaveLength(1);
    expect(cards[0]?.fields).toMatchObject({
      name: person.fields.name,
      number: person.fields.number,
      ethnicGroup: '壮',
    });
    expect(cards[0]?.photoBlock).toEqual(new Uint8Array(image.photo));
    await whileItLies(reader);
    expect(cards).toHaveLength(1);
    reader.lift();
    await untilState('ready');
    reader.lay(image);
    await until(() => cards.length > 1);
    await whileItLies(reader);
    expect(cards).toHaveLength(2);
  });

  it('gives the newest address beside the printed one', async () => {
    const { reader, address } = await line();
    const { cards, until } = watch(address);
    const { person, image } = await practiceCard('adult-female-han');
    reader.lay(image);
    await until(() => cards.length === 1);
    expect(await cards[0]?.newestAddress).toBe(person.newestAddress);
    expect(cards[0]?.fields).toMatchObject({ address: PRACTICE_ADDRESS });
  });

  it('says that a card was taken away too early and reads it when it is laid again', async () => {
    const { reader, address } = await line();
    const { cards, troubles, until, untilState } = watch(address);
    await untilState('ready');
    const { image } = await practiceCard('adult-male-zhuang');
    reader.liftDuringNextRead();
    reader.lay(image);
    await until(() => troubles.length > 0);
    expect(troubles[0]).toBe('card.moved');
    expect(cards).toHaveLength(0);
    reader.lay(image);
    await until(() => cards.length === 1);
  });

  it('survives garbage between answers', async () => {
    const { reader, address } = await line();
    const { cards, until, untilState } = watch(address);
    await untilState('ready');
    reader.noise(Buffer.from('00ffaaaaaa9669000400aaaaaa96', 'hex'));
    const { image } = await practiceCard('adult-male-zhuang');
    reader.lay(image);
    await until(() => cards.length === 1);
  });

  it('is lost when unplugged and back in service when plugged in, without a restart', async () => {
    const { reader, address } = await line();
    const { fleet, cards, until, untilState } = watch(address);
    await untilState('ready');
    await reader.unplug();
    await untilState('trouble');
    expect(['reader.unplugged', 'reader.no-answer', 'reader.not-found']).toContain(fleet.foremost.code);
    await reader.plug();
    await untilState('ready');
    const { image } = await practiceCard('adult-male-zhuang');
    reader.lay(image);
    await until(() => cards.length === 1);
  });

  it.each([
    [{ notAuthorised: true }, 'reader.not-authorised'],
    [{ selfTestFails: true }, 'reader.self-test-failed'],
  ] as const)('shows a module that cannot work: %o', async (fault, code) => {
    const { reader, address } = await line();
    reader.setStatus(fault);
    const { until, fleet } = watch(address);
    await until(() => fleet.foremost.code === code);
    reader.setStatus({});
    await until(() => fleet.foremost.state === 'ready');
  });

  it.each([
    [0x32, 'card.refused-by-module'],
    [0x33, 'card.signature-failed'],
    [0x40, 'card.not-recognised'],
  ] as const)('never reads on when the module refuses the card (%i)', async (status, code) => {
    const { reader, address } = await line();
    const { cards, troubles, until, untilState } = watch(address);
    await untilState('ready');
    reader.setStatus({ next: status, on: 'read-text-photo-fingerprint' });
    const { image } = await practiceCard('adult-male-zhuang');
    reader.lay(image);
    await until(() => troubles.length > 0 || cards.length > 0);
    expect(cards).toHaveLength(0);
    expect(troubles).toEqual([code]);
  });

  it.each([0x32, 0x33])('reports a suspected forgery (%i) once for each presentation', async (status) => {
    const { reader, address } = await line();
    const { cards, troubles, until, untilState } = watch(address);
    await untilState('ready');
    const refuse = () => reader.setStatus({ next: status, on: 'read-text-photo-fingerprint' });
    const accept = reader.onCommand(refuse);
    refuse();
    const { image } = await practiceCard('adult-male-zhuang');
    reader.lay(image);
    await until(() => troubles.length > 0);
    // One command every 250 ms: the card lies there for 3 s.
    await furtherCommands(reader, 12);
    expect(troubles).toHaveLength(1);
    reader.lift();
    await untilState('ready');
    reader.lay(image);
    await until(() => troubles.length > 1);
    await whileItLies(reader);
    expect(troubles).toHaveLength(2);
    expect(cards).toHaveLength(0);
    accept();
    reader.setStatus({});
    reader.lift();
    await untilState('ready');
    reader.lay(image);
    await until(() => cards.length === 1);
  });

  it('reports a suspected forgery once although one find in between does not see the card', async () => {
    const { reader, address } = await line();
    const { troubles, until, untilState } = watch(address);
    await untilState('ready');
    reader.setStatus({ next: 0x32, on: 'read-text-photo-fingerprint' });
    const { image } = await practiceCard('adult-male-zhuang');
    reader.lay(image);
    await until(() => troubles.length > 0);
    reader.setStatus({ next: 0x80, on: 'find' });
    await whileItLies(reader);
    reader.setStatus({ next: 0x32, on: 'read-text-photo-fingerprint' });
    await whileItLies(reader);
    expect(troubles).toHaveLength(1);
  });
});

describe('a module at 9600 baud', () => {
  it('reads a card over TCP, where the answers come at the pace of 9600 baud', async () => {
    const reader = await virtualReader({ tcpPort: 0, baud: 9600 });
    const { cards, until } = watch({ kind: 'tcp', host: '127.0.0.1', port: reader.tcpPort ?? 0 });
    const { image } = await practiceCard('adult-male-zhuang');
    reader.lay(image);
    await until(() => cards.length === 1);
  });

  it('reads a card over a pty, where the answers come at that pace but any speed is understood', async () => {
    const cable = await serialCable();
    const reader = await virtualReader({ serialPath: cable.reader, baud: 9600 });
    const { cards, until } = watch({ kind: 'serial', path: cable.station });
    const { image } = await practiceCard('adult-male-zhuang');
    reader.lay(image);
    await until(() => cards.length === 1);
  });

  it('is found by its speed on a pty that the test makes deaf at all others, and reads a card there', async () => {
    const cable = await serialCable();
    const reader = await virtualReader({ serialPath: cable.reader, baud: 9600 });
    const opened: number[] = [];
    const { cards, until, untilState } = watch({ kind: 'serial', path: cable.station }, portsAt(9600, opened));
    await untilState('ready');
    expect(opened).toEqual([115_200, 9600]);
    const { image } = await practiceCard('adult-male-zhuang');
    reader.lay(image);
    await until(() => cards.length === 1);
  });
});

describe('no reader', () => {
  it('is a state with a code, not an error', async () => {
    const { fleet, untilState } = watch({ kind: 'serial', path: join(tmpdir(), 'no-such-port') });
    await untilState('trouble');
    expect(fleet.foremost.code).toBe('reader.not-found');
  });
});
