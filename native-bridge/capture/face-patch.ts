import type { FaceGeometry, RgbImage } from '../face/types.ts';
import { displayLevel, luminanceTables } from './luminance.ts';

/** Eye distance to which the face is scaled before it is measured, in pixels: makes sharpness independent of size. */
const PATCH_EYE_DISTANCE = 64;
const LANDMARKS = 68;
/** The hull is drawn in towards its middle by this share, so that the edge of jaw against background stays out. */
const HULL_SHRINK = 0.06;

/** The face reduced to luminance at a fixed eye distance, with the rows' spans that lie inside the landmark hull. */
export interface FacePatch {
  readonly width: number;
  readonly height: number;
  /** Linear luminance 0..1, rows top-down. */
  readonly luminance: Float32Array;
  /** First and one past the last column inside the hull, a pair per row; equal where the row has none. */
  readonly spans: Int16Array;
  /** Frame pixels per patch pixel, at least 1, and the patch's corner in the frame. */
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** Reduces the part of `image` that holds the landmarks of `face`; undefined when none of it is in the picture. */
export function facePatch(image: RgbImage, face: FaceGeometry): FacePatch | undefined {
  const scale = Math.max(1, face.eyeDistance / PATCH_EYE_DISTANCE);
  const window = patchWindow(image, face, scale);
  if (window === undefined) return undefined;
  const luminance = averageLuminance(image, window, scale);
  const spans = hullSpans(shrunkHull(face, window, scale), window);
  return { ...window, luminance, spans, scale };
}

interface PatchWindow {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function patchWindow(image: RgbImage, { landmarks }: FaceGeometry, scale: number): PatchWindow | undefined {
  const bounds = { left: image.width, top: image.height, right: 0, bottom: 0 };
  for (let index = 0; index < LANDMARKS; index += 1) {
    const [x, y] = [landmarks[index * 2] ?? 0, landmarks[index * 2 + 1] ?? 0];
    bounds.left = Math.min(bounds.left, x);
    bounds.right = Math.max(bounds.right, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.bottom = Math.max(bounds.bottom, y);
  }
  const left = Math.max(0, Math.floor(bounds.left));
  const top = Math.max(0, Math.floor(bounds.top));
  const width = Math.floor((Math.min(image.width, bounds.right) - left) / scale);
  const height = Math.floor((Math.min(image.height, bounds.bottom) - top) / scale);
  return width >= 3 && height >= 3 ? { left, top, width, height } : undefined;
}

/** Mean linear luminance of each patch pixel's square of the frame, squares weighted by the area they share. */
function averageLuminance(image: RgbImage, window: PatchWindow, scale: number): Float32Array {
  const { width, height, top } = window;
  const sums = new Float32Array(width * height);
  const columns = columnShares(image, window, scale);
  const row = new Float32Array(width);
  let rowAt = -1;
  const weight = 1 / (scale * scale);
  for (let line = 0; line < height; line += 1) {
    const [from, to] = [top + line * scale, top + (line + 1) * scale];
    for (let y = Math.floor(from); y < to; y += 1) {
      const share = Math.min(y + 1, to) - Math.max(y, from);
      // Where two lines of the patch meet in a row of the frame, both take their share of it.
      if (rowAt !== y) averageRow(image, Math.min(y, image.height - 1), columns, row);
      rowAt = y;
      const start = line * width;
      for (let x = 0; x < width; x += 1) sums[start + x]! += row[x]! * share * weight;
    }
  }
  return sums;
}

/** For every column of the patch the columns of the frame that it covers, and how much of each. */
interface ColumnShares {
  /** Where a column's entries begin; one more than there are columns. */
  readonly starts: Int32Array;
  /** Place of the red byte in a row, and the covered share, of each entry. */
  readonly offsets: Int32Array;
  readonly shares: Float64Array;
}

function columnShares(image: RgbImage, { left, width }: PatchWindow, scale: number): ColumnShares {
  const starts = new Int32Array(width + 1);
  const most = width * (Math.ceil(scale) + 1);
  const [offsets, shares] = [new Int32Array(most), new Float64Array(most)];
  let count = 0;
  for (let column = 0; column < width; column += 1) {
    const from = left + column * scale;
    const to = from + scale;
    for (let x = Math.floor(from); x < to; x += 1, count += 1) {
      offsets[count] = Math.min(x, image.width - 1) * 3;
      shares[count] = Math.min(x + 1, to) - Math.max(x, from);
    }
    starts[column + 1] = count;
  }
  return { starts, offsets, shares };
}

function averageRow({ data, width }: RgbImage, y: number, columns: ColumnShares, row: Float32Array): void {
  const { red, green, blue } = luminanceTables;
  const { starts, offsets, shares } = columns;
  const start = y * width * 3;
  for (let column = 0, entry = 0; column < row.length; column += 1) {
    const end = starts[column + 1]!;
    let sum = 0;
    for (; entry < end; entry += 1) {
      const offset = start + offsets[entry]!;
      sum += shares[entry]! * (red[data[offset]!]! + green[data[offset + 1]!]! + blue[data[offset + 2]!]!);
    }
    row[column] = sum;
  }
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

function shrunkHull(face: FaceGeometry, { left, top }: PatchWindow, scale: number): Corner[] {
  const points = Array.from({ length: LANDMARKS }, (_, index) => ({
    x: ((face.landmarks[index * 2] ?? 0) - left) / scale,
    y: ((face.landmarks[index * 2 + 1] ?? 0) - top) / scale,
  }));
  const hull = convexHull(points);
  const middle = centroid(hull);
  const keep = 1 - HULL_SHRINK;
  return hull.map(({ x, y }) => ({ x: middle.x + (x - middle.x) * keep, y: middle.y + (y - middle.y) * keep }));
}

function centroid(points: readonly Corner[]): Corner {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/** Andrew's monotone chain. */
function convexHull(points: readonly Corner[]): Corner[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  return [...halfHull(sorted), ...halfHull(sorted.toReversed())];
}

function halfHull(sorted: readonly Corner[]): Corner[] {
  const chain: Corner[] = [];
  for (const point of sorted) {
    while (chain.length >= 2 && cross(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
    chain.push(point);
  }
  return chain.slice(0, -1);
}

function cross(origin: Corner, a: Corner, b: Corner): number {
  return (a.x - origin.x) * (b.y - origin.y) - (a.y - origin.y) * (b.x - origin.x);
}

function hullSpans(hull: readonly Corner[], { width, height }: PatchWindow): Int16Array {
  const spans = new Int16Array(height * 2);
  for (let y = 0; y < height; y += 1) {
    const crossings = crossingsAt(hull, y + 0.5);
    if (crossings.length < 2) continue;
    const first = Math.max(0, Math.ceil(Math.min(...crossings) - 0.5));
    const end = Math.min(width, Math.floor(Math.max(...crossings) + 0.5));
    if (end > first) spans.set([first, end], y * 2);
  }
  return spans;
}

function crossingsAt(hull: readonly Corner[], y: number): number[] {
  return hull.flatMap((a, index) => {
    const b = hull[(index + 1) % hull.length]!;
    if (a.y > y === b.y > y) return [];
    return [a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)];
  });
}

/** The patch on the display scale 0..255 (sRGB transfer), where differences are as visible as the eye sees them. */
export function greyOf(patch: FacePatch): Float32Array {
  const { luminance } = patch;
  const grey = new Float32Array(luminance.length);
  for (let index = 0; index < grey.length; index += 1) grey[index] = displayLevel(luminance[index]!);
  return grey;
}

/** Mean of `of` over the face's pixels; undefined when there is none. */
export function meanInHull(
  { luminance, spans, width, height }: FacePatch,
  of: (luminance: number) => number,
): number | undefined {
  let sum = 0;
  let count = 0;
  for (let y = 0; y < height; y += 1) {
    const [from, to] = [spans[y * 2]!, spans[y * 2 + 1]!];
    for (let x = from; x < to; x += 1) sum += of(luminance[y * width + x]!);
    count += to - from;
  }
  return count === 0 ? undefined : sum / count;
}
