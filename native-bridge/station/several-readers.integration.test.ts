import { afterEach, describe, expect, it } from 'vitest';
import { moduleStatuses } from '../contract/reader-status.ts';
import { StationError } from '../contract/errors.ts';
import type { ReaderAddress } from '../contract/reader.ts';
import type { VirtualReader, VirtualReaderOptions } from '../practice/virtual-reader.ts';
import { endReaders, furtherCommands, practiceCard, virtualReader, watch } from './test-readers.ts';

afterEach(endReaders);

/** A number that no real module bears, one for each reader. */
const samNumber = (last: number) =>
  Uint8Array.from(Buffer.from(`05006300652d3101d3010000${last}0000000`.padEnd(32, '0'), 'hex'));

async function readers(count: number, options: Partial<VirtualReaderOptions> = {}) {
  const started: VirtualReader[] = [];
  for (let index = 1; index <= count; index++) {
    started.push(await virtualReader({ tcpPort: 0, delayScale: 0.2, samNumber: samNumber(index), ...options }));
  }
  const addresses = started.map(({ tcpPort }): ReaderAddress => ({
    kind: 'tcp',
    host: '127.0.0.1',
    port: tcpPort ?? 0,
  }));
  return { started, addresses };
}

const ready = (shown: ReturnType<typeof watch>['shown']) =>
  shown.readers.filter(({ state }) => state === 'ready').length;

describe('four readers at once', () => {
  it('read their own cards, each once, and are told apart by their modules’ numbers', async () => {
    const { started, addresses } = await readers(4);
    const { shown, cards, until } = watch(addresses);
    await until(() => ready(shown) === 4);
    expect(new Set(shown.readers.map(({ samNumber }) => samNumber)).size).toBe(4);
    const people = ['adult-male-zhuang', 'adult-female-han', 'expired-female-zhuang', 'wrong-check-digit'];
    const laid = await Promise.all(people.map((id) => practiceCard(id)));
    laid.forEach(({ image }, index) => started[index]?.lay(image));
    await until(() => cards.length === 4);
    expect(new Set(cards.map(({ fields }) => fields.number))).toEqual(
      new Set(laid.map(({ person }) => person.fields.number)),
    );
    await Promise.all(started.map((reader) => furtherCommands(reader, 4)));
    expect(cards).toHaveLength(4);
  });

  it('go on when one of them is lost, which is shown beside the others', async () => {
    const { started, addresses } = await readers(4);
    const { shown, fleet, cards, until } = watch(addresses);
    await until(() => ready(shown) === 4);
    await started[1]?.unplug();
    await until(() => shown.readers.some(({ state }) => state === 'trouble'));
    expect(ready(shown)).toBe(3);
    expect(fleet.foremost.state).toBe('ready');
    const { image } = await practiceCard('adult-male-zhuang');
    started[2]?.lay(image);
    await until(() => cards.length === 1);
    await started[1]?.plug();
    await until(() => shown.readers.every(({ state }) => state !== 'trouble'));
    expect(shown.readers).toHaveLength(4);
  });
});

describe('one owner for each reader', () => {
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => (error instanceof StationError ? error.code : error),
    );

  it('tells a second caller at once that it is busy, and tests it when it is free', async () => {
    const { started, addresses } = await readers(1);
    const { shown, fleet, until } = watch(addresses);
    await until(() => ready(shown) === 1);
    const served = fleet.service(shown.readers[0]?.id ?? '');
    if (served === undefined) throw new Error('not in service');
    const first = served.service.selfTest();
    expect(await codeOf(served.service.selfTest())).toBe('reader.busy');
    expect(await first).toMatchObject({ samStatus: 0x90, samNumber: shown.readers[0]?.samNumber });
    const { image } = await practiceCard('adult-male-zhuang');
    started[0]?.lay(image);
    await until(() => shown.readers[0]?.state === 'lift-card');
    expect(await codeOf(served.service.selfTest())).toBe('reader.busy');
    started[0]?.lift();
    await until(() => ready(shown) === 1);
    expect((await served.service.selfTest()).roundTripMs).toBeGreaterThan(0);
  });

  it('lets a test that waits go when the reader is lost', async () => {
    const { started, addresses } = await readers(1);
    const { shown, fleet, until } = watch(addresses);
    await until(() => ready(shown) === 1);
    const served = fleet.service(shown.readers[0]?.id ?? '');
    const [code] = await Promise.all([codeOf(served?.service.selfTest() ?? Promise.resolve()), started[0]?.unplug()]);
    expect(['reader.unplugged', 'reader.no-answer']).toContain(code);
  });
});

describe('what a reader remembers of its answers', () => {
  it('is the last twenty, each with its status, and nothing of the cards', async () => {
    const { started, addresses } = await readers(1);
    const { shown, fleet, until } = watch(addresses);
    await until(() => ready(shown) === 1);
    const { person, image } = await practiceCard('adult-female-han');
    for (let presentation = 0; presentation < 3; presentation++) {
      started[0]?.lay(image);
      await until(() => shown.readers[0]?.state === 'lift-card');
      started[0]?.lift();
      await until(() => ready(shown) === 1);
    }
    const statuses = fleet.service(shown.readers[0]?.id ?? '')?.service.statuses ?? [];
    expect(statuses.length).toBeGreaterThan(8);
    expect(statuses.length).toBeLessThanOrEqual(20);
    for (const { status } of statuses) expect(moduleStatuses[status ?? 0]).toBeDefined();
    const text = JSON.stringify(statuses);
    expect(text).not.toContain(person.fields.number);
    expect(text).not.toContain(person.fields.name);
  });
});

describe('fingerprint records', () => {
  it('are asked for once of a module that does not know the command, and the card is read all the same', async () => {
    const { started, addresses } = await readers(1, { variant: { readsFingerprint: false } });
    const { shown, cards, until } = watch(addresses);
    const asked: string[] = [];
    started[0]?.onCommand(({ command }) => asked.push(command));
    const { image } = await practiceCard('adult-male-zhuang');
    for (let presentation = 1; presentation <= 2; presentation++) {
      started[0]?.lay(image);
      await until(() => cards.length === presentation);
      started[0]?.lift();
      await until(() => ready(shown) === 1);
    }
    expect(asked.filter((command) => command === 'read-text-photo-fingerprint')).toHaveLength(1);
    expect(cards.map(({ statusPath }) => statusPath)).toEqual([
      [0x9f, 0x90, 0x21, 0x90],
      [0x9f, 0x90, 0x90],
    ]);
  });

  it('that fail their check leave text and photo valid', async () => {
    const { started, addresses } = await readers(1);
    const { cards, until } = watch(addresses);
    started[0]?.setStatus({ next: 0x37, on: 'read-text-photo-fingerprint' });
    const { image } = await practiceCard('adult-male-zhuang');
    started[0]?.lay(image);
    await until(() => cards.length === 1);
    expect(cards[0]?.fingerprints).toBeUndefined();
    expect(cards[0]?.statusPath).toContain(0x37);
  });
});
