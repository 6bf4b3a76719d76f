import type { FaceGeometry, Point } from '../face/types.ts';

/** Indices of the iBUG-68 order; "first" is the one at the picture's left. */
const CHIN = 8;
const FIRST_EYE_CORNERS = [36, 39] as const;
const SECOND_EYE_CORNERS = [42, 45] as const;
const FIRST_EYE_LIDS = [
  [37, 41],
  [38, 40],
] as const;
const SECOND_EYE_LIDS = [
  [43, 47],
  [44, 46],
] as const;
const INNER_LIPS = [
  [61, 67],
  [62, 66],
  [63, 65],
] as const;
const MOUTH_CORNERS = [48, 54] as const;
/** Jaw line at the height of the ear openings, the widest pair of the landmarks. */
const CHEEK_BONES = [1, 15] as const;

type Pair = readonly [number, number];

export function landmark(face: FaceGeometry, index: number): Point {
  return { x: face.landmarks[index * 2] ?? Number.NaN, y: face.landmarks[index * 2 + 1] ?? Number.NaN };
}

/** Both eye centres (midpoints of the eye corners), the one at the picture's left first. */
export function eyeCentres(face: FaceGeometry): readonly [Point, Point] {
  return [pairMidpoint(face, FIRST_EYE_CORNERS), pairMidpoint(face, SECOND_EYE_CORNERS)];
}

export function eyeMidpoint(face: FaceGeometry): Point {
  return midpoint(...eyeCentres(face));
}

/** The outer corners of the eyes, the one at the picture's left first. */
export function outerEyeCorners(face: FaceGeometry): readonly [Point, Point] {
  return [landmark(face, FIRST_EYE_CORNERS[0]), landmark(face, SECOND_EYE_CORNERS[1])];
}

export function mouthCentre(face: FaceGeometry): Point {
  return pairMidpoint(face, MOUTH_CORNERS);
}

/** Tilt of the eye line in degrees, clockwise positive: what has to be turned back to make the picture upright. */
export function eyeLineAngle(face: FaceGeometry): number {
  const [first, second] = eyeCentres(face);
  return (Math.atan2(second.y - first.y, second.x - first.x) * 180) / Math.PI;
}

/** T of ISO/IEC 29794-5 in pixels: from the midpoint of the eyes to the chin. */
export function chinDistance(face: FaceGeometry): number {
  return distance(eyeMidpoint(face), landmark(face, CHIN));
}

/** Width of the face over the cheek bones in pixels. */
export function faceWidth(face: FaceGeometry): number {
  return pairDistance(face, CHEEK_BONES);
}

/** Lid gap of the more closed eye over T. */
export function eyeOpening(face: FaceGeometry): number {
  const gap = Math.min(meanGap(face, FIRST_EYE_LIDS), meanGap(face, SECOND_EYE_LIDS));
  return gap / chinDistance(face);
}

/** Largest gap of the inner lips over T. */
export function mouthOpening(face: FaceGeometry): number {
  return Math.max(...INNER_LIPS.map((pair) => pairDistance(face, pair))) / chinDistance(face);
}

/** How far a smile draws the corners of the mouth: their distance over the eye distance and their lift over the lips. */
export function smile(face: FaceGeometry): number {
  const [left, right] = MOUTH_CORNERS.map((index) => landmark(face, index));
  const lips = midpoint(landmark(face, 62), landmark(face, 66));
  const corners = midpoint(left!, right!);
  return distance(left!, right!) / distance(...eyeCentres(face)) + (lips.y - corners.y) / chinDistance(face);
}

/** The face of the largest area, the one that is being photographed. */
export function largestFace(faces: readonly FaceGeometry[]): FaceGeometry | undefined {
  return faces.reduce<FaceGeometry | undefined>((best, face) => (area(face) > area(best) ? face : best), undefined);
}

export function area(face: FaceGeometry | undefined): number {
  return face === undefined ? 0 : face.box.width * face.box.height;
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

export function midpoint(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function pairMidpoint(face: FaceGeometry, [first, second]: Pair): Point {
  return midpoint(landmark(face, first), landmark(face, second));
}

function pairDistance(face: FaceGeometry, [first, second]: Pair): number {
  return distance(landmark(face, first), landmark(face, second));
}

function meanGap(face: FaceGeometry, lids: readonly Pair[]): number {
  return lids.reduce((sum, pair) => sum + pairDistance(face, pair), 0) / lids.length;
}
