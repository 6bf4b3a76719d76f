/** `npm run accuracy -- --pairs FILE.tsv --images DIR`: measures the face comparison on labelled pairs of pictures. */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { DescriptionEffort } from '../native-bridge/face/describe.ts';
import { createFaceEngine, type FaceEngine } from '../native-bridge/face/face-engine.ts';
import { requireModelFolder } from '../native-bridge/face/model-folder.ts';
import { measuredLimits } from '../native-bridge/face/bands.ts';
import { PackError } from '../native-bridge/face/packs/pack-error.ts';
import { openPack, type RecogniserPack, withRecogniser } from '../native-bridge/face/packs/recogniser-pack.ts';
import { searchFingerprint } from '../native-bridge/face/photo-descriptor.ts';
import type { CrossPairs } from './accuracy/cross-pairs.ts';
import { falseAcceptTable } from './accuracy/false-accept-table.ts';
import { InputError } from './accuracy/input-error.ts';
import { measure, type Measurement } from './accuracy/measure.ts';
import { type Pair, readPairs } from './accuracy/pairs-file.ts';
import { bandsForManifest } from './accuracy/pack-bands.ts';
import { figuresOf, type MeasuredRecogniser, reportOf } from './accuracy/report.ts';
import { searchReport } from './accuracy/search-report.ts';

const usage = `npm run accuracy -- --pairs FILE.tsv --images DIR [--chip-photo | --search | --effort brief|quick|thorough]
    [--cross] [--pack DIR]
    [--out FILE] [--table FILE --name TEXT]
  --pairs       lines of image, image, 1 (same person) or 0, parted by tabs
  --images      the folder that the images' names are relative to; left out, that of the pairs file
  --chip-photo  makes each first image the photo of a card, unless it has a card photo's 102 x 126 pixels already
  --effort      how often each image is read where both are as they are: twice (brief, the same if left out), four or ten times
  --search      describes both images as the search among many does, and shows what it would find (implies --cross)
  --cross       also sets every first image beside every second one of another person
  --pack        measures the recogniser of a model pack instead of the built-in one (docs/model-packs.md)
  --out         where the report goes; left out, test-results/accuracy/
  --table       writes the table of false-accept rates from the crossed pairs (implies --cross)
  --name        names the data set in the table`;

interface Options {
  readonly pairs: string;
  readonly images: string;
  readonly chipPhoto: boolean;
  readonly search: boolean;
  readonly effort: DescriptionEffort;
  readonly cross: boolean;
  readonly pack: string | undefined;
  readonly out: string;
  readonly table: { readonly file: string; readonly name: string } | undefined;
}

function readOptions(argv: readonly string[]): Options {
  const { values } = parseOrExplain(argv);
  if (values.pairs === undefined) throw new InputError(`Say which pairs to measure.\n${usage}`);
  const chipPhoto = values['chip-photo'];
  const { search } = values;
  if (search && chipPhoto) throw new InputError(`The search compares no card photos: leave one of both out.\n${usage}`);
  if ((search || chipPhoto) && values.effort !== undefined)
    throw new InputError(`How often card photos and the search read an image is fixed: leave --effort out.\n${usage}`);
  if (values.table !== undefined && !search && !chipPhoto && values.pack === undefined)
    throw new InputError(`Rates of false accepts are for card photos or the search: add one of both.\n${usage}`);
  const name = `${basename(dirname(resolve(values.pairs)))}${chipPhoto ? '-chip-photo' : search ? '-search' : ''}.txt`;
  return {
    pairs: values.pairs,
    images: resolve(values.images ?? dirname(values.pairs)),
    chipPhoto,
    search,
    effort: search ? 'thorough' : effortOf(values.effort ?? 'brief'),
    cross: values.cross || search || values.table !== undefined,
    pack: values.pack,
    out: values.out ?? join('test-results', 'accuracy', name),
    table: values.table === undefined ? undefined : { file: values.table, name: values.name ?? values.pairs },
  };
}

function parseOrExplain(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    pairs: text,
    images: text,
    pack: text,
    out: text,
    table: text,
    name: text,
    'chip-photo': flag,
    search: flag,
    effort: text,
    cross: flag,
  };
  try {
    return parseArgs({ args: [...argv], options });
  } catch (cause) {
    throw new InputError(`${cause instanceof Error ? cause.message : 'Bad arguments'}\n${usage}`, { cause });
  }
}

function effortOf(name: string): DescriptionEffort {
  if (name === 'brief' || name === 'quick' || name === 'thorough') return name;
  throw new InputError(`The effort ${name} is none of brief, quick and thorough.\n${usage}`);
}

async function demandFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new InputError(`The folder of images ${folder} is not there.`);
}

interface Measured extends MeasuredRecogniser {
  readonly measurement: Measurement;
  readonly pack: RecogniserPack | undefined;
}

async function packOf({ pack }: Options): Promise<RecogniserPack | undefined> {
  if (pack === undefined) return undefined;
  return openPack(resolve(pack)).catch((cause: unknown) => {
    if (!(cause instanceof PackError)) throw cause;
    throw new InputError(`The pack ${pack} cannot be used: ${cause.problem}, ${cause.message}.`, { cause });
  });
}

async function measureAll(pairs: readonly Pair[], options: Options): Promise<Measured> {
  const pack = await packOf(options);
  const builtIn = await createFaceEngine({ modelFolder: await requireModelFolder() });
  const engine = pack === undefined ? builtIn : withRecogniser(builtIn, pack);
  try {
    const measurement = await measureWith(engine, pairs, options);
    const limits = pack === undefined ? measuredLimits : pack.limits;
    return { measurement, pack, limits, fingerprint: engine.fingerprint };
  } finally {
    await pack?.close();
    await builtIn.close();
  }
}

async function measureWith(engine: FaceEngine, pairs: readonly Pair[], options: Options): Promise<Measurement> {
  const { comparison } = engine;
  if (comparison.kind !== 'ready') {
    throw new InputError(`The face model ${comparison.model} cannot be used: ${comparison.problem}.`);
  }
  return measure(engine, pairs, {
    folder: options.images,
    chipPhoto: options.chipPhoto,
    effort: options.effort,
    cross: options.cross,
    onProgress: (done, all) => {
      if (done % 100 === 0 || done === all) console.error(`${done} of ${all} pictures`);
    },
  });
}

async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(resolve(file)), { recursive: true });
  await writeFile(file, text);
}

async function writeTable(
  { file, name }: NonNullable<Options['table']>,
  cross: CrossPairs,
  fingerprint: string,
): Promise<void> {
  if (cross.distances.length === 0) throw new InputError('There are no two people whose pictures could be crossed.');
  const table = falseAcceptTable(cross, { fingerprint, dataSets: [name] });
  await writeWhole(file, `${JSON.stringify(table, undefined, 2)}\n`);
}

function wholeReport(measured: Measured, pairs: number, options: Options): string {
  const { measurement, pack, fingerprint } = measured;
  return [
    ...(options.search ? searchReport(measurement) : []),
    ...(pack ? bandsForManifest(measurement, pack.manifest.metric, fingerprint) : []),
    reportOf(figuresOf(measurement, pairs, options, measured)),
  ].join('\n');
}

async function main(argv: readonly string[]): Promise<void> {
  const options = readOptions(argv);
  const pairs = await readPairs(options.pairs);
  await demandFolder(options.images);
  const measured = await measureAll(pairs, options);
  const { measurement, fingerprint } = measured;
  // What the search gives must not be taken for rates of card photos.
  const tableName = options.search ? searchFingerprint({ fingerprint }) : fingerprint;
  if (options.table && measurement.cross) await writeTable(options.table, measurement.cross, tableName);
  const report = wholeReport(measured, pairs.length, options);
  await writeWhole(options.out, report);
  console.error(`The report is in ${options.out}.`);
  process.stdout.write(report);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
