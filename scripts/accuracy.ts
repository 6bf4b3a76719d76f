import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bandOf, measuredLimits, type Band } from '../native-bridge/face/bands.ts';
import { decodePicture } from '../native-bridge/face/decode-picture.ts';
import { descriptorDistance } from '../native-bridge/face/descriptor.ts';
import { createFaceEngine, type FaceEngine } from '../native-bridge/face/face-engine.ts';
import { requireModelFolder } from '../native-bridge/face/model-folder.ts';
import { summarise, type PairDistance } from '../native-bridge/face/roc.ts';
import { simulateCardPhoto } from '../native-bridge/face/simulated-card-photo.ts';
import type { FaceGeometry, RgbImage } from '../native-bridge/face/types.ts';
import { describeAtCardResolution } from '../native-bridge/face/verify.ts';

const usage = 'node scripts/accuracy.ts --pairs FILE.tsv --images DIR [--chip-photo] [--cross]';

/** One line of the pairs file: two file names and whether they show the same person. */
interface Pair {
  readonly first: string;
  readonly second: string;
  readonly same: boolean;
}

/** A card photo's descriptor with the resolution that live faces are brought down to. */
interface CardSide {
  readonly descriptor: Float32Array;
  readonly eyeDistance: number;
}

const { values: options } = parseArgs({
  options: {
    pairs: { type: 'string' },
    images: { type: 'string' },
    'chip-photo': { type: 'boolean', default: false },
    cross: { type: 'boolean', default: false },
  },
});

if (options.pairs === undefined || options.images === undefined) {
  console.error(usage);
  process.exit(2);
}

const engine = await createFaceEngine({ modelFolder: await requireModelFolder() });
const pairs = await readPairs(options.pairs);
const measurement = options['chip-photo']
  ? await measureCardPhotos(engine, pairs, resolve(options.images), options.cross)
  : await measureEqualPictures(engine, pairs, resolve(options.images));
await engine.close();
report(measurement.distances, measurement.undetected);

async function readPairs(file: string): Promise<Pair[]> {
  const lines = (await readFile(file, 'utf8')).split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [first, second, same] = line.split('\t');
    if (first === undefined || second === undefined || (same !== '0' && same !== '1')) {
      throw new Error(`not a pair: ${line}`);
    }
    return { first, second, same: same === '1' };
  });
}

interface Measurement {
  readonly distances: readonly PairDistance[];
  /** Pairs left out because one side shows no face that the pipeline finds. */
  readonly undetected: number;
}

async function measureEqualPictures(engine: FaceEngine, pairs: readonly Pair[], folder: string): Promise<Measurement> {
  const descriptors = new Map<string, Float32Array>();
  for (const file of new Set(pairs.flatMap(({ first, second }) => [first, second]))) {
    const image = await decodePicture(await readFile(join(folder, file)));
    const face = await centralFace(engine, image);
    if (face) descriptors.set(file, await engine.describe(image, face));
  }
  return collect(pairs, (pair) => {
    const [left, right] = [descriptors.get(pair.first), descriptors.get(pair.second)];
    return left && right ? descriptorDistance(left, right) : undefined;
  });
}

/** The first picture of each pair becomes a simulated card photo, the second stands for the live frame. */
async function measureCardPhotos(
  engine: FaceEngine,
  pairs: readonly Pair[],
  folder: string,
  cross: boolean,
): Promise<Measurement> {
  const cards = new Map<string, CardSide>();
  const lives = new Map<string, Float32Array>();
  for (const file of new Set(pairs.map((pair) => pair.first))) {
    const card = await cardSide(engine, await decodePicture(await readFile(join(folder, file))));
    if (card) cards.set(file, card);
  }
  // Card photos share one geometry, so one resolution serves all of them and every live face is described once.
  const eyes = [...cards.values()].map((card) => card.eyeDistance).sort((left, right) => left - right);
  const typical = eyes[Math.floor(eyes.length / 2)] ?? 0;
  for (const file of new Set(pairs.map((pair) => pair.second))) {
    const image = await decodePicture(await readFile(join(folder, file)));
    const face = await centralFace(engine, image);
    if (face) lives.set(file, await describeAtCardResolution(engine, image, face, typical));
  }
  return collect(cross ? crossed(pairs) : pairs, (pair) => {
    const [card, live] = [cards.get(pair.first), lives.get(pair.second)];
    return card && live ? descriptorDistance(card.descriptor, live) : undefined;
  });
}

async function cardSide(engine: FaceEngine, image: RgbImage): Promise<CardSide | undefined> {
  const face = await centralFace(engine, image);
  if (!face) return undefined;
  const photo = await simulateCardPhoto(image, face);
  const portrait = await engine.analysePortrait(photo);
  if (portrait.kind === 'no-face') return undefined;
  const descriptor = await engine.describe(photo, portrait.face, 'thorough');
  return { descriptor, eyeDistance: portrait.face.eyeDistance };
}

/** The measured sets put the person that a picture is about in its middle; bystanders may be larger. */
async function centralFace(engine: FaceEngine, image: RgbImage): Promise<FaceGeometry | undefined> {
  const offCentre = ({ box }: FaceGeometry): number =>
    Math.hypot(box.x + (box.width - image.width) / 2, box.y + (box.height - image.height) / 2);
  const faces = await engine.analyse(image, 'still');
  return faces.toSorted((left, right) => offCentre(left) - offCentre(right))[0];
}

function collect(pairs: readonly Pair[], distanceOf: (pair: Pair) => number | undefined): Measurement {
  const distances: PairDistance[] = [];
  for (const pair of pairs) {
    const distance = distanceOf(pair);
    if (distance !== undefined) distances.push({ distance, same: pair.same });
  }
  return { distances, undetected: pairs.length - distances.length };
}

/** The genuine pairs as listed, and every first picture with every second one of another person for impostors. */
function crossed(pairs: readonly Pair[]): Pair[] {
  const impostors: Pair[] = [];
  const firsts = new Set(pairs.map((pair) => pair.first));
  const seconds = new Set(pairs.map((pair) => pair.second));
  for (const first of firsts) {
    for (const second of seconds) if (person(first) !== person(second)) impostors.push({ first, second, same: false });
  }
  return [...pairs.filter((pair) => pair.same), ...impostors];
}

/** `Some_Name_0001.jpg` and `001_neutral.jpg` name the person before the last underscore. */
function person(file: string): string {
  return file.slice(0, file.lastIndexOf('_'));
}

function report(distances: readonly PairDistance[], undetected: number): void {
  const summary = summarise(distances);
  console.log(
    `pairs ${distances.length} (same ${summary.genuine}, different ${summary.impostor}), undetected ${undetected}`,
  );
  console.log(
    `accuracy ${percent(summary.accuracy)} at ${summary.bestLimit.toFixed(3)}, EER ${percent(summary.equalErrorRate)}`,
  );
  for (const { falseAccepts, accepted, limit } of summary.operatingPoints) {
    console.log(`TAR ${percent(accepted)} at FAR ${falseAccepts} (limit ${limit.toFixed(3)})`);
  }
  const bands = bandShares(distances);
  for (const [kind, shares] of Object.entries(bands)) {
    const text = Object.entries(shares).map(([band, share]) => `${band} ${percent(share)}`);
    console.log(`${kind} pairs by band: ${text.join(', ')}`);
  }
  console.log(JSON.stringify({ undetected, ...summary, bands }));
}

/** How the station's own limits sort both kinds of pair. */
function bandShares(distances: readonly PairDistance[]): Record<'genuine' | 'impostor', Record<Band, number>> {
  const shares = (same: boolean): Record<Band, number> => {
    const bands = distances
      .filter((pair) => pair.same === same)
      .map(({ distance }) => bandOf(distance, measuredLimits));
    const share = (band: Band): number => bands.filter((other) => other === band).length / bands.length;
    return { match: share('match'), review: share('review'), 'no-match': share('no-match') };
  };
  return { genuine: shares(true), impostor: shares(false) };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(3)} %`;
}
