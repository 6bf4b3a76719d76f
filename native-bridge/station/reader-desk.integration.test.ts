import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ErrorCode } from '../contract/errors.ts';
import type { OtherCard } from '../contract/other-card.ts';
import { makeDeckCard, practiceDeck } from '../practice/practice-deck.ts';
import { identityPagesCard, ordinaryIdentityCard } from '../practice/smart-card/identity-cards.ts';
import { hex, type SmartCard } from '../practice/smart-card/smart-card.ts';
import { workCard } from '../practice/smart-card/work-card.ts';
import type { SlotWatcher, SmartCardService } from '../reader/pcsc/smart-card-service.ts';
import type { PresentedCard, PresentingReader } from '../reader/reader-service.ts';
import { systemSerialPorts } from '../reader/transport/serial-link.ts';
import { openStore } from '../store/open-store.ts';
import { sampleKey, temporaryFolder } from '../store/sample-draft.ts';
import { ReaderDesk } from './reader-desk.ts';
import { SettingsDesk } from './settings-desk.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const name = 'Dual-function reader';

/** A smart-card service in memory with one reader, on which the test lays cards. */
class OneReader implements SmartCardService {
  #watcher: SlotWatcher | undefined;
  #card: SmartCard | undefined;
  #events = 0;
  stop = vi.fn();

  open = async (watcher: SlotWatcher): Promise<SmartCardService> => {
    this.#watcher = watcher;
    this.#tell();
    return this;
  };

  lay(card: SmartCard | undefined): void {
    this.#card = card;
    this.#events++;
    this.#tell();
  }

  async connect() {
    const card = this.#card;
    if (card === undefined) throw new Error('no card');
    return {
      atr: card.atr,
      transmit: async (command: Uint8Array) => card.answer(command),
      close: async () => undefined,
    };
  }

  #tell(): void {
    this.#watcher?.changed(name, { isPresent: this.#card !== undefined, isMute: false, events: this.#events });
  }
}

/** What may be behind this machine's own ports is none of a test's business. */
const excludedPorts = (await systemSerialPorts.list().catch(() => [])).map(({ path }) => path);

/** A desk that searches everything but serial ports, with one PC/SC reader. */
function openDesk(folder = temporaryFolder()) {
  const store = openStore({ file: folder.path('station.db'), key: sampleKey });
  const settings = new SettingsDesk(store, store, undefined);
  settings.readers = { automatic: true, addresses: [], excludedPorts };
  const service = new OneReader();
  const heard: { cards: [PresentedCard, PresentingReader][]; others: OtherCard[]; troubles: ErrorCode[] } = {
    cards: [],
    others: [],
    troubles: [],
  };
  let changed: () => void = () => undefined;
  const desk = new ReaderDesk({
    settings,
    ethnicGroups: () => ({ '08': '壮' }),
    stationVersion: 'test',
    dataFolder: folder.path(''),
    decoder: { decode: async () => ({ state: 'pending' }), state: async () => ({ state: 'no-decoder' }) },
    now: () => new Date(),
    openSmartCards: service.open,
    onReaders: () => changed(),
    onCard: (card, reader) => (heard.cards.push([card, reader]), changed()),
    onCardTrouble: (code) => (heard.troubles.push(code), changed()),
    onOtherCard: (card) => (heard.others.push(card), changed()),
    onSelfTest: () => undefined,
  });
  const close = async () => {
    await desk.stop();
    store.close();
  };
  cleanups.push(close);
  desk.start();
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise<void>((resolve) => (changed = resolve));
  };
  return { desk, settings, service, heard, folder, close, until };
}

const [person] = practiceDeck();
if (person === undefined) throw new Error('no practice cards');
const image = await makeDeckCard(person);

describe('a PC/SC reader', () => {
  it('is no identity-card reader until it has read one, and is known as one after a restart', async () => {
    const { desk, service, heard, folder, close, until } = openDesk();
    await until(() => desk.list.some(({ transport }) => transport === 'pcsc'));
    expect(desk.foremost.state).not.toBe('ready');
    service.lay(identityPagesCard(image.text, image.photo));
    await until(() => heard.cards.length === 1);
    const [card, reader] = heard.cards[0] ?? [];
    expect(card?.fields).toMatchObject({ name: '韦试样', ethnicGroup: '壮' });
    expect(card?.photoBlock).toEqual(Uint8Array.from(image.photo));
    expect(reader).toEqual({ transport: 'pcsc', samNumber: undefined, model: name });
    expect(await card?.newestAddress).toBeUndefined();
    expect(desk.foremost).toMatchObject({ state: 'lift-card', address: name });
    service.lay(undefined);
    await until(() => desk.foremost.state === 'ready');
    cleanups.splice(0);
    await close();
    const again = openDesk(folder);
    await again.until(() => again.desk.foremost.state === 'ready');
    expect(again.desk.foremost).toMatchObject({ transport: 'pcsc', address: name });
  });

  it('that cannot read identity cards says which reader is needed', async () => {
    const { service, heard, until } = openDesk();
    service.lay(ordinaryIdentityCard(hex('0102030405060708')));
    await until(() => heard.troubles.length === 1);
    expect(heard.troubles).toEqual(['card.wrong-reader']);
    expect(heard.cards).toEqual([]);
  });

  it('reads other cards without being taken for an identity-card reader', async () => {
    const { desk, service, heard, until } = openDesk();
    service.lay(workCard(hex('78563412')));
    await until(() => heard.others.length === 1);
    expect(heard.others[0]).toMatchObject({ kind: 'work', readerName: name });
    service.lay(undefined);
    await until(() => desk.list.some(({ transport, state }) => transport === 'pcsc' && state === 'ready'));
    expect(desk.foremost.transport).not.toBe('pcsc');
  });

  it('is watched once, whatever settings follow each other, and not at all after a stop', async () => {
    const { desk, settings, service, heard, until } = openDesk();
    await until(() => desk.list.some(({ transport }) => transport === 'pcsc'));
    settings.readers = { automatic: true, addresses: [], excludedPorts };
    await Promise.all([desk.useSettings(), desk.useSettings()]);
    service.lay(workCard(hex('78563412')));
    await until(() => heard.others.length > 0);
    const stopped = service.stop.mock.calls.length;
    const settled = desk.useSettings();
    await desk.stop();
    await settled;
    expect(heard.others).toHaveLength(1);
    expect(service.stop.mock.calls.length).toBeGreaterThan(stopped);
    service.lay(undefined);
    service.lay(workCard(hex('78563412')));
    expect(desk.list).toEqual([]);
    expect(heard.others).toHaveLength(1);
  });

  it('that is excluded by its name is as good as absent', async () => {
    const { desk, settings, service, heard } = openDesk();
    settings.readers = { automatic: true, addresses: [], excludedPorts: [...excludedPorts, name] };
    await desk.useSettings();
    service.lay(workCard(hex('78563412')));
    expect(desk.list).toEqual([]);
    expect(heard.others).toEqual([]);
  });

  it('is not watched any more when the settings say that nothing is to be searched', async () => {
    const { desk, settings, service, until } = openDesk();
    await until(() => desk.list.some(({ transport }) => transport === 'pcsc'));
    settings.readers = { automatic: false, addresses: [], excludedPorts: [] };
    await desk.useSettings();
    expect(service.stop).toHaveBeenCalledOnce();
    expect(desk.list).toEqual([]);
  });
});
