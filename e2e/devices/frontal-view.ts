import type { FaceGeometry, RgbImage } from '../../native-bridge/face/types.ts';

/**
 * Shows a person from a sample picture as a desk camera would: upright, facing it, at a given place and size in a frame.
 * The head is turned by moving the mesh points to where they would be without yaw, pitch and roll, and warping the
 * picture smoothly along with them; around the head the picture is only scaled.
 */
export interface FrameView {
  readonly width: number;
  readonly height: number;
  /** Where the middle of the face is to be, and how far apart the eyes, in pixels of the frame. */
  readonly centreX: number;
  readonly centreY: number;
  readonly eyeDistance: number;
}

interface Pair {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

/** The warp is computed on a grid of this pitch in frame pixels and interpolated between. */
const gridPitch = 8;

/** Reach of one mesh point's pull, in eye distances. */
const reach = 0.22;

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Where each mesh point lies in the picture, and where it belongs in the frame. */
function meshPairs(face: FaceGeometry, view: FrameView): readonly Pair[] {
  const { mesh, pose } = face;
  const count = mesh.length / 3;
  const mean = [0, 1, 2].map((axis) => {
    let sum = 0;
    for (let index = 0; index < count; index++) sum += mesh[index * 3 + axis] ?? 0;
    return sum / count;
  });
  const [meanX = 0, meanY = 0, meanZ = 0] = mean;
  const [yaw, pitch, roll] = [radians(pose.yaw), radians(pose.pitch), radians(pose.roll)];
  const turned = (index: number) => {
    let x = (mesh[index * 3] ?? 0) - meanX;
    let y = (mesh[index * 3 + 1] ?? 0) - meanY;
    let z = (mesh[index * 3 + 2] ?? 0) - meanZ;
    [x, y] = [x * Math.cos(roll) + y * Math.sin(roll), -x * Math.sin(roll) + y * Math.cos(roll)];
    [y, z] = [y * Math.cos(pitch) - z * Math.sin(pitch), y * Math.sin(pitch) + z * Math.cos(pitch)];
    // Depth is of no use after the last turn.
    return [x * Math.cos(yaw) + z * Math.sin(yaw), y] as const;
  };
  const scale = view.eyeDistance / (face.eyeDistance / Math.cos(yaw));
  return Array.from({ length: count }, (_, index) => {
    const [x, y] = turned(index);
    return {
      from: [mesh[index * 3] ?? 0, mesh[index * 3 + 1] ?? 0],
      to: [view.centreX + x * scale, view.centreY + y * scale],
    };
  });
}

/** The similarity (picture from frame) that carries the surroundings along with the head. */
function surroundings(face: FaceGeometry, view: FrameView) {
  const scale = face.eyeDistance / Math.cos(radians(face.pose.yaw)) / view.eyeDistance;
  const [sine, cosine] = [Math.sin(radians(face.pose.roll)) * scale, Math.cos(radians(face.pose.roll)) * scale];
  let [meanX, meanY] = [0, 0];
  const count = face.mesh.length / 3;
  for (let index = 0; index < count; index++) {
    meanX += (face.mesh[index * 3] ?? 0) / count;
    meanY += (face.mesh[index * 3 + 1] ?? 0) / count;
  }
  return (x: number, y: number) => {
    const [dx, dy] = [x - view.centreX, y - view.centreY];
    return [meanX + dx * cosine - dy * sine, meanY + dx * sine + dy * cosine] as const;
  };
}

/** Picture coordinates for every grid node of the frame. */
function warpGrid(face: FaceGeometry, view: FrameView): { columns: number; nodes: Float32Array } {
  const place = surroundings(face, view);
  const pulls = meshPairs(face, view).map(({ from, to }) => {
    const [x, y] = place(to[0], to[1]);
    return { x: to[0], y: to[1], dx: from[0] - x, dy: from[1] - y };
  });
  const columns = Math.ceil(view.width / gridPitch) + 1;
  const rows = Math.ceil(view.height / gridPitch) + 1;
  const nodes = new Float32Array(columns * rows * 2);
  const sigma = reach * view.eyeDistance;
  for (let node = 0; node < columns * rows; node++) {
    const x = (node % columns) * gridPitch;
    const y = Math.floor(node / columns) * gridPitch;
    // A weak pull towards nothing lets the warp fade out around the head.
    let [weights, dx, dy] = [0.05, 0, 0];
    for (const pull of pulls) {
      const weight = Math.exp(-((pull.x - x) ** 2 + (pull.y - y) ** 2) / (2 * sigma * sigma));
      weights += weight;
      dx += weight * pull.dx;
      dy += weight * pull.dy;
    }
    const [baseX, baseY] = place(x, y);
    nodes[node * 2] = baseX + dx / weights;
    nodes[node * 2 + 1] = baseY + dy / weights;
  }
  return { columns, nodes };
}

const mix = (a: number, b: number, share: number) => a + (b - a) * share;

/** One frame of the view, bilinear, the picture's edge repeated beyond it. */
export function frontalView(image: RgbImage, face: FaceGeometry, view: FrameView): RgbImage {
  const { columns, nodes } = warpGrid(face, view);
  const data = new Uint8Array(view.width * view.height * 3);
  const node = (column: number, row: number, axis: number) => nodes[(row * columns + column) * 2 + axis] ?? 0;
  for (let y = 0; y < view.height; y++) {
    for (let x = 0; x < view.width; x++) {
      const [column, row] = [Math.floor(x / gridPitch), Math.floor(y / gridPitch)];
      const [u, v] = [x / gridPitch - column, y / gridPitch - row];
      const at = (axis: number) =>
        mix(
          mix(node(column, row, axis), node(column + 1, row, axis), u),
          mix(node(column, row + 1, axis), node(column + 1, row + 1, axis), u),
          v,
        );
      sample(image, at(0), at(1), data, (y * view.width + x) * 3);
    }
  }
  return { width: view.width, height: view.height, data };
}

function sample(image: RgbImage, x: number, y: number, into: Uint8Array, offset: number): void {
  const left = Math.min(Math.max(Math.floor(x), 0), image.width - 2);
  const top = Math.min(Math.max(Math.floor(y), 0), image.height - 2);
  const [u, v] = [Math.min(Math.max(x - left, 0), 1), Math.min(Math.max(y - top, 0), 1)];
  for (let channel = 0; channel < 3; channel++) {
    const at = (column: number, row: number) => image.data[(row * image.width + column) * 3 + channel] ?? 0;
    into[offset + channel] = mix(
      mix(at(left, top), at(left + 1, top), u),
      mix(at(left, top + 1), at(left + 1, top + 1), u),
      v,
    );
  }
}
