import { landmarkAt } from './landmarks.ts';
import type { ResampleTarget } from './resample.ts';
import { fitSimilarity, invertSimilarity } from './similarity.ts';
import type { Similarity } from './similarity.ts';
import type { Point } from './types.ts';

/** Edge of a face chip in pixels and the share of the face's width left free on every side, as the net was trained. */
export const chipEdge = 150;
const padding = 0.25;

/** Names the alignment; limits of distance are measured for it and hold for no other. */
export const alignmentName = 'similarity-150-0.25';

// The mean face in a unit square that the net's training chips were aligned to (dlib's), landmarks 17 to 67.
const firstMeanLandmark = 17;
const meanX: readonly number[] = [
  ...[0.000213256, 0.0752622, 0.18113, 0.29077, 0.393397, 0.586856, 0.689483, 0.799124, 0.904991, 0.98004],
  ...[0.490127, 0.490127, 0.490127, 0.490127, 0.36688, 0.426036, 0.490127, 0.554217, 0.613373],
  ...[0.121737, 0.187122, 0.265825, 0.334606, 0.260918, 0.182743],
  ...[0.645647, 0.714428, 0.793132, 0.858516, 0.79751, 0.719335],
  ...[0.254149, 0.340985, 0.428858, 0.490127, 0.551395, 0.639268, 0.726104, 0.642159, 0.556721, 0.490127],
  ...[0.423532, 0.338094, 0.290379, 0.428096, 0.490127, 0.552157, 0.689874, 0.553364, 0.490127, 0.42689],
];
const meanY: readonly number[] = [
  ...[0.106454, 0.038915, 0.0187482, 0.0344891, 0.0773906, 0.0773906, 0.0344891, 0.0187482, 0.038915, 0.106454],
  ...[0.203352, 0.307009, 0.409805, 0.515625, 0.587326, 0.609345, 0.628106, 0.609345, 0.587326],
  ...[0.216423, 0.178758, 0.179852, 0.231733, 0.245099, 0.244077],
  ...[0.231733, 0.179852, 0.178758, 0.216423, 0.244077, 0.245099],
  ...[0.780233, 0.745405, 0.727388, 0.742578, 0.727388, 0.745405, 0.780233, 0.864805, 0.902192, 0.909281],
  ...[0.902192, 0.864805, 0.784792, 0.778746, 0.785343, 0.778746, 0.784792, 0.824182, 0.831803, 0.824182],
];

/** Brows (17–26) and the lower outer lip (55–59) move with the expression and are left out of the fit. */
const fittedLandmarks: readonly number[] = [
  ...Array.from({ length: 28 }, (_, index) => 27 + index),
  ...Array.from({ length: 8 }, (_, index) => 60 + index),
];

const chipPositions: readonly Point[] = fittedLandmarks.map((landmark) => ({
  x: chipPosition(meanX[landmark - firstMeanLandmark] ?? 0),
  y: chipPosition(meanY[landmark - firstMeanLandmark] ?? 0),
}));

function chipPosition(unit: number): number {
  return ((padding + unit) / (1 + 2 * padding)) * chipEdge;
}

/** The similarity that carries chip positions, 0..150, to the picture. */
export function chipToPicture(landmarks: Float32Array): Similarity {
  const positions = fittedLandmarks.map((landmark) => landmarkAt(landmarks, landmark));
  return invertSimilarity(fitSimilarity(positions, chipPositions));
}

/** Where and how to read a face from its picture: turned upright and scaled to a chip of 150 × 150, in one step. */
export function chipTarget(landmarks: Float32Array): Pick<ResampleTarget, 'edge' | 'toPicture'> {
  return { edge: chipEdge, toPicture: chipToPicture(landmarks) };
}
