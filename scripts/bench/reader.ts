/**
 * Measures what the reader layer adds to the time that the bytes of a card need on the wire: from the moment the module
 * sees the card to the text being told. A virtual reader carries the bytes at 115200 baud and works in no time. The peer
 * sends the same three commands one after another, as fast as a program can; both take turns in one run.
 */
import { GOLDEN_REQUESTS } from '../../native-bridge/practice/golden-frames.ts';
import { findPracticePerson, makeDeckCard } from '../../native-bridge/practice/practice-deck.ts';
import { connectTestHost } from '../../native-bridge/practice/test-host.ts';
import { startVirtualReader, type VirtualReader } from '../../native-bridge/practice/virtual-reader.ts';
import { ReaderFleet } from '../../native-bridge/reader/reader-fleet.ts';
import { fleetPlan } from '../../native-bridge/reader/reader-plan.ts';
import { median, quantile } from './quantile.ts';

const noWork = {
  status: 0,
  samNumber: 0,
  reset: 0,
  find: 0,
  findNothing: 0,
  select: 0,
  readTextPhoto: 0,
  readFingerprint: 0,
  readNewestAddress: 0,
  readBodyNumber: 0,
  refuse: 0,
};
const bitsAByte = 10;
const baud = 115_200;
const wireMs = (bytes: number) => (bytes * bitsAByte * 1000) / baud;

/** Bytes on the wire from the answer to find to the last byte of text and photo: answers 15, 19, 1297; requests 10, 10. */
const answerBytes = { find: 15, select: 19, read: 1297 };
const requestBytes = 10;
const bytesAfterFind = answerBytes.find + answerBytes.select + answerBytes.read + 2 * requestBytes;

const person = findPracticePerson('adult-male-zhuang');
if (person === undefined) throw new Error('no practice card');
const card = await makeDeckCard(person);

const start = () => startVirtualReader({ tcpPort: 0, baud, delays: noWork });

/** When the module last saw a card, on this process's clock. */
function foundAt(reader: VirtualReader): () => number {
  let at = 0;
  reader.onCommand(({ command, status }) => {
    if (command === 'find' && status === 0x9f) at = performance.now();
  });
  return () => at;
}

interface Round {
  readonly fromFoundMs: number;
  readonly fromLaidMs: number;
}

async function station() {
  const reader = await start();
  const found = foundAt(reader);
  let told: () => void = () => undefined;
  let lifted: () => void = () => undefined;
  const settings = {
    automatic: false,
    addresses: [{ kind: 'tcp', host: '127.0.0.1', port: reader.tcpPort ?? 0 } as const],
    excludedPorts: [],
  };
  const fleet = new ReaderFleet(fleetPlan(settings), () => ({}), {
    onCard: () => told(),
    onCardTrouble: (code) => {
      throw new Error(code);
    },
    onReaders: (_, { state }) => state === 'ready' && lifted(),
  });
  const inService = new Promise<void>((resolve) => (lifted = resolve));
  fleet.start();
  await inService;
  const round = async (): Promise<Round> => {
    // Anywhere between two looks for a card, as a person lays it.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
    const text = new Promise<void>((resolve) => (told = resolve));
    const gone = new Promise<void>((resolve) => (lifted = resolve));
    const laidAt = performance.now();
    reader.lay(card);
    await text;
    const toldAt = performance.now();
    reader.lift();
    await gone;
    return { fromFoundMs: toldAt - found(), fromLaidMs: toldAt - laidAt };
  };
  return { round, close: async () => (await fleet.stop(), await reader.close()) };
}

async function peer() {
  const reader = await start();
  const found = foundAt(reader);
  const host = await connectTestHost(reader.tcpPort ?? 0);
  const round = async (): Promise<number> => {
    reader.lay(card);
    await host.exchange(GOLDEN_REQUESTS.find, answerBytes.find);
    await host.exchange(GOLDEN_REQUESTS.select, answerBytes.select);
    await host.exchange(GOLDEN_REQUESTS.readFingerprint, answerBytes.read);
    const ms = performance.now() - found();
    reader.lift();
    return ms;
  };
  return { round, close: async () => (host.socket.destroy(), await reader.close()) };
}

/** Prints the figures and, as the last line, the same as JSON. */
export async function benchReader(rounds = 60): Promise<void> {
  const [ours, theirs] = [await station(), await peer()];
  const results: Round[] = [];
  const raw: number[] = [];
  for (let round = 0; round < rounds; round++) {
    results.push(await ours.round());
    raw.push(await theirs.round());
  }
  await Promise.all([ours.close(), theirs.close()]);
  const wire = wireMs(bytesAfterFind);
  const fromFound = results.map(({ fromFoundMs }) => fromFoundMs);
  const fromLaid = results.map(({ fromLaidMs }) => fromLaidMs);
  const figures = {
    rounds,
    wireMs: wire,
    overheadMedianMs: median(fromFound) - wire,
    overheadP95Ms: quantile(fromFound, 0.95) - wire,
    peerOverheadMedianMs: median(raw) - wire,
    ratioToPeer: median(fromFound) / median(raw),
    laidToTextMedianMs: median(fromLaid),
    laidToTextP95Ms: quantile(fromLaid, 0.95),
  };
  const rounded = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(3))]));
  console.table(rounded);
  console.log(JSON.stringify(rounded));
}
