import { readFile } from 'node:fs/promises';
import { decodePicture, PictureError } from '../../native-bridge/face/decode-picture.ts';
import type { DescriptionEffort } from '../../native-bridge/face/describe.ts';
import { descriptorDistance } from '../../native-bridge/face/descriptor.ts';
import type { FaceEngine } from '../../native-bridge/face/face-engine.ts';
import { cardPhotoHeight, cardPhotoWidth, simulateCardPhoto } from '../../native-bridge/face/simulated-card-photo.ts';
import type { FaceGeometry, RgbImage } from '../../native-bridge/face/types.ts';
import { type DescribedCard, describeCard, describeLive } from '../../native-bridge/face/verify.ts';
import { type CrossPairs, crossPairs, type PersonPicture } from './cross-pairs.ts';
import { InputError } from './input-error.ts';
import { type Pair, picturePath } from './pairs-file.ts';
import { peopleOf } from './people.ts';
import type { PairDistance } from './roc.ts';

export interface Measurement {
  /** One for each pair that counts: genuine pairs that could not be compared are infinitely far apart. */
  readonly distances: readonly PairDistance[];
  readonly pictures: number;
  /** Pictures in which no face was found; a card photo's name is that of its picture. */
  readonly notDetected: readonly string[];
  /** Pairs that one of them is part of. */
  readonly notCompared: number;
  /** Every first picture with every second one of another person. */
  readonly cross: CrossPairs | undefined;
}

export interface MeasureOptions {
  readonly folder: string;
  /** First pictures become card photos, unless they are of a card photo's size and so are taken for real ones. */
  readonly chipPhoto: boolean;
  /** How often pictures that are no card photos are read; beside card photos it is what the station does. */
  readonly effort: DescriptionEffort;
  readonly cross: boolean;
  readonly onProgress: (done: number, all: number) => void;
}

type Descriptors = ReadonlyMap<string, Float32Array>;

/** Describes all pictures as the station would and measures the pairs. Throws `InputError`. */
export async function measure(
  engine: FaceEngine,
  pairs: readonly Pair[],
  options: MeasureOptions,
): Promise<Measurement> {
  const [firsts, seconds] = await describeSides(engine, pairs, options);
  const missing = (name: string, side: Descriptors): string[] => (side.has(name) ? [] : [name]);
  const distances = pairs.flatMap((pair) => distanceOf(pair, firsts, seconds));
  if (!distances.some(({ same }) => !same))
    throw new InputError('No pair of two people shows a face on both pictures.');
  const notDetected = pairs.flatMap(({ first, second }) => [...missing(first, firsts), ...missing(second, seconds)]);
  return {
    distances,
    pictures: namesOf(pairs).length,
    notDetected: [...new Set(notDetected)].sort(),
    notCompared: pairs.filter(({ first, second }) => !firsts.has(first) || !seconds.has(second)).length,
    cross: options.cross ? cross(pairs, firsts, seconds) : undefined,
  };
}

async function describeSides(
  engine: FaceEngine,
  pairs: readonly Pair[],
  options: MeasureOptions,
): Promise<readonly [Descriptors, Descriptors]> {
  if (!options.chipPhoto) {
    const all = await describeAll(namesOf(pairs), options, (image) => describeEqual(engine, image, options.effort));
    return [all, all];
  }
  const cards = new Map<string, DescribedCard>();
  const firsts = await describeAll(firstsOf(pairs), options, async (image, name) => {
    const card = await describeCard(engine, await cardPhotoOf(engine, image));
    if (card) cards.set(name, card);
    return card?.descriptor;
  });
  // Card photos share one geometry, so one resolution serves all of them and every live face is described once.
  const eyes = [...cards.values()].map((card) => card.eyeDistance).sort((left, right) => left - right);
  const typical = eyes[Math.floor(eyes.length / 2)] ?? 0;
  const seconds = await describeAll(secondsOf(pairs), options, async (image) => {
    const face = await centralFace(engine, image);
    return face && describeLive(engine, image, face, typical);
  });
  return [firsts, seconds];
}

async function describeEqual(
  engine: FaceEngine,
  image: RgbImage,
  effort: DescriptionEffort,
): Promise<Float32Array | undefined> {
  const face = await centralFace(engine, image);
  return face && engine.describe(image, face, effort);
}

async function cardPhotoOf(engine: FaceEngine, image: RgbImage): Promise<RgbImage> {
  if (image.width === cardPhotoWidth && image.height === cardPhotoHeight) return image;
  const face = await centralFace(engine, image);
  return face ? simulateCardPhoto(image, face) : image;
}

/** The measured sets put the person that a picture is about in its middle; bystanders may be larger. */
async function centralFace(engine: FaceEngine, image: RgbImage): Promise<FaceGeometry | undefined> {
  const offCentre = ({ box }: FaceGeometry): number =>
    Math.hypot(box.x + (box.width - image.width) / 2, box.y + (box.height - image.height) / 2);
  const faces = await engine.analyse(image, 'still');
  return faces.toSorted((left, right) => offCentre(left) - offCentre(right))[0];
}

async function describeAll(
  names: readonly string[],
  { folder, onProgress }: MeasureOptions,
  describe: (image: RgbImage, name: string) => Promise<Float32Array | undefined>,
): Promise<Descriptors> {
  const descriptors = new Map<string, Float32Array>();
  for (const [index, name] of names.entries()) {
    const descriptor = await describe(await readPicture(picturePath(folder, name)), name);
    if (descriptor) descriptors.set(name, descriptor);
    onProgress(index + 1, names.length);
  }
  return descriptors;
}

async function readPicture(file: string): Promise<RgbImage> {
  try {
    return await decodePicture(await readFile(file));
  } catch (cause) {
    const why = cause instanceof PictureError ? `is no picture that can be used (${cause.code})` : 'cannot be read';
    throw new InputError(`The picture ${file} ${why}.`, { cause });
  }
}

function distanceOf({ first, second, same }: Pair, firsts: Descriptors, seconds: Descriptors): PairDistance[] {
  const [left, right] = [firsts.get(first), seconds.get(second)];
  if (left && right) return [{ distance: descriptorDistance(left, right), same }];
  return same ? [{ distance: Number.POSITIVE_INFINITY, same }] : [];
}

function cross(pairs: readonly Pair[], firsts: Descriptors, seconds: Descriptors): CrossPairs {
  const people = peopleOf(pairs);
  const withPerson = (names: readonly string[], side: Descriptors): PersonPicture[] =>
    names.flatMap((name) => {
      const descriptor = side.get(name);
      return descriptor ? [{ person: people.get(name) ?? name, descriptor }] : [];
    });
  return crossPairs(withPerson(firstsOf(pairs), firsts), withPerson(secondsOf(pairs), seconds), descriptorDistance);
}

const firstsOf = (pairs: readonly Pair[]): string[] => [...new Set(pairs.map(({ first }) => first))];
const secondsOf = (pairs: readonly Pair[]): string[] => [...new Set(pairs.map(({ second }) => second))];
const namesOf = (pairs: readonly Pair[]): string[] => [...new Set([...firstsOf(pairs), ...secondsOf(pairs)])];
