import { bandOf, measuredLimits, type Band, type BandLimits } from './bands.ts';
import type { ShownFace } from './describe.ts';
import { descriptorDistance, isNormalDescriptor, meanDescriptor } from './descriptor.ts';
import type { FaceEngine } from './face-engine.ts';
import { falseAcceptRange, type FalseAcceptRange } from './false-accepts.ts';
import { reduceFace } from './reduced-face.ts';
import { softened } from './soften.ts';
import type { FaceGeometry, RgbImage } from './types.ts';

/** Why no distance can be given; none of these says anything about the person. */
export type CannotCompareReason =
  | 'no-face-on-card'
  | 'no-face-in-frame'
  /** The live frames do not all show one person. */
  | 'frames-disagree'
  /** A picture gives numbers that no face gives, for instance because it is corrupt. */
  | 'abnormal-descriptor'
  | 'model-unavailable'
  /** The limits were measured with another model, alignment or averaging. */
  | 'limits-not-measured';

export interface ComparedFaces {
  readonly kind: 'compared';
  /** Between the card's descriptor and the mean of the frames'. */
  readonly distance: number;
  readonly band: Band;
  readonly framesUsed: number;
  /** Largest minus smallest distance of the single frames to the card. */
  readonly spread: number;
  /** How the face was found on the card; by its frame means less sure, and is never a match by itself. */
  readonly cardFace: 'detector' | 'card-frame';
  /** The pipeline that measured; belongs into every record beside the distance. */
  readonly fingerprint: string;
  /** How often strangers are as close; left out when it was not measured with this pipeline. */
  readonly falseAccepts?: FalseAcceptRange;
}

/** A card photo's descriptor with the resolution that live faces are brought down to. */
export interface DescribedCard {
  readonly descriptor: Float32Array;
  /** Distance of the eyes in pixels. */
  readonly eyeDistance: number;
  readonly located: ComparedFaces['cardFace'];
}

export type FaceComparison = ComparedFaces | { readonly kind: 'cannot-compare'; readonly reason: CannotCompareReason };

/** Single frames further apart than this disturb each other more than breathing and blinking explain. */
const maximumSpread = 0.08;

/** Two frames further apart than this show different people; frames of one session lie within about 0.2. */
const samePersonInSession = 0.36;

/** Outliers are dropped beyond the median by twice the median deviation, this many frames given. */
const fewestFramesForOutliers = 4;
/** Deviations smaller than this are noise of the camera. */
const smallestDeviation = 0.01;

/**
 * Compares the photo of an identity card with frames of the person at the desk (one is enough, five or more are
 * better; the largest face of each counts). Never throws for what the pictures show or which models are missing.
 */
export async function compareFaces(
  engine: FaceEngine,
  cardPortrait: RgbImage,
  liveFrames: readonly RgbImage[],
  limits: BandLimits = measuredLimits,
): Promise<FaceComparison> {
  if (engine.comparison.kind !== 'ready') return cannotCompare('model-unavailable');
  if (limits.fingerprint !== engine.fingerprint) return cannotCompare('limits-not-measured');
  const card = await describeCard(engine, cardPortrait);
  if (!card) return cannotCompare('no-face-on-card');
  const frames = await describeFrames(engine, liveFrames, card.eyeDistance);
  if (frames.length === 0) return cannotCompare('no-face-in-frame');
  if (![card.descriptor, ...frames].every(isNormalDescriptor)) return cannotCompare('abnormal-descriptor');
  if (!showOnePerson(frames, limits.session ?? samePersonInSession)) return cannotCompare('frames-disagree');
  return judge(card, frames, limits);
}

/** Describes the photo of an identity card; `undefined` when it shows no face. */
export async function describeCard(engine: FaceEngine, photo: RgbImage): Promise<DescribedCard | undefined> {
  const portrait = await engine.analysePortrait(photo);
  if (portrait.kind === 'no-face') return undefined;
  const descriptor = await engine.describe(softened(photo), portrait.face, 'thorough');
  return { descriptor, eyeDistance: portrait.face.eyeDistance, located: portrait.located };
}

/** A live face's descriptor at the resolution of a card photo whose eyes are `cardEyeDistance` pixels apart. */
export async function describeLive(
  engine: FaceEngine,
  image: RgbImage,
  face: FaceGeometry,
  cardEyeDistance: number,
): Promise<Float32Array> {
  const reduced = reduceFace(image, face.landmarks, cardEyeDistance);
  return engine.describe(reduced.image, reduced);
}

async function describeFrames(
  engine: FaceEngine,
  frames: readonly RgbImage[],
  cardEyeDistance: number,
): Promise<readonly Float32Array[]> {
  const reduced: ShownFace[] = [];
  for (const frame of frames) {
    const [face] = await engine.analyse(frame);
    if (face) reduced.push(reduceFace(frame, face.landmarks, cardEyeDistance));
  }
  return engine.describeEach(reduced);
}

function showOnePerson(frames: readonly Float32Array[], session: number): boolean {
  return frames.every((frame, index) =>
    frames.slice(0, index).every((earlier) => descriptorDistance(frame, earlier) <= session),
  );
}

function judge(card: DescribedCard, frames: readonly Float32Array[], limits: BandLimits): ComparedFaces {
  const used = withoutOutliers(frames);
  const single = used.map((frame) => descriptorDistance(card.descriptor, frame));
  const distance = descriptorDistance(card.descriptor, meanDescriptor(used));
  const spread = Math.max(...single) - Math.min(...single);
  const band = bandOf(distance, limits);
  const isDoubtful = spread > (limits.spread ?? maximumSpread) || card.located === 'card-frame';
  const falseAccepts = falseAcceptRange(distance, limits.fingerprint);
  return {
    kind: 'compared',
    distance,
    band: band === 'match' && isDoubtful ? 'review' : band,
    framesUsed: used.length,
    spread,
    cardFace: card.located,
    fingerprint: limits.fingerprint,
    ...(falseAccepts && { falseAccepts }),
  };
}

/** Leaves out blinks and blur: frames unlike the other frames. The card has no say in it, so nothing is made to fit. */
function withoutOutliers(frames: readonly Float32Array[]): readonly Float32Array[] {
  if (frames.length < fewestFramesForOutliers) return frames;
  const mean = meanDescriptor(frames);
  const deviations = frames.map((frame) => descriptorDistance(frame, mean));
  const middle = median(deviations);
  const typical = Math.max(smallestDeviation, median(deviations.map((deviation) => Math.abs(deviation - middle))));
  return frames.filter((_, index) => (deviations[index] ?? 0) <= middle + 2 * typical);
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

function cannotCompare(reason: CannotCompareReason): FaceComparison {
  return { kind: 'cannot-compare', reason };
}
