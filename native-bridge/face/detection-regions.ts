import type { SquareRegion } from './square-region.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The whole picture as one square, bars added along the shorter edge. */
export function wholePicture({ width, height }: Size): SquareRegion {
  return { centreX: width / 2, centreY: height / 2, size: Math.max(width, height), angle: 0 };
}

/**
 * Squares of the given edge that cover the picture and share a third with their neighbours, so that a face which is
 * smaller than a third of the edge lies whole in at least one of them.
 */
export function tiles({ width, height }: Size, edge: number): SquareRegion[] {
  const columns = tileCentres(width, edge);
  return tileCentres(height, edge).flatMap((centreY) =>
    columns.map((centreX) => ({ centreX, centreY, size: edge, angle: 0 })),
  );
}

function tileCentres(length: number, edge: number): number[] {
  if (length <= edge) return [length / 2];
  const count = Math.ceil((length - edge) / (edge * (2 / 3))) + 1;
  return Array.from({ length: count }, (_, index) => edge / 2 + ((length - edge) * index) / (count - 1));
}
