import type { Similarity } from './similarity.ts';

/** A square that may be turned and may reach beyond its picture, in pixels of the picture. */
export interface SquareRegion {
  readonly centreX: number;
  readonly centreY: number;
  /** Edge length. */
  readonly size: number;
  /** Clockwise turn in radians. */
  readonly angle: number;
}

/** Carries positions 0..`edge` inside the region to the picture. */
export function regionToPicture(region: SquareRegion, edge: number): Similarity {
  const scale = region.size / edge;
  const a = scale * Math.cos(region.angle);
  const b = scale * Math.sin(region.angle);
  const half = edge / 2;
  return { a, b, dx: region.centreX - half * (a - b), dy: region.centreY - half * (a + b) };
}
