/**
 * `npm run fuzz -- reader --frames 1000000 [--seed N]`: sends random bytes to the parser of the readers' protocol and
 * demands that it never throws, holds little, finds every true frame again and refuses damaged ones. The last line is JSON.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { FuzzFailure, fuzzReader, measureHeavyStreams, type ReaderFuzzResult } from './fuzz/reader-fuzz.ts';

const usage = 'npm run fuzz -- reader [--frames N] [--seed N]';

/** Enough bytes that a cost which grows with their square would show against the smaller number. */
const [fewBytes, manyBytes] = [1_000_000, 16_000_000];

interface Wanted {
  readonly frames: number;
  readonly seed: number;
}

function readArguments(): Wanted | undefined {
  const options = { frames: { type: 'string', default: '1000000' }, seed: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [frames, seed] = [Number(values.frames), Number(values.seed ?? randomInt(2 ** 32))];
  const isWell = positionals.join() === 'reader' && Number.isInteger(frames) && frames > 0 && Number.isInteger(seed);
  return isWell ? { frames, seed } : undefined;
}

const rounded = (figures: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, Math.round(figure * 10) / 10]));

function report(result: ReaderFuzzResult): void {
  const [few, many] = [fewBytes, manyBytes].map((bytes) => rounded(measureHeavyStreams(bytes, result.seed)));
  console.log(`seed ${result.seed}: ${result.frames} streams, ${result.bytes} bytes, ${result.answers} answers`);
  console.log(`${result.found} true frames found again, ${result.refused} damaged ones refused`);
  console.log(`at most ${result.worstHeldBytes} bytes held, ${result.megabytesPerSecond.toFixed(1)} MB/s`);
  console.log(`MB/s on ${fewBytes / 1e6} MB: ${JSON.stringify(few)}`);
  console.log(`MB/s on ${manyBytes / 1e6} MB: ${JSON.stringify(many)}`);
  console.log(JSON.stringify({ ok: true, ...result, heavyMegabytesPerSecond: { few, many } }));
}

const wanted = readArguments();
if (wanted === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    report(fuzzReader(wanted.seed, wanted.frames));
  } catch (error) {
    if (!(error instanceof FuzzFailure)) throw error;
    console.error(error);
    console.log(JSON.stringify({ ok: false, ...wanted, message: error.message }));
    process.exitCode = 1;
  }
}
