import { eyeCentres, landmarkAt } from '../landmarks.ts';
import { PicturePyramid } from '../picture-pyramid.ts';
import { fitSimilarity, invertSimilarity } from '../similarity.ts';
import type { Point, RgbImage } from '../types.ts';
import type { PackManifest } from './pack-manifest.ts';

/** Where ArcFace and what follows it put eyes, nose tip and mouth corners in a picture of 112 × 112 pixels. */
const arcfacePoints: readonly (readonly [number, number])[] = [
  [38.2946, 51.6963],
  [73.5318, 51.5014],
  [56.0252, 71.7366],
  [41.5493, 92.3655],
  [70.7299, 92.2041],
];
const arcfaceEdge = 112;

const [noseTip, leftMouthCorner, rightMouthCorner] = [30, 48, 54];
/** Brows, nose, eyes and mouth; the jaw is left out. */
const firstInnerLandmark = 17;
const innerLandmarks = 51;

function template({ alignment, input: { edge } }: PackManifest): Point[] {
  const scale = alignment === 'arcface-5' ? edge / arcfaceEdge : 1;
  const points = alignment === 'arcface-5' ? arcfacePoints : alignment.points;
  return points.map(([x, y]) => ({ x: x * scale, y: y * scale }));
}

function positionsOf(landmarks: Float32Array, count: number): Point[] {
  if (count === innerLandmarks)
    return Array.from({ length: innerLandmarks }, (_, index) => landmarkAt(landmarks, firstInnerLandmark + index));
  const others = [noseTip, leftMouthCorner, rightMouthCorner].map((landmark) => landmarkAt(landmarks, landmark));
  return [...eyeCentres(landmarks), ...others];
}

/** The face turned upright and cut as the pack wants it: three planes in its order of channels, normalised. */
export function cutPackChip(image: RgbImage, landmarks: Float32Array, manifest: PackManifest): Float32Array {
  const { edge, channels, mean, scale } = manifest.input;
  const targets = template(manifest);
  const toPicture = invertSimilarity(fitSimilarity(positionsOf(landmarks, targets.length), targets));
  const [first, second, third] = mean;
  // Planes are read as red, green, blue; means are given in the order of the channels.
  const offset = channels === 'RGB' ? mean : ([third, second, first] as const);
  const planes = PicturePyramid.of(image).read({ edge, toPicture, normalisation: { offset, scale } });
  return channels === 'RGB' ? planes : reversedPlanes(planes);
}

function reversedPlanes(planes: Float32Array): Float32Array {
  const plane = planes.length / 3;
  const reversed = new Float32Array(planes.length);
  for (let channel = 0; channel < 3; channel++) {
    reversed.set(planes.subarray(channel * plane, (channel + 1) * plane), (2 - channel) * plane);
  }
  return reversed;
}
