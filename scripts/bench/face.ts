/**
 * Measures the face engine against the library that its weights come from, in one run, taking turns on the same
 * pictures, what one guidance frame and the bridge process cost, and the search for one face among many. Arguments: picture files, two by two; without them
 * two views each of the two people in the sample pictures.
 */
import { readFile } from 'node:fs/promises';
import { deskFrame, findSitters } from '../../e2e/devices/sitters.ts';
import { decodePicture } from '../../native-bridge/face/decode-picture.ts';
import type { DescriptionEffort, ShownFace } from '../../native-bridge/face/describe.ts';
import { descriptorDistance } from '../../native-bridge/face/descriptor.ts';
import { createFaceEngine, type FaceEngine } from '../../native-bridge/face/face-engine.ts';
import { requireModelFolder } from '../../native-bridge/face/model-folder.ts';
import { PicturePyramid } from '../../native-bridge/face/picture-pyramid.ts';
import { simulateCardPhoto } from '../../native-bridge/face/simulated-card-photo.ts';
import type { RgbImage } from '../../native-bridge/face/types.ts';
import { compareFaces } from '../../native-bridge/face/verify.ts';
import { measureBridgeMemory } from './bridge-memory.ts';
import { benchDuplicateSearch } from './duplicate-search.ts';
import { startPeer } from './face-api-peer.ts';
import { median, quantile } from './quantile.ts';

type Pair = readonly [Uint8Array, Uint8Array];

const rounds = 8;
const warmUp = 1;
/** Each contestant's turn in a round. */
const uncountedMs = 1_000;
const countedMs = 1_500;
const guidanceFrames = 150;

const view = { width: 1280, height: 720, centreX: 640, centreY: 330 } as const;

async function samplePairs(): Promise<Pair[]> {
  const { first, second } = await findSitters(['first', 'second']);
  const views = [first, second].map(async (sitter): Promise<Pair> => {
    const near = await deskFrame(sitter, { ...view, eyeDistance: 150 });
    return [near, await deskFrame(sitter, { ...view, centreX: 600, eyeDistance: 120 })];
  });
  return Promise.all(views);
}

async function givenPairs(files: readonly string[]): Promise<Pair[]> {
  const pictures = await Promise.all(files.map((file) => readFile(file)));
  return pictures.flatMap((picture, index): Pair[] => {
    const next = pictures[index + 1];
    return index % 2 === 0 && next ? [[picture, next]] : [];
  });
}

/**
 * Decode, detect, mesh, readings of the face for both pictures, then the distance of their descriptors. `brief` is what
 * `npm run accuracy` measures for pictures as they are, `quick` what a live frame gets beside a card photo.
 */
async function verify(engine: FaceEngine, pair: Pair, effort: DescriptionEffort): Promise<number> {
  const images: RgbImage[] = [];
  const faces: ShownFace[] = [];
  // The second is decoded while the first is looked at.
  for (const decoding of pair.map((bytes) => decodePicture(bytes))) {
    const image = await decoding;
    images.push(image);
    const [face] = await engine.analyse(image);
    if (face) faces.push({ image, landmarks: face.landmarks });
  }
  const [left, right] = await engine.describeEach(faces, effort);
  for (const image of images) PicturePyramid.release(image);
  return left && right ? descriptorDistance(left, right) : NaN;
}

/** The first picture as a reader would deliver it. */
async function cardPhotoOf(engine: FaceEngine, [first]: Pair): Promise<RgbImage> {
  const image = await decodePicture(first);
  const [face] = await engine.analyse(image);
  if (!face) throw new Error('a picture shows no face');
  return simulateCardPhoto(image, face);
}

/** As the station compares: a card's photo of 102 × 126 pixels with one frame, which is decoded first. */
async function compare(engine: FaceEngine, card: RgbImage, [, live]: Pair): Promise<number> {
  const frame = await decodePicture(live);
  const comparison = await compareFaces(engine, { ...card }, [frame]);
  PicturePyramid.release(frame);
  return comparison.kind === 'compared' ? comparison.distance : NaN;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  const result = await work();
  if (Number.isNaN(result)) throw new Error('a picture shows no face that both find');
  return performance.now() - startedAt;
}

interface Turn {
  readonly peer: number;
  readonly pair: number;
  readonly pairOfFour: number;
  readonly comparison: number;
}

/**
 * The middle one of a turn's times. Whoever waited for the others finds a processor that has to wake up and caches that
 * they filled, which at a desk where guidance runs before a comparison it does not: the first second does not count.
 */
async function turnOf(timeOnce: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  const beginAt = performance.now() + uncountedMs;
  while (performance.now() < beginAt) await timeOnce();
  while (performance.now() < beginAt + countedMs) times.push(await timeOnce());
  return median(times);
}

async function takeTurns(engine: FaceEngine, pairs: readonly Pair[]): Promise<Turn[]> {
  const peer = await startPeer();
  const cards = await Promise.all(pairs.map((pair) => cardPhotoOf(engine, pair)));
  const turns: Turn[] = [];
  for (let round = 0; round < warmUp + rounds; round++) {
    const pair = pairs[round % pairs.length];
    const card = cards[round % pairs.length];
    if (pair === undefined || card === undefined) throw new Error('no pictures');
    const turn = {
      peer: await turnOf(() => peer.verifyMs(...pair)),
      pair: await turnOf(() => timed(() => verify(engine, pair, 'brief'))),
      pairOfFour: await turnOf(() => timed(() => verify(engine, pair, 'quick'))),
      comparison: await turnOf(() => timed(() => compare(engine, card, pair))),
    };
    if (round >= warmUp) turns.push(turn);
  }
  peer.close();
  return turns;
}

/** One stream of frames, each decoded anew as a camera's are. */
async function guide(engine: FaceEngine, jpeg: Uint8Array) {
  const follow = engine.follow();
  const times = { decode: [] as number[], detected: [] as number[], followed: [] as number[] };
  for (let frame = 0; frame < guidanceFrames; frame++) {
    let image: RgbImage = { width: 0, height: 0, data: new Uint8Array() };
    times.decode.push(await timed(async () => void (image = await decodePicture(jpeg))));
    times.followed.push(await timed(() => follow(image)));
    const again = { ...image };
    times.detected.push(await timed(() => engine.analyse(again)));
    PicturePyramid.release(image);
    PicturePyramid.release(again);
  }
  return times;
}

/** Prints the figures and, as the last line, the same as JSON. Shared processors: see the lowest tenth as well. */
export async function benchFace(files: readonly string[]): Promise<void> {
  const pairs = files.length > 0 ? await givenPairs(files) : await samplePairs();
  const { first } = await findSitters(['first']);
  const jpeg = await deskFrame(first, { ...view, eyeDistance: 130 });
  const engine = await createFaceEngine({ modelFolder: await requireModelFolder() });
  const turns = await takeTurns(engine, pairs);
  const frames = await guide(engine, jpeg);
  await engine.close();
  const memory = await measureBridgeMemory(jpeg);
  const of = (name: keyof Turn) => turns.map((turn) => turn[name]);
  const figures = {
    rounds,
    peerPairMs: median(of('peer')),
    pairMs: median(of('pair')),
    pairQuietMs: quantile(of('pair'), 0.1),
    pairRatio: median(turns.map(({ peer, pair }) => peer / pair)),
    pairOfFourMs: median(of('pairOfFour')),
    pairOfFourRatio: median(turns.map(({ peer, pairOfFour }) => peer / pairOfFour)),
    comparisonMs: median(of('comparison')),
    comparisonRatio: median(turns.map(({ peer, comparison }) => peer / comparison)),
    frameDecodeMs: median(frames.decode),
    guidanceFrameMs: median(frames.followed),
    guidanceFrameP95Ms: quantile(frames.followed, 0.95),
    detectedFrameMs: median(frames.detected),
    detectedFrameQuietMs: quantile(frames.detected, 0.1),
    bridgeLoadedMb: memory.loaded,
    bridgeWorkedMb: memory.worked,
    ...benchDuplicateSearch(),
  };
  const rounded = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(2))]));
  console.table(rounded);
  console.log(JSON.stringify(rounded));
}
