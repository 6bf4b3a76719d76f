import type { Point } from './types.ts';

/**
 * A turn, a scale and a shift in the plane: x' = a·x − b·y + dx, y' = b·x + a·y + dy.
 * The scale is the length of (a, b), the clockwise turn (y down) their angle.
 */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly dx: number;
  readonly dy: number;
}

export function applySimilarity({ a, b, dx, dy }: Similarity, { x, y }: Point): Point {
  return { x: a * x - b * y + dx, y: b * x + a * y + dy };
}

export function similarityScale({ a, b }: Similarity): number {
  return Math.hypot(a, b);
}

/** The similarity that undoes the given one. */
export function invertSimilarity({ a, b, dx, dy }: Similarity): Similarity {
  const square = a * a + b * b;
  return { a: a / square, b: -b / square, dx: -(a * dx + b * dy) / square, dy: (b * dx - a * dy) / square };
}

/** The least-squares similarity that carries `from[i]` to `to[i]`; needs two different points at least. */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Similarity {
  const fromCentre = centroid(from);
  const toCentre = centroid(to);
  let along = 0;
  let across = 0;
  let spread = 0;
  for (const [index, point] of from.entries()) {
    const target = to[index] ?? toCentre;
    const [x, y] = [point.x - fromCentre.x, point.y - fromCentre.y];
    const [u, v] = [target.x - toCentre.x, target.y - toCentre.y];
    along += x * u + y * v;
    across += x * v - y * u;
    spread += x * x + y * y;
  }
  const [a, b] = [along / spread, across / spread];
  return {
    a,
    b,
    dx: toCentre.x - a * fromCentre.x + b * fromCentre.y,
    dy: toCentre.y - b * fromCentre.x - a * fromCentre.y,
  };
}

export function centroid(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
