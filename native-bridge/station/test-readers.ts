import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ErrorCode } from '../contract/errors.ts';
import type { ListedReader, ReaderAddress, ReaderState } from '../contract/reader.ts';
import { findPracticePerson, makeDeckCard } from '../practice/practice-deck.ts';
import { startVirtualReader, type VirtualReader, type VirtualReaderOptions } from '../practice/virtual-reader.ts';
import { ReaderFleet } from '../reader/reader-fleet.ts';
import { fleetPlan } from '../reader/reader-plan.ts';
import type { PresentedCard } from '../reader/reader-service.ts';
import type { ByteLink } from '../reader/transport/byte-link.ts';
import { type SerialPorts, systemSerialPorts } from '../reader/transport/serial-link.ts';

/* Virtual readers on real lines, and a fleet that serves them: for the tests of the reader layer. */

type Cleanup = () => unknown;
const cleanups: Cleanup[] = [];

/** Ends what a test began, the newest first; to be called after each test. */
export async function endReaders(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

export const socat = '/usr/bin/socat';

/** A pair of pseudo-terminals joined back to back: a serial cable with two ends. */
export async function serialCable(): Promise<{ station: string; reader: string; cut: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-pty-'));
  const [station, reader] = [join(folder, 'station'), join(folder, 'reader')];
  const cable: ChildProcess = spawn(socat, [`pty,raw,echo=0,link=${station}`, `pty,raw,echo=0,link=${reader}`]);
  cleanups.push(() => {
    cable.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  while (!existsSync(station) || !existsSync(reader)) await pause(10);
  return { station, reader, cut: () => cable.kill() };
}

export async function virtualReader(options: VirtualReaderOptions): Promise<VirtualReader> {
  const reader = await startVirtualReader(options);
  cleanups.push(() => reader.close());
  return reader;
}

/** Lets the station send so many further commands; while a card lies there it sends one every 250 ms. */
export async function furtherCommands(reader: VirtualReader, count: number): Promise<void> {
  let left = count;
  await new Promise<void>((resolve) => {
    const ignore = reader.onCommand(() => {
      if (--left > 0) return;
      ignore();
      resolve();
    });
  });
}

/**
 * More than two of the intervals at which the station looks for a card, and one command more than the four of a second
 * read (find, select, read, newest address), so that the station has that read behind it.
 */
export const whileItLies = (reader: VirtualReader) => furtherCommands(reader, 5);

/** Ports that carry bytes at one speed only, as a wire does and a pseudo-terminal does not. */
export function portsAt(speed: number, opened: number[]): SerialPorts {
  const deaf = (link: ByteLink): ByteLink => ({ ...link, write: async () => undefined, onBytes: () => undefined });
  const open = async (path: string, baudRate: number) => {
    const link = await systemSerialPorts.open(path, baudRate);
    opened.push(baudRate);
    return baudRate === speed ? link : deaf(link);
  };
  return { list: () => systemSerialPorts.list(), open };
}

/** A fleet and what it has told so far; `until` waits for the next thing that fits. */
export function watch(addresses: ReaderAddress | readonly ReaderAddress[], ports: SerialPorts = systemSerialPorts) {
  const states: ReaderState[] = [];
  const cards: PresentedCard[] = [];
  const troubles: ErrorCode[] = [];
  const shown: { readers: readonly ListedReader[]; foremost: ReaderState } = {
    readers: [],
    foremost: { state: 'searching' },
  };
  let changed: () => void = () => undefined;
  const settings = { automatic: false, addresses: [addresses].flat(), excludedPorts: [] };
  const fleet = new ReaderFleet(fleetPlan(settings, [], ports), () => ({ '08': '壮', '01': '汉' }), {
    onReaders: (readers, foremost) => (states.push(foremost), Object.assign(shown, { readers, foremost }), changed()),
    onCard: (card) => (cards.push(card), changed()),
    onCardTrouble: (code) => (troubles.push(code), changed()),
  });
  cleanups.push(() => fleet.stop());
  fleet.start();
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise<void>((resolve) => (changed = resolve));
  };
  const untilState = (state: ReaderState['state']) => until(() => fleet.foremost.state === state);
  return { fleet, states, cards, troubles, shown, until, untilState };
}

export const practiceCard = async (id: string) => {
  const person = findPracticePerson(id);
  if (person === undefined) throw new Error(`no practice card ${id}`);
  return { person, image: await makeDeckCard(person) };
};
