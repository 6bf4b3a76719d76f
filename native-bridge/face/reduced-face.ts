import { PicturePyramid } from './picture-pyramid.ts';
import { regionToPicture } from './square-region.ts';
import type { SquareRegion } from './square-region.ts';
import { applySimilarity, invertSimilarity } from './similarity.ts';
import type { Similarity } from './similarity.ts';
import { eyeCentres, eyeDistance, landmarkAt } from './landmarks.ts';
import type { RgbImage } from './types.ts';

/** A face cut out of its picture at another resolution, with the landmarks in the new pixels. */
export interface FaceCutout {
  readonly image: RgbImage;
  readonly landmarks: Float32Array;
}

/** The chip reaches about 1.6 eye distances to every side of the eyes and 2.4 below them; five in all leave a border. */
const cutoutInEyeDistances = 6;
const unchanged = { offset: [0, 0, 0], scale: 1 } as const;

/**
 * Cuts a face out so that its eyes are `targetEyeDistance` pixels apart, by a plain area mean. Used to bring a sharp
 * live face down to the resolution of a card photo; a face that is smaller already keeps its resolution.
 */
export function reduceFace(image: RgbImage, landmarks: Float32Array, targetEyeDistance: number): FaceCutout {
  const distance = eyeDistance(landmarks);
  const edge = Math.round(cutoutInEyeDistances * Math.min(distance, targetEyeDistance));
  const [left, right] = eyeCentres(landmarks);
  const region = {
    centreX: (left.x + right.x) / 2,
    centreY: (left.y + right.y) / 2 + distance / 2,
    size: cutoutInEyeDistances * distance,
    angle: 0,
  };
  return cutRegion(image, landmarks, region, edge);
}

/** Reads a turned square of a picture into a picture of `edge` × `edge` pixels, landmarks alike. */
export function cutRegion(image: RgbImage, landmarks: Float32Array, region: SquareRegion, edge: number): FaceCutout {
  const toPicture = regionToPicture(region, edge);
  const planes = PicturePyramid.of(image).read({ edge, toPicture, normalisation: unchanged });
  return {
    image: { width: edge, height: edge, data: interleave(planes) },
    landmarks: mapLandmarks(landmarks, invertSimilarity(toPicture)),
  };
}

function interleave(planes: Float32Array): Uint8Array {
  const plane = planes.length / 3;
  // Clamped arrays round by themselves; the planes lie within 0..255 already.
  const data = new Uint8ClampedArray(planes.length);
  for (let index = 0, to = 0; index < plane; index++, to += 3) {
    data[to] = planes[index]!;
    data[to + 1] = planes[plane + index]!;
    data[to + 2] = planes[2 * plane + index]!;
  }
  return new Uint8Array(data.buffer);
}

function mapLandmarks(landmarks: Float32Array, mapping: Similarity): Float32Array {
  const mapped = new Float32Array(landmarks.length);
  for (let index = 0; index < landmarks.length / 2; index++) {
    const { x, y } = applySimilarity(mapping, landmarkAt(landmarks, index));
    mapped.set([x, y], 2 * index);
  }
  return mapped;
}
