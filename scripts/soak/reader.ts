/**
 * Reads cards for a long time and looks at the heap: one reader on a TCP line, served by the station's own fleet, with a
 * card taken away in mid-read, noise on the line and an unplugged reader now and then.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ErrorCode } from '../../native-bridge/contract/errors.ts';
import type { ReaderState } from '../../native-bridge/contract/reader.ts';
import type { CardImage } from '../../native-bridge/practice/card-image.ts';
import { makeDeckCard, practiceDeck } from '../../native-bridge/practice/practice-deck.ts';
import { startVirtualReader, type VirtualReader } from '../../native-bridge/practice/virtual-reader.ts';
import { ReaderFleet } from '../../native-bridge/reader/reader-fleet.ts';
import { fleetPlan } from '../../native-bridge/reader/reader-plan.ts';
import type { PresentedCard } from '../../native-bridge/reader/reader-service.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** How often each misfortune happens, in presentations. */
const every = { liftedInMidRead: 7, noise: 11, unplugged: 500 } as const;

/** Limit of growth between the end of warming up and the end. */
const allowedGrowth = 0.05;

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

class Watch {
  reads = 0;
  readonly troubles = new Map<ErrorCode, number>();
  #last: PresentedCard | undefined;
  #state: ReaderState = { state: 'searching' };
  #changed: () => void = () => undefined;

  readonly onCard = (card: PresentedCard): void => {
    this.reads++;
    this.#last = card;
    this.#changed();
  };
  readonly onCardTrouble = (code: ErrorCode): void => {
    this.troubles.set(code, (this.troubles.get(code) ?? 0) + 1);
    this.#changed();
  };
  readonly onReaders = (_: unknown, state: ReaderState): void => {
    this.#state = state;
    this.#changed();
  };

  get state(): ReaderState['state'] {
    return this.#state.state;
  }

  get lastNumber(): string | undefined {
    return this.#last?.fields.number;
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => (this.#changed = resolve));
  }
}

async function presentOnce(index: number, reader: VirtualReader, card: CardImage, watch: Watch): Promise<void> {
  if (index % every.unplugged === 0) {
    await reader.unplug();
    await watch.until(() => watch.state === 'trouble');
    await reader.plug();
    await watch.until(() => watch.state === 'ready');
  }
  if (index % every.noise === 0) reader.noise(Buffer.from('00ffaaaaaa9669ffff96', 'hex'));
  if (index % every.liftedInMidRead === 0) {
    const before = watch.troubles.get('card.moved') ?? 0;
    reader.liftDuringNextRead();
    reader.lay(card);
    await watch.until(() => (watch.troubles.get('card.moved') ?? 0) > before && watch.state === 'ready');
  }
  const before = watch.reads;
  reader.lay(card);
  await watch.until(() => watch.reads > before && watch.state === 'lift-card');
  reader.lift();
  await watch.until(() => watch.state === 'ready');
}

/** Resolves to whether the heap stayed flat; prints the figures and, as the last line, JSON. */
export async function soakReader(reads: number): Promise<boolean> {
  const reader = await startVirtualReader({ tcpPort: 0, delayScale: 0 });
  const people = practiceDeck();
  const cards = await Promise.all(people.map((person) => makeDeckCard(person)));
  const watch = new Watch();
  const settings = {
    automatic: false,
    addresses: [{ kind: 'tcp', host: '127.0.0.1', port: reader.tcpPort ?? 0 } as const],
    excludedPorts: [],
  };
  const fleet = new ReaderFleet(fleetPlan(settings), () => ({}), watch, { findMs: 1, removalMs: 1 });
  fleet.start();
  await watch.until(() => watch.state === 'ready');
  const readable = cards.filter((_, index) => (people[index]?.id ?? '').startsWith('adult'));
  const warmUp = Math.ceil(reads / 5);
  const heaps: number[] = [];
  const startedAt = performance.now();
  for (let index = 1; index <= reads; index++) {
    const card = readable[index % readable.length];
    if (card === undefined) throw new Error('no cards');
    await presentOnce(index, reader, card, watch);
    if (index === warmUp || (index > warmUp && index % Math.ceil(reads / 20) === 0)) heaps.push(heapBytes());
  }
  await fleet.stop();
  await reader.close();
  const [first = NaN] = heaps;
  const growth = ((heaps.at(-1) ?? NaN) - first) / first;
  const isFlat = growth <= allowedGrowth && watch.reads === reads;
  const troubles = Object.fromEntries(watch.troubles);
  console.log(
    JSON.stringify({
      presentations: reads,
      reads: watch.reads,
      troubles,
      seconds: Math.round((performance.now() - startedAt) / 1000),
      heapMegabytes: heaps.map((bytes) => Number((bytes / 1e6).toFixed(2))),
      growth: Number(growth.toFixed(4)),
      isFlat,
    }),
  );
  return isFlat;
}
