import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StationError } from '../../contract/errors.ts';
import { hex } from '../../practice/smart-card/smart-card.ts';
import { workCard } from '../../practice/smart-card/work-card.ts';
import { PcscReaders } from './pcsc-readers.ts';
import type { CardSession, SlotState, SlotWatcher, SmartCardService } from './smart-card-service.ts';

const reader = 'Test reader';
const empty = (events: number): SlotState => ({ isPresent: false, isMute: false, events });
const holding = (events: number, isMute = false): SlotState => ({ isPresent: true, isMute, events });

/** A service in memory: what `connect` gives can be scripted, and it keeps account of what is open. */
class TestService implements SmartCardService {
  connect = vi.fn(async (_name: string): Promise<CardSession> => this.session());
  stop = vi.fn();
  open = 0;

  session(transmit?: () => Promise<Uint8Array>): CardSession {
    const card = workCard(hex('78563412'));
    this.open++;
    return {
      atr: card.atr,
      transmit: transmit ?? (async (command: Uint8Array) => card.answer(command)),
      close: async () => void this.open--,
    };
  }
}

function watched(early: readonly SlotState[] = []) {
  const service = new TestService();
  const heard: string[] = [];
  const watchers: SlotWatcher[] = [];
  const open = vi.fn(async (watcher: SlotWatcher): Promise<SmartCardService> => {
    watchers.push(watcher);
    for (const slot of early) watcher.changed(reader, slot);
    return service;
  });
  const readers = new PcscReaders(
    {
      onIdentityCard: () => void heard.push('identity'),
      onOtherCard: ({ kind }) => void heard.push(kind),
      onCardTrouble: ({ code }) => void heard.push(code),
      onRemoved: () => void heard.push('removed'),
      onReaders: () => undefined,
    },
    open,
  );
  const change = async (slot: SlotState) => {
    watchers.at(-1)?.changed(reader, slot);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { service, heard, readers, open, change, watcher: () => watchers.at(-1) as SlotWatcher };
}

describe('PcscReaders', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const started = async (early?: readonly SlotState[]) => {
    const all = watched(early);
    all.readers.start();
    await vi.advanceTimersByTimeAsync(0);
    return all;
  };

  it('reads a card once, however often its slot is reported', async () => {
    const { heard, change, service } = await started();
    await change(empty(0));
    for (let time = 0; time < 3; time++) await change(holding(1));
    await change(empty(2));
    expect(heard).toEqual(['work', 'removed']);
    expect(service.open).toBe(0);
  });

  it('notices a card that took another one’s place between two reports', async () => {
    const { heard, change } = await started();
    await change(holding(1));
    await change(holding(3));
    expect(heard).toEqual(['work', 'removed', 'work']);
  });

  it('hears of readers that are told of before the service is handed over', async () => {
    const { heard, readers } = await started([holding(1)]);
    expect(heard).toEqual(['work']);
    expect(readers.state.readers).toMatchObject([{ id: `pcsc:${reader}`, state: 'lift-card', transport: 'pcsc' }]);
  });

  it('asks for a mute card to be turned, and reads it when it answers', async () => {
    const { heard, change } = await started();
    await change(holding(1, true));
    await change(holding(1));
    expect(heard).toEqual(['other-card.unreadable', 'removed', 'work']);
  });

  it('waits while another program looks at the card', async () => {
    const { heard, change, service } = await started();
    service.connect.mockRejectedValueOnce(new StationError('reader.busy'));
    service.connect.mockRejectedValueOnce(new StationError('reader.busy'));
    await change(holding(1));
    await vi.advanceTimersByTimeAsync(1000);
    expect(heard).toEqual(['work']);
    expect(service.connect).toHaveBeenCalledTimes(3);
  });

  it('says so when another program keeps the card', async () => {
    const { heard, change, service, readers } = await started();
    service.connect.mockRejectedValue(new StationError('reader.busy'));
    await change(holding(1));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(heard).toEqual(['reader.busy']);
    expect(readers.state.readers).toMatchObject([{ state: 'trouble', code: 'reader.busy' }]);
  });

  it('gives a connection back that comes when nobody waits for it any more', async () => {
    const { heard, change, service } = await started();
    let connected: (session: CardSession) => void = () => undefined;
    service.connect.mockReturnValueOnce(new Promise((resolve) => (connected = resolve)));
    await change(holding(1));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(heard).toEqual(['reader.no-answer']);
    connected(service.session());
    await vi.advanceTimersByTimeAsync(0);
    expect(service.open).toBe(0);
  });

  it('does not touch a reader that still holds on to the last card', async () => {
    const { heard, change, service } = await started();
    const wedged = {
      ...service.session(() => new Promise(() => undefined)),
      close: () => new Promise<void>(() => undefined),
    };
    service.connect.mockResolvedValueOnce(wedged);
    await change(holding(1));
    await change(empty(2));
    await change(holding(3));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(heard).toEqual(['reader.no-answer', 'removed', 'reader.no-answer']);
    expect(service.connect).toHaveBeenCalledTimes(1);
  });

  it('tells nothing of a reading that ends after its reader was unplugged', async () => {
    const { heard, change, service, watcher, readers } = await started();
    let answer: (bytes: Uint8Array) => void = () => undefined;
    service.connect.mockResolvedValueOnce(service.session(() => new Promise((resolve) => (answer = resolve))));
    await change(holding(1));
    watcher().gone(reader);
    answer(hex('785634129000'));
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toEqual(['removed']);
    expect(readers.state).toEqual({ readers: [] });
    expect(service.open).toBe(0);
  });

  it('looks for a service that does not run until it does', async () => {
    const all = watched();
    all.open.mockRejectedValueOnce(new StationError('reader.pcsc-unavailable'));
    all.open.mockRejectedValueOnce(new StationError('reader.pcsc-unavailable'));
    all.readers.start();
    await vi.advanceTimersByTimeAsync(3000);
    expect(all.readers.state).toEqual({ readers: [], code: 'reader.pcsc-unavailable' });
    await vi.advanceTimersByTimeAsync(3000);
    expect(all.readers.state).toEqual({ readers: [] });
  });

  it('begins anew after the service was lost, and hears nothing more from the old one', async () => {
    const { heard, change, watcher, readers, open } = await started();
    await change(holding(1));
    const old = watcher();
    old.lost();
    old.changed(reader, holding(1));
    expect(heard).toEqual(['work', 'removed']);
    expect(readers.state).toEqual({ readers: [], code: 'reader.pcsc-unavailable' });
    await vi.advanceTimersByTimeAsync(3000);
    expect(open).toHaveBeenCalledTimes(2);
    await change(empty(0));
    expect(readers.state.readers).toHaveLength(1);
  });

  it('does not come back after it was stopped', async () => {
    const { readers, open, watcher, service } = await started();
    watcher().lost();
    await readers.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(open).toHaveBeenCalledTimes(1);
    expect(service.open).toBe(0);
  });

  it('stops although a reader hangs', async () => {
    const { readers, service, change } = await started();
    service.connect.mockReturnValueOnce(new Promise(() => undefined));
    await change(holding(1));
    const stopped = readers.stop();
    await vi.advanceTimersByTimeAsync(1000);
    await stopped;
    expect(service.stop).toHaveBeenCalledTimes(1);
  });
});
