import type { FaceGeometry, RgbImage } from '../../face/types.ts';
import { fromPoint } from '../face-area.ts';
import { landmark, midpoint } from '../face-measures.ts';
import { pixelLuminance } from '../luminance.ts';
import type { CheckDefinition } from './judge.ts';

/*
 * Lengths are in hundredths of the eye distance, which is 63 mm in most adults: one step is 0.63 mm, an iris (11.7 mm)
 * has a half width of 9, and a lid gap of ordinary width is 13.
 */
const STEP = 0.01;
/** The middle of the iris that is looked at: narrow, so that it fits between lids that are half open. */
const IRIS = { halfWidth: 3, halfHeight: 4 } as const;
/** The white beside it, to the left and to the right. */
const WHITE = { distance: 14, halfWidth: 3, halfHeight: 3 } as const;
/** How far the iris may lie from where the mesh draws the middle of the opening: mesh and gaze are off by as much. */
const SEARCH = { across: 7, down: 5 } as const;
const HALF_COLUMNS = SEARCH.across + WHITE.distance + WHITE.halfWidth;
const HALF_ROWS = SEARCH.down + IRIS.halfHeight;
const COLUMNS = 2 * HALF_COLUMNS + 1;
const ROWS = 2 * HALF_ROWS + 1;
/** Corner points of the table of sums in each row: one more than columns. */
const STRIDE = COLUMNS + 1;
/** Upper lid, then lower lid, of the eye at the picture's left and of the other. */
const LIDS = [
  [37, 38, 41, 40],
  [43, 44, 47, 46],
] as const;

/**
 * Contrast of the iris against the white on both sides of it, of the eye where it is smaller: 0 for even skin, near 1
 * for a dark iris. A lid that is closed shows none, although the mesh still draws an opening there: lashes darken the
 * whole line of the lid, an iris has white beside it.
 */
export const irisesVisible: CheckDefinition = {
  name: 'irises-visible',
  unit: 'ratio',
  measure: ({ face, image }) =>
    face && { value: Math.min(...LIDS.map((lids) => bestContrast(sumsAround(image, face, lids)))) },
  prompt: () => 'open-eyes',
};

/** Sums of luminance from the corner of the looked-at rectangle, which lies square to the eye line around the lids. */
function sumsAround(image: RgbImage, face: FaceGeometry, [a, b, c, d]: (typeof LIDS)[number]): Float64Array {
  const lids = [
    midpoint(landmark(face, a), landmark(face, b)),
    midpoint(landmark(face, c), landmark(face, d)),
  ] as const;
  const middle = midpoint(...lids);
  const along = fromPoint(face, { x: 0, y: 0 }, STEP, 0);
  const { data, width, height } = image;
  const sums = new Float64Array(STRIDE * (ROWS + 1));
  for (let row = 0; row < ROWS; row += 1) {
    let inRow = 0;
    for (let column = 0; column < COLUMNS; column += 1) {
      const [u, v] = [column - HALF_COLUMNS, row - HALF_ROWS];
      // The pixel in which the point lies; beyond the picture, the nearest.
      const x = Math.min(width - 1, Math.max(0, Math.floor(middle.x + u * along.x - v * along.y)));
      const y = Math.min(height - 1, Math.max(0, Math.floor(middle.y + u * along.y + v * along.x)));
      inRow += pixelLuminance(data, (y * width + x) * 3);
      const at = (row + 1) * STRIDE + column + 1;
      sums[at] = sums[at - STRIDE]! + inRow;
    }
  }
  return sums;
}

/** At the place where it is greatest; never below 0. */
function bestContrast(sums: Float64Array): number {
  let best = 0;
  for (let y = HALF_ROWS - SEARCH.down; y <= HALF_ROWS + SEARCH.down; y += 1) {
    for (let x = HALF_COLUMNS - SEARCH.across; x <= HALF_COLUMNS + SEARCH.across; x += 1) {
      best = Math.max(best, contrastAt(sums, x, y));
    }
  }
  return best;
}

/** After Michelson. The darker side counts three times as much as the brighter: both sides have to be white. */
function contrastAt(sums: Float64Array, x: number, y: number): number {
  const iris = meanAround(sums, x, y, IRIS);
  const left = meanAround(sums, x - WHITE.distance, y, WHITE);
  const right = meanAround(sums, x + WHITE.distance, y, WHITE);
  const white = 0.75 * Math.min(left, right) + 0.25 * Math.max(left, right);
  return (white - iris) / Math.max(1e-4, white + iris);
}

interface HalfSize {
  readonly halfWidth: number;
  readonly halfHeight: number;
}

function meanAround(sums: Float64Array, x: number, y: number, { halfWidth, halfHeight }: HalfSize): number {
  const [top, bottom] = [(y - halfHeight) * STRIDE, (y + halfHeight + 1) * STRIDE];
  const [left, right] = [x - halfWidth, x + halfWidth + 1];
  const sum = sums[bottom + right]! - sums[top + right]! - sums[bottom + left]! + sums[top + left]!;
  return sum / ((2 * halfWidth + 1) * (2 * halfHeight + 1));
}
