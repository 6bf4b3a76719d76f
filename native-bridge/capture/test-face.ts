import type { FaceGeometry, HeadPose, Point } from '../face/types.ts';

/** A head that is looked at: where its eye midpoint lies and how it is held. Gaps are shares of the eye distance. */
export interface TestFace extends Partial<HeadPose> {
  readonly at?: Point;
  readonly eyeDistance?: number;
  readonly score?: number;
  readonly eyeGap?: number;
  readonly lipGap?: number;
}

type Point3 = readonly [number, number, number];

const MESH_POINTS = 468;
/** Mesh points that stand for the iBUG-68 landmarks, in their order. */
const MESH_OF_LANDMARK = [
  162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389, 71, 63, 105, 66, 107, 336, 296,
  334, 293, 301, 168, 197, 5, 4, 75, 97, 2, 326, 305, 33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380, 61, 39,
  37, 0, 267, 269, 291, 405, 314, 17, 84, 181, 78, 82, 13, 312, 308, 317, 14, 87,
];

/** The head at 1280×720 that meets every check, unless told otherwise. */
export function testFace(face: TestFace = {}): FaceGeometry {
  const { at = { x: 640, y: 340 }, eyeDistance = 125, score = 0.98, eyeGap = 0.11, lipGap = 0.02 } = face;
  const pose = { yaw: face.yaw ?? 0, pitch: face.pitch ?? 0, roll: face.roll ?? 0 };
  const place = (point: Point3): Point3 => {
    const [x, y, z] = turned(point, pose);
    return [at.x + x * eyeDistance, at.y + y * eyeDistance, z * eyeDistance];
  };
  const points = head(eyeGap, lipGap).map(place);
  const landmarks = Float32Array.from(points.flatMap(([x, y]) => [x, y]));
  const seen = eyeDistance * Math.cos((pose.yaw * Math.PI) / 180);
  return { box: boxOf(points), score, mesh: meshOf(points, place), landmarks, pose, eyeDistance: seen };
}

/** 68 points in units of the eye distance around the eye midpoint; x to the picture's right, y down, z away. */
function head(eyeGap: number, lipGap: number): Point3[] {
  return [
    ...jaw(),
    ...brow(-0.58),
    ...brow(0.58),
    ...nose(),
    ...eye(-0.5, eyeGap),
    ...eye(0.5, eyeGap),
    ...mouth(lipGap),
  ];
}

function jaw(): Point3[] {
  return Array.from({ length: 17 }, (_, index) => {
    const turn = (index / 16) * Math.PI;
    return [-1.16 * Math.cos(turn), 1.9 * Math.sin(turn), 0.9 * (1 - Math.sin(turn))];
  });
}

function brow(x: number): Point3[] {
  return [-0.36, -0.18, 0, 0.18, 0.36].map((offset) => [x + offset, -0.4 + offset ** 2 / 2, -0.02]);
}

function nose(): Point3[] {
  const bridge = [0.05, 0.24, 0.42, 0.6].map((y, index): Point3 => [0, y, -0.12 - index * 0.11]);
  const base = [-0.2, -0.1, 0, 0.1, 0.2].map((x): Point3 => [x, 0.72 - Math.abs(x) / 4, -0.22]);
  return [...bridge, ...base];
}

function eye(x: number, gap: number): Point3[] {
  const half = gap / 2;
  return [
    [x - 0.21, 0, 0],
    [x - 0.08, -half, 0],
    [x + 0.08, -half, 0],
    [x + 0.21, 0, 0],
    [x + 0.08, half, 0],
    [x - 0.08, half, 0],
  ];
}

function mouth(gap: number): Point3[] {
  const y = 1.08;
  const ring = (xs: readonly number[], half: number, rise: number): Point3[] => {
    const upper = xs.map((x, i): Point3 => [x, y - (i === 0 || i === xs.length - 1 ? 0 : half + rise), -0.08]);
    const lower = xs.slice(1, -1).map((x): Point3 => [-x, y + half + rise, -0.08]);
    return [...upper, ...lower];
  };
  return [
    ...ring([-0.4, -0.25, -0.1, 0, 0.1, 0.25, 0.4], gap / 2, 0.1),
    ...ring([-0.32, -0.16, 0, 0.16, 0.32], gap / 2, 0),
  ];
}

/** Yaw > 0: the nose (nearer, z < 0) goes to +x. Pitch > 0: it goes up, to -y. Roll > 0: clockwise in the picture. */
function turned([x, y, z]: Point3, pose: HeadPose): Point3 {
  const [yaw, pitch, roll] = [pose.yaw, pose.pitch, pose.roll].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
    number,
  ];
  const [x1, z1] = [x * Math.cos(yaw) - z * Math.sin(yaw), z * Math.cos(yaw) + x * Math.sin(yaw)];
  const [y1, z2] = [y * Math.cos(pitch) + z1 * Math.sin(pitch), z1 * Math.cos(pitch) - y * Math.sin(pitch)];
  return [x1 * Math.cos(roll) - y1 * Math.sin(roll), x1 * Math.sin(roll) + y1 * Math.cos(roll), z2];
}

/** The landmarks at their places in the mesh; the other points on a spiral over the face. */
function meshOf(points: readonly Point3[], place: (point: Point3) => Point3): Float32Array {
  const mesh = new Float32Array(MESH_POINTS * 3);
  for (let index = 0; index < MESH_POINTS; index += 1) {
    const [angle, radius] = [index * 2.4, Math.sqrt(index / MESH_POINTS)];
    mesh.set(place([radius * 1.1 * Math.cos(angle), 0.5 + radius * 1.3 * Math.sin(angle), radius - 0.5]), index * 3);
  }
  points.forEach((point, index) => mesh.set(point, MESH_OF_LANDMARK[index]! * 3));
  return mesh;
}

function boxOf(points: readonly Point3[]): FaceGeometry['box'] {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
