import type { FaceGeometry, Point, RgbImage } from '../face/types.ts';
import type { LinearColour } from './colour.ts';
import { distance, eyeCentres, eyeMidpoint, landmark, mouthCentre, outerEyeCorners } from './face-measures.ts';
import { linearOf } from './luminance.ts';

/** A rectangle that lies square to the eye line; half sizes in pixels of the picture. */
export interface FaceArea {
  readonly centre: Point;
  readonly halfWidth: number;
  readonly halfHeight: number;
}

/** Side of the squares on the cheeks over the eye distance (ISO/IEC 29794-5). */
const CHEEK_SIDE = 0.3;
/** No area is looked at in more than this many points a side: more pixels would not change a mean. */
const MOST_POINTS = 32;

const LINEAR = Float32Array.from({ length: 256 }, (_, level) => linearOf(level));

/** The point `along` the eye line (to the picture's right) and `down` from it, in eye distances from `origin`. */
export function fromPoint(face: FaceGeometry, origin: Point, along: number, down: number): Point {
  const [first, second] = eyeCentres(face);
  const [x, y] = [second.x - first.x, second.y - first.y];
  return { x: origin.x + along * x - down * y, y: origin.y + along * y + down * x };
}

/** An area around `centre`; sizes in eye distances. */
export function areaAround(face: FaceGeometry, centre: Point, width: number, height = width): FaceArea {
  const unit = distance(...eyeCentres(face)) / 2;
  return { centre, halfWidth: width * unit, halfHeight: height * unit };
}

/** The two squares on the cheeks, under the outer eye corners half-way to the mouth. */
export function cheekAreas(face: FaceGeometry): readonly FaceArea[] {
  const [eyes, mouth] = [eyeMidpoint(face), mouthCentre(face)];
  const drop = { x: (mouth.x - eyes.x) / 2, y: (mouth.y - eyes.y) / 2 };
  return outerEyeCorners(face).map(({ x, y }) => areaAround(face, { x: x + drop.x, y: y + drop.y }, CHEEK_SIDE));
}

/** Between the brows: skin that neither a mask nor ordinary glasses cover. */
export function browMiddle(face: FaceGeometry): FaceArea {
  const [first, second, bridge] = [landmark(face, 21), landmark(face, 22), landmark(face, 27)];
  const centre = { x: (first.x + second.x + bridge.x) / 3, y: (first.y + second.y + bridge.y) / 3 };
  return areaAround(face, centre, 0.24);
}

/** Calls `visit` with the place of a pixel's red byte for points spread evenly over the area; what is outside is left out. */
export function visitArea(
  { width, height }: RgbImage,
  face: FaceGeometry,
  { centre, halfWidth, halfHeight }: FaceArea,
  visit: (offset: number, along: number, down: number) => void,
  mostPoints = MOST_POINTS,
): void {
  const [first, second] = eyeCentres(face);
  const length = distance(first, second);
  const [cos, sin] = [(second.x - first.x) / length, (second.y - first.y) / length];
  const [columns, rows] = [halfWidth, halfHeight].map((half) =>
    Math.max(1, Math.min(mostPoints, Math.round(half * 2))),
  );
  for (let row = 0; row < rows!; row += 1) {
    const down = ((row + 0.5) / rows!) * 2 - 1;
    for (let column = 0; column < columns!; column += 1) {
      const along = ((column + 0.5) / columns!) * 2 - 1;
      const x = Math.floor(centre.x + along * halfWidth * cos - down * halfHeight * sin);
      const y = Math.floor(centre.y + along * halfWidth * sin + down * halfHeight * cos);
      if (x >= 0 && y >= 0 && x < width && y < height) visit((y * width + x) * 3, along, down);
    }
  }
}

/** Mean colour of areas; undefined when none of them is in the picture. */
export function meanColour(image: RgbImage, face: FaceGeometry, areas: readonly FaceArea[]): LinearColour | undefined {
  const { data } = image;
  // In an array of numbers, which takes no garbage to add to.
  const sums = new Float64Array(3);
  let count = 0;
  for (const area of areas) {
    visitArea(image, face, area, (offset) => {
      for (let channel = 0; channel < 3; channel += 1) sums[channel]! += LINEAR[data[offset + channel]!]!;
      count += 1;
    });
  }
  return count === 0 ? undefined : { red: sums[0]! / count, green: sums[1]! / count, blue: sums[2]! / count };
}

export function colourAt({ data }: RgbImage, offset: number): LinearColour {
  return { red: LINEAR[data[offset]!]!, green: LINEAR[data[offset + 1]!]!, blue: LINEAR[data[offset + 2]!]! };
}

export function luminanceOf({ red, green, blue }: LinearColour): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
