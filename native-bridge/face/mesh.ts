import type { Detection } from './detection.ts';
import { modelCatalogue } from './model-catalogue.ts';
import { requireOutput } from './net.ts';
import type { Net } from './net.ts';
import type { PicturePyramid } from './picture-pyramid.ts';
import type { Rgb } from './resample.ts';
import { similarityScale } from './similarity.ts';
import { regionToPicture } from './square-region.ts';
import type { SquareRegion } from './square-region.ts';

const { shape, normalisation } = modelCatalogue.facemesh.input;
export const meshEdge = shape[3];
export const meshPointCount = 468;

/** The crop reaches half as far again as the face's box, the margin that the mesh net was trained with. */
const cropMargin = 1.5;
const outerEyeCorners = { left: 33, right: 263 } as const;

export interface FaceMesh {
  /** 468 points as x, y, z triples in pixels of the picture. */
  readonly points: Float32Array;
  /** The net's own opinion that the crop shows a face, 0..1. */
  readonly confidence: number;
}

/**
 * Places the mesh in a crop around each detection, then once more in a crop around the first result: the second crop
 * is centred and turned by the face itself and no longer by the detector's six rough points.
 */
export async function placeMeshes(
  net: Net,
  image: PicturePyramid,
  detections: readonly Detection[],
  outside: Rgb | undefined,
): Promise<FaceMesh[]> {
  const first = await runMesh(net, image, detections.map(regionOfDetection), outside);
  return runMesh(
    net,
    image,
    first.map(({ points }) => regionOfMesh(points)),
    outside,
  );
}

/** Places the mesh of a face in the next frame, in one step: where it lay is as good a crop as a first mesh gives. */
export async function placeMeshAgain(
  net: Net,
  image: PicturePyramid,
  points: Float32Array,
): Promise<FaceMesh | undefined> {
  const [mesh] = await runMesh(net, image, [regionOfMesh(points)], undefined);
  return mesh;
}

async function runMesh(
  net: Net,
  image: PicturePyramid,
  regions: readonly SquareRegion[],
  outside: Rgb | undefined,
): Promise<FaceMesh[]> {
  if (regions.length === 0) return [];
  const crop = 3 * meshEdge * meshEdge;
  const outputs = await net.run(regions.length, (planes) => {
    for (const [index, region] of regions.entries()) {
      const target = { edge: meshEdge, toPicture: regionToPicture(region, meshEdge), normalisation };
      image.read(outside ? { ...target, outside } : target, planes.subarray(index * crop, (index + 1) * crop));
    }
  });
  const points = requireOutput(outputs, 'mesh');
  const confidences = requireOutput(outputs, 'face_flag');
  return regions.map((region, index) => ({
    points: toPicturePoints(points.subarray(index * 3 * meshPointCount, (index + 1) * 3 * meshPointCount), region),
    confidence: confidences[index] ?? 0,
  }));
}

function toPicturePoints(crop: Float32Array, region: SquareRegion): Float32Array {
  const toPicture = regionToPicture(region, meshEdge);
  const { a, b, dx, dy } = toPicture;
  const scale = similarityScale(toPicture);
  const points = new Float32Array(crop.length);
  for (let index = 0; index < crop.length; index += 3) {
    const x = crop[index]!;
    const y = crop[index + 1]!;
    points[index] = a * x - b * y + dx;
    points[index + 1] = b * x + a * y + dy;
    points[index + 2] = scale * crop[index + 2]!;
  }
  return points;
}

function regionOfDetection({ box, keypoints }: Detection): SquareRegion {
  const [left = { x: 0, y: 0 }, right = { x: 1, y: 0 }] = keypoints;
  return {
    centreX: box.x + box.width / 2,
    centreY: box.y + box.height / 2,
    size: cropMargin * Math.max(box.width, box.height),
    angle: Math.atan2(right.y - left.y, right.x - left.x),
  };
}

/** The square around the mesh, upright in the face's own direction. */
function regionOfMesh(points: Float32Array): SquareRegion {
  const corner = (index: number) => ({ x: points[3 * index] ?? 0, y: points[3 * index + 1] ?? 0 });
  const left = corner(outerEyeCorners.left);
  const right = corner(outerEyeCorners.right);
  const angle = Math.atan2(right.y - left.y, right.x - left.x);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const along = range(points, (x, y) => cosine * x + sine * y);
  const across = range(points, (x, y) => cosine * y - sine * x);
  return {
    centreX: cosine * along.middle - sine * across.middle,
    centreY: sine * along.middle + cosine * across.middle,
    size: cropMargin * Math.max(along.length, across.length),
    angle,
  };
}

function range(points: Float32Array, position: (x: number, y: number) => number): { middle: number; length: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < points.length; index += 3) {
    const value = position(points[index] ?? 0, points[index + 1] ?? 0);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { middle: (low + high) / 2, length: high - low };
}
