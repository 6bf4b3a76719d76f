import { moduleStatus } from '../../native-bridge/contract/reader-status.ts';
import { printSamNumber } from '../../native-bridge/reader/sam/commands.ts';
import { FrameParser, type SamAnswer } from '../../native-bridge/reader/sam/frames.ts';
import { SeededRandom } from './random.ts';
import {
  heavyStreams,
  randomStream,
  type StreamKind,
  streamKinds,
  trueFrame,
  withTurnedBit,
} from './reader-streams.ts';

/** What a reader may cost in memory, whatever it sends. */
const mostHeldBytes = 8192;
/** After this silence an unfinished frame is forgotten, in milliseconds. */
const silenceMs = 1001;
/** Zeros that outlast the longest frame that may have begun before them. */
const cleanGap = new Uint8Array(7 + 0x090a);
const numberBytes = 16;
const longestData = 0x090a - 4;
/** A driver hands over at most so many bytes at once. */
const largestPiece = 4096;

/** A run's case that broke a promise; its seed and number bring it back. */
export class FuzzFailure extends Error {}

export interface ReaderFuzzResult {
  readonly seed: number;
  readonly frames: number;
  readonly bytes: number;
  readonly answers: number;
  /** True frames that were sent after a silence or a clean gap, all of which were found. */
  readonly found: number;
  /** True frames with one bit turned over, none of which was taken for an answer. */
  readonly refused: number;
  readonly worstHeldBytes: number;
  readonly kinds: Readonly<Record<StreamKind, number>>;
  /** Speed of the parser alone on the random streams. */
  readonly megabytesPerSecond: number;
}

function demand(condition: boolean, message: string): void {
  if (!condition) throw new FuzzFailure(message);
}

/** Sends streams to one parser and keeps account of what it does. */
class ParserUnderTest {
  readonly #parser = new FrameParser();
  readonly #random: SeededRandom;
  #atMs = 0;
  bytes = 0;
  answers = 0;
  worstHeldBytes = 0;
  parsingMs = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** Hands the bytes over in pieces of random size and returns the answers, each of which has been decoded. */
  send(stream: Uint8Array): readonly SamAnswer[] {
    const answers: SamAnswer[] = [];
    const largest = 1 + this.#random.below(largestPiece);
    for (let from = 0; from < stream.length;) {
      const end = from + 1 + this.#random.below(largest);
      answers.push(...this.#push(stream.subarray(from, end)));
      from = end;
    }
    for (const answer of answers) decode(answer);
    this.answers += answers.length;
    return answers;
  }

  fallSilent(): void {
    this.#atMs += silenceMs;
  }

  #push(piece: Uint8Array): readonly SamAnswer[] {
    const began = performance.now();
    const answers = this.#parser.push(piece, this.#atMs);
    this.parsingMs += performance.now() - began;
    this.bytes += piece.length;
    this.worstHeldBytes = Math.max(this.worstHeldBytes, this.#parser.heldBytes);
    demand(this.#parser.heldBytes <= mostHeldBytes, `${this.#parser.heldBytes} bytes are held`);
    return answers;
  }
}

/** What is done with every answer before its content is looked at. */
function decode({ status, data }: SamAnswer): void {
  demand(Number.isInteger(status) && status >= 0 && status <= 0xff, `status ${status}`);
  demand(data.length <= longestData, `${data.length} bytes of data`);
  demand(moduleStatus(status).zh !== '', `status ${status} has no meaning`);
  if (data.length >= numberBytes) demand(/^[\d.-]{36,}$/.test(printSamNumber(data.subarray(0, numberBytes))), 'number');
}

function isAnswerOf(frame: Uint8Array, answer: SamAnswer | undefined): boolean {
  return answer !== undefined && answer.status === frame[9] && Buffer.from(answer.data).equals(frame.subarray(10, -1));
}

/** A true frame after a silence or a clean gap must be the last thing that is heard. Returns how many were sent. */
function demandFound(parser: ParserUnderTest, random: SeededRandom): number {
  const frame = trueFrame(random);
  if (random.below(2) === 0) parser.fallSilent();
  else parser.send(cleanGap);
  demand(isAnswerOf(frame, parser.send(frame).at(-1)), 'a true frame was not found');
  return 1;
}

function demandRefused(parser: ParserUnderTest, random: SeededRandom): number {
  parser.fallSilent();
  const frame = withTurnedBit(trueFrame(random), random);
  demand(!parser.send(frame).some((answer) => isAnswerOf(frame, answer)), 'a damaged frame was taken for an answer');
  parser.fallSilent();
  return 1;
}

/** One true frame is looked for after every so many streams; they cost more than the streams themselves. */
const searchEvery = 4;
const refusalEvery = 16;

/** Sends `frames` random streams, all from `seed`. Throws `FuzzFailure` with the number of the stream that broke it. */
export function fuzzReader(seed: number, frames: number): ReaderFuzzResult {
  const random = new SeededRandom(seed);
  const parser = new ParserUnderTest(random);
  const kinds = Object.fromEntries(streamKinds.map((kind) => [kind, 0])) as Record<StreamKind, number>;
  let [found, refused] = [0, 0];
  for (let number = 0; number < frames; number++) {
    const kind = random.pick(streamKinds);
    kinds[kind] += 1;
    try {
      parser.send(randomStream(kind, random));
      if (number % searchEvery === 0) found += demandFound(parser, random);
      if (number % refusalEvery === 0) refused += demandRefused(parser, random);
    } catch (cause) {
      throw new FuzzFailure(`seed ${seed}, stream ${number} (${kind}): ${String(cause)}`, { cause });
    }
  }
  const { bytes, answers, worstHeldBytes, parsingMs } = parser;
  return {
    seed,
    frames,
    bytes,
    answers,
    found,
    refused,
    worstHeldBytes,
    kinds,
    megabytesPerSecond: bytes / 1000 / parsingMs,
  };
}

/** Megabytes a second of the parser alone on each of the streams that ask most of it, in packets of 62 bytes. */
export function measureHeavyStreams(bytes: number, seed: number): Readonly<Record<string, number>> {
  const packetBytes = 62;
  const streams = Object.entries(heavyStreams(bytes, new SeededRandom(seed)));
  return Object.fromEntries(
    streams.map(([name, stream]) => {
      const parser = new FrameParser();
      const began = performance.now();
      for (let from = 0; from < stream.length; from += packetBytes)
        parser.push(stream.subarray(from, from + packetBytes), 0);
      return [name, stream.length / 1000 / (performance.now() - began)];
    }),
  );
}
