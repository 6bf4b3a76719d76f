import { mergeDetections } from './detection.ts';
import type { Detection } from './detection.ts';
import { modelCatalogue } from './model-catalogue.ts';
import { requireOutput } from './net.ts';
import type { Net } from './net.ts';
import type { PicturePyramid } from './picture-pyramid.ts';
import type { Rgb } from './resample.ts';
import { applySimilarity } from './similarity.ts';
import type { Similarity } from './similarity.ts';
import { regionToPicture } from './square-region.ts';
import type { SquareRegion } from './square-region.ts';

const { shape, normalisation } = modelCatalogue.blazeface.input;
export const detectorEdge = shape[3];
const keypointCount = 6;
/** x, y, width, height and the keypoints. */
const valuesPerAnchor = 4 + 2 * keypointCount;

/** BlazeFace's two grids of anchors: cells along an edge and anchors in each cell. */
const grids = [
  { name: 'fine', cells: 16, anchorsPerCell: 2 },
  { name: 'coarse', cells: 8, anchorsPerCell: 6 },
] as const;

export interface DetectionOptions {
  /** Colour of what a region shows outside the picture. */
  readonly outside: Rgb;
  /** Smallest confidence that counts, 0..1. */
  readonly minimumScore: number;
}

/** Finds faces in the given squares of a picture; faces that several squares show are joined. */
export async function detectFaces(
  net: Net,
  image: PicturePyramid,
  regions: readonly SquareRegion[],
  options: DetectionOptions,
): Promise<Detection[]> {
  const found: Detection[] = [];
  for (const region of regions) {
    const toPicture = regionToPicture(region, detectorEdge);
    const target = { edge: detectorEdge, toPicture, normalisation, outside: options.outside };
    const outputs = await net.run(1, (planes) => image.read(target, planes));
    found.push(...mergeDetections(decodeDetections(outputs, toPicture, options.minimumScore)));
  }
  return regions.length > 1 ? mergeDetections(found) : found;
}

/** Turns the detector's raw outputs into faces in pixels of the picture, several for each face. */
export function decodeDetections(
  outputs: ReadonlyMap<string, Float32Array>,
  toPicture: Similarity,
  minimumScore: number,
): Detection[] {
  const minimumLogit = Math.log(minimumScore / (1 - minimumScore));
  return grids.flatMap(({ name, cells, anchorsPerCell }) => {
    const scores = requireOutput(outputs, `${name}_scores`);
    const boxes = requireOutput(outputs, `${name}_boxes`);
    const found: Detection[] = [];
    for (const [anchor, logit] of scores.entries()) {
      if (logit < minimumLogit) continue;
      const cell = Math.floor(anchor / anchorsPerCell);
      const centre = { x: cellCentre(cell % cells, cells), y: cellCentre(Math.floor(cell / cells), cells) };
      const values = boxes.subarray(anchor * valuesPerAnchor, (anchor + 1) * valuesPerAnchor);
      found.push(decodeOne(values, centre, 1 / (1 + Math.exp(-logit)), toPicture));
    }
    return found;
  });
}

function cellCentre(index: number, cells: number): number {
  return ((index + 0.5) * detectorEdge) / cells;
}

function decodeOne(
  values: Float32Array,
  centre: { readonly x: number; readonly y: number },
  score: number,
  toPicture: Similarity,
): Detection {
  const at = (index: number) =>
    applySimilarity(toPicture, { x: centre.x + (values[index] ?? 0), y: centre.y + (values[index + 1] ?? 0) });
  const scale = Math.hypot(toPicture.a, toPicture.b);
  const middle = at(0);
  const width = (values[2] ?? 0) * scale;
  const height = (values[3] ?? 0) * scale;
  return {
    box: { x: middle.x - width / 2, y: middle.y - height / 2, width, height },
    score,
    keypoints: Array.from({ length: keypointCount }, (_, index) => at(4 + 2 * index)),
  };
}
