import { encodeRequest } from '../../native-bridge/reader/sam/frames.ts';
import type { SeededRandom } from './random.ts';

/** Sizes of the data in the answers that a module gives: none, find, select, number, address, text and photo, prints. */
const dataSizes = [0, 0, 0, 4, 4, 8, 16, 16, 70, 280, 1284, 1286, 2310] as const;

const preamble = Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69);
const headBytes = 7;

/** An answer as a module gives it: like a request whose command and parameter are 0, with the status as first data. */
export const trueFrame = (random: SeededRandom): Uint8Array =>
  encodeRequest(0, 0, Uint8Array.of(random.below(256), ...random.bytes(random.pick(dataSizes))));

/** The same bytes with one bit of body or check byte turned over. */
export function withTurnedBit(frame: Uint8Array, random: SeededRandom): Uint8Array {
  const turned = Uint8Array.from(frame);
  const at = headBytes + random.below(frame.length - headBytes);
  turned[at] = (turned[at] ?? 0) ^ (1 << random.below(8));
  return turned;
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

function repeated(unit: Uint8Array, times: number): Uint8Array {
  return new Uint8Array(Buffer.alloc(unit.length * times, unit));
}

function mutated(random: SeededRandom): Uint8Array {
  const bytes = trueFrame(random);
  for (let count = 1 + random.below(4); count > 0; count--) bytes[random.below(bytes.length)] = random.below(256);
  return bytes;
}

function cut(random: SeededRandom): Uint8Array {
  const frame = trueFrame(random);
  const from = random.below(frame.length);
  return frame.subarray(from, from + random.below(frame.length - from + 1));
}

/** Preamble and a length of which most are none that an answer has. */
const hugeLength = (random: SeededRandom): Uint8Array =>
  joined(preamble, random.bytes(2), random.bytes(random.below(200)));

/** Bytes that begin a frame over and over; the last one announces the longest frame each time. */
function flood(random: SeededRandom): Uint8Array {
  const unit = random.pick([
    Uint8Array.of(0xaa),
    preamble,
    joined(preamble, Uint8Array.of(0)),
    joined(preamble, Uint8Array.of(0x09, 0x0a)),
  ]);
  return repeated(unit, 1 + random.below(300));
}

const streams = {
  noise: (random) => random.bytes(random.below(600)),
  true: trueFrame,
  mutated,
  cut,
  merged: (random) => joined(cut(random), trueFrame(random), trueFrame(random)),
  duplicated: (random) => repeated(trueFrame(random), 2),
  'huge length': hugeLength,
  flood,
} satisfies Record<string, (random: SeededRandom) => Uint8Array>;

export type StreamKind = keyof typeof streams;
export const streamKinds = Object.keys(streams) as [StreamKind, ...StreamKind[]];

export const randomStream = (kind: StreamKind, random: SeededRandom): Uint8Array => streams[kind](random);

/** Streams of about `bytes` bytes that ask most of a parser, for measuring its speed. */
export function heavyStreams(bytes: number, random: SeededRandom): Readonly<Record<string, Uint8Array>> {
  const fill = (unit: Uint8Array) => repeated(unit, Math.ceil(bytes / unit.length));
  return {
    AA: fill(Uint8Array.of(0xaa)),
    preambles: fill(preamble),
    'longest frames begun': fill(joined(preamble, Uint8Array.of(0x09, 0x0a))),
    noise: fill(random.bytes(65_536)),
    'true frames': fill(trueFrame(random)),
  };
}
