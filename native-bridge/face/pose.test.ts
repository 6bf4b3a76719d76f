import { describe, expect, it } from 'vitest';
import { poseFromMesh } from './pose.ts';

/** A face that looks straight at the camera: the points that the pose is read from, z negative towards the camera. */
const straight: Readonly<Record<number, readonly [number, number, number]>> = {
  ...{ 33: [-50, -40, 20], 263: [50, -40, 20], 133: [-20, -40, 10], 362: [20, -40, 10] },
  ...{ 127: [-80, -30, 60], 356: [80, -30, 60], 234: [-80, 0, 60], 454: [80, 0, 60] },
  ...{ 132: [-75, 30, 60], 361: [75, 30, 60], 61: [-25, 50, 0], 291: [25, 50, 0] },
  ...{ 70: [-60, -60, 10], 300: [60, -60, 10], 10: [0, -100, 0], 152: [0, 100, 0] },
};

type Turn = (x: number, y: number, z: number) => [number, number, number];

function meshOf(turn: Turn): Float32Array {
  const mesh = new Float32Array(3 * 468);
  for (const [index, [x, y, z]] of Object.entries(straight)) mesh.set(turn(x, y, z), 3 * Number(index));
  return mesh;
}

const angle = (20 * Math.PI) / 180;
const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];

describe('head pose', () => {
  it('is zero for a straight face, apart from the resting pitch', () => {
    const pose = poseFromMesh(meshOf((x, y, z) => [x, y, z]));
    expect(pose.yaw).toBeCloseTo(0, 4);
    expect(pose.roll).toBeCloseTo(0, 4);
    expect(Math.abs(pose.pitch)).toBeLessThan(2);
  });

  it('has positive yaw when the nose, nearest to the camera, goes to the right', () => {
    expect(poseFromMesh(meshOf((x, y, z) => [cosine * x - sine * z, y, sine * x + cosine * z])).yaw).toBeCloseTo(20, 3);
  });

  it('has positive pitch when the nose goes up', () => {
    const level = poseFromMesh(meshOf((x, y, z) => [x, y, z])).pitch;
    const raised = poseFromMesh(meshOf((x, y, z) => [x, cosine * y + sine * z, cosine * z - sine * y])).pitch;
    expect(raised - level).toBeCloseTo(20, 3);
  });

  it('has positive roll when the head is turned clockwise', () => {
    expect(poseFromMesh(meshOf((x, y, z) => [cosine * x - sine * y, sine * x + cosine * y, z])).roll).toBeCloseTo(
      20,
      3,
    );
  });
});
