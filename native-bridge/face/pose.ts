import type { HeadPose } from './types.ts';

interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Pairs of mesh points at the same place on both halves of the face, left half of the picture first. */
const symmetricPairs: readonly (readonly [number, number])[] = [
  [33, 263],
  [133, 362],
  [127, 356],
  [234, 454],
  [132, 361],
  [61, 291],
  [70, 300],
];
const forehead = 10;
const chin = 152;

/** Mean over 102 people who look straight ahead (London set, neutral); they differ by 5 degrees (standard deviation). */
const restingPitch = -0.7;

const degrees = 180 / Math.PI;

/** Head pose from the mesh's depth; signs as `HeadPose` says. */
export function poseFromMesh(mesh: Float32Array): HeadPose {
  const across = normalise(symmetricPairs.map(([left, right]) => difference(mesh, left, right)).reduce(add));
  const down = normalise(withoutPart(difference(mesh, forehead, chin), across));
  const towardsBack = cross(across, down);
  return {
    yaw: degrees * Math.atan2(-towardsBack.x, towardsBack.z),
    pitch: degrees * Math.asin(clampToUnit(towardsBack.y)) - restingPitch,
    roll: degrees * Math.atan2(across.y, across.x),
  };
}

function difference(mesh: Float32Array, from: number, to: number): Vector {
  const part = (axis: number): number => (mesh[3 * to + axis] ?? 0) - (mesh[3 * from + axis] ?? 0);
  return { x: part(0), y: part(1), z: part(2) };
}

function add(left: Vector, right: Vector): Vector {
  return { x: left.x + right.x, y: left.y + right.y, z: left.z + right.z };
}

function dot(left: Vector, right: Vector): number {
  return left.x * right.x + left.y * right.y + left.z * right.z;
}

function cross(left: Vector, right: Vector): Vector {
  return {
    x: left.y * right.z - left.z * right.y,
    y: left.z * right.x - left.x * right.z,
    z: left.x * right.y - left.y * right.x,
  };
}

function withoutPart(vector: Vector, direction: Vector): Vector {
  const part = dot(vector, direction);
  return { x: vector.x - part * direction.x, y: vector.y - part * direction.y, z: vector.z - part * direction.z };
}

function normalise(vector: Vector): Vector {
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return { x: vector.x / length, y: vector.y / length, z: vector.z / length };
}

function clampToUnit(value: number): number {
  return Math.min(1, Math.max(-1, value));
}
