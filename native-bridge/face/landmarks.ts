import type { Point } from './types.ts';

/** Mesh point of each of the 68 landmarks, iBUG order: jaw, brows, nose, eyes, outer lips, inner lips. */
export const meshPointOfLandmark: readonly number[] = [
  ...[162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389],
  ...[71, 63, 105, 66, 107, 336, 296, 334, 293, 301],
  ...[168, 197, 5, 4, 75, 97, 2, 326, 305],
  ...[33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380],
  ...[61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181],
  ...[78, 82, 13, 312, 308, 317, 14, 87],
];

/** The 68 landmarks as x, y pairs, picked from 468 mesh points. */
export function landmarksFromMesh(mesh: Float32Array): Float32Array {
  const landmarks = new Float32Array(2 * meshPointOfLandmark.length);
  for (const [index, point] of meshPointOfLandmark.entries()) {
    landmarks[2 * index] = mesh[3 * point] ?? 0;
    landmarks[2 * index + 1] = mesh[3 * point + 1] ?? 0;
  }
  return landmarks;
}

export function landmarkAt(landmarks: Float32Array, index: number): Point {
  return { x: landmarks[2 * index] ?? 0, y: landmarks[2 * index + 1] ?? 0 };
}

export function landmarkPoints(landmarks: Float32Array): Point[] {
  return Array.from({ length: landmarks.length / 2 }, (_, index) => landmarkAt(landmarks, index));
}

/** Midpoints of the outer and inner corner of the eye on the picture's left and of the one on its right. */
export function eyeCentres(landmarks: Float32Array): readonly [Point, Point] {
  const between = (first: number, second: number): Point => {
    const [p, q] = [landmarkAt(landmarks, first), landmarkAt(landmarks, second)];
    return { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 };
  };
  return [between(36, 39), between(42, 45)];
}

/** Distance of the eye centres in pixels. */
export function eyeDistance(landmarks: Float32Array): number {
  const [left, right] = eyeCentres(landmarks);
  return Math.hypot(right.x - left.x, right.y - left.y);
}
