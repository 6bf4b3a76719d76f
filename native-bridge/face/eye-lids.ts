import { modelCatalogue } from './model-catalogue.ts';
import { requireOutput } from './net.ts';
import type { Net } from './net.ts';
import { PicturePyramid } from './picture-pyramid.ts';
import { regionToPicture, type SquareRegion } from './square-region.ts';
import type { FaceGeometry, RgbImage } from './types.ts';

/** Corners of each eye in the mesh, the one at the picture's left first, as the eye at the picture's left lies. */
const eyeCorners = [
  { outer: 33, inner: 133, isMirrored: false },
  { outer: 263, inner: 362, isMirrored: true },
] as const;

const { shape, normalisation } = modelCatalogue.iris.input;
const edge = shape[3];

/** The net was trained with crops of this many eye widths. */
const cropWidth = 2.3;

/** Points of the net's outline of the eye: corners, and two pairs of upper and lower lid between them. */
const outline = {
  corners: [0, 8],
  lids: [
    [11, 3],
    [13, 5],
  ],
} as const;

/**
 * How far each eye is open: gap of the lids over the width of the eye, the eye at the picture's left first. The face
 * mesh follows closing lids only a little; this net looks at the eye alone.
 */
export async function lidOpenings(
  net: Net,
  image: RgbImage,
  { mesh }: Pick<FaceGeometry, 'mesh'>,
): Promise<readonly [number, number]> {
  const size = 3 * edge * edge;
  const pyramid = PicturePyramid.of(image);
  const outputs = await net.run(eyeCorners.length, (planes) => {
    for (const [index, eye] of eyeCorners.entries()) {
      const crop = planes.subarray(index * size, (index + 1) * size);
      pyramid.read({ edge, toPicture: regionToPicture(regionOf(mesh, eye), edge), normalisation }, crop);
      if (eye.isMirrored) mirror(crop);
    }
  });
  const points = requireOutput(outputs, 'points');
  const length = points.length / eyeCorners.length;
  return [opening(points.subarray(0, length)), opening(points.subarray(length))];
}

function regionOf(mesh: Float32Array, { outer, inner }: (typeof eyeCorners)[number]): SquareRegion {
  const [left, right] = outer === 33 ? [outer, inner] : [inner, outer];
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = [mesh[3 * left], mesh[3 * left + 1], mesh[3 * right], mesh[3 * right + 1]];
  return {
    centreX: (x0 + x1) / 2,
    centreY: (y0 + y1) / 2,
    size: cropWidth * Math.hypot(x1 - x0, y1 - y0),
    angle: Math.atan2(y1 - y0, x1 - x0),
  };
}

/** The net knows eyes as they are at the picture's left. */
function mirror(planes: Float32Array): void {
  for (let row = 0; row < planes.length; row += edge) planes.subarray(row, row + edge).reverse();
}

function opening(points: Float32Array): number {
  const apart = ([from, to]: readonly [number, number]) =>
    Math.hypot(
      (points[3 * from] ?? 0) - (points[3 * to] ?? 0),
      (points[3 * from + 1] ?? 0) - (points[3 * to + 1] ?? 0),
    );
  const gaps = outline.lids.map(apart);
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length / apart(outline.corners);
}
