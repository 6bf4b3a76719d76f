import type { RgbImage } from '../face/types.ts';
import type { CropPlan } from './crop-plan.ts';

/** Lobes of the Lanczos kernel, and how finely it is tabulated per unit. */
const LOBES = 3;
const STEPS = 512;
const KERNEL = Float32Array.from({ length: LOBES * STEPS + 2 }, (_, step) => lanczos(step / STEPS));

/**
 * Cuts `plan` out of `image`, turned upright, at exactly `width` × `height`, in one resampling step (Lanczos-3, widened
 * when the picture gets smaller). Outside the frame its edge is repeated.
 */
export function resample(image: RgbImage, plan: CropPlan, width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  const scale = Math.max(plan.width / width, plan.height / height);
  const kernel = turnedKernel(plan.angle, Math.max(1, scale));
  const step = { x: (kernel.cos * plan.width) / width, y: (kernel.sin * plan.width) / width };
  for (let row = 0; row < height; row += 1) {
    const across = ((row + 0.5) / height - 0.5) * plan.height;
    const start = {
      x: plan.centre.x - kernel.cos * (plan.width / 2) - kernel.sin * across,
      y: plan.centre.y - kernel.sin * (plan.width / 2) + kernel.cos * across,
    };
    for (let column = 0; column < width; column += 1) {
      const [x, y] = [start.x + (column + 0.5) * step.x, start.y + (column + 0.5) * step.y];
      samplePixel(image, x - 0.5, y - 0.5, kernel, data, (row * width + column) * 3);
    }
  }
  return { width, height, data };
}

interface TurnedKernel {
  readonly cos: number;
  readonly sin: number;
  /** Half of the kernel's support in pixels of the frame, along an axis of the frame. */
  readonly reach: number;
  /** Table steps per pixel of the frame. */
  readonly density: number;
}

function turnedKernel(angle: number, scale: number): TurnedKernel {
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return { cos, sin, reach: LOBES * scale * (Math.abs(cos) + Math.abs(sin)), density: STEPS / scale };
}

/** Weighs every pixel in reach of (x, y) by the kernel along both axes of the turned picture. */
function samplePixel(
  { data, width, height }: RgbImage,
  x: number,
  y: number,
  { cos, sin, reach, density }: TurnedKernel,
  target: Uint8Array,
  at: number,
): void {
  let [red, green, blue, total] = [0, 0, 0, 0];
  const last = LOBES * STEPS;
  for (let py = Math.ceil(y - reach); py <= y + reach; py += 1) {
    const rowStart = Math.min(height - 1, Math.max(0, py)) * width;
    const dy = py - y;
    for (let px = Math.ceil(x - reach); px <= x + reach; px += 1) {
      const dx = px - x;
      const along = Math.abs(dx * cos + dy * sin) * density;
      const across = Math.abs(dy * cos - dx * sin) * density;
      if (along >= last || across >= last) continue;
      const weight = KERNEL[(along + 0.5) | 0]! * KERNEL[(across + 0.5) | 0]!;
      const offset = (rowStart + Math.min(width - 1, Math.max(0, px))) * 3;
      red += weight * data[offset]!;
      green += weight * data[offset + 1]!;
      blue += weight * data[offset + 2]!;
      total += weight;
    }
  }
  target[at] = level(red / total);
  target[at + 1] = level(green / total);
  target[at + 2] = level(blue / total);
}

function level(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (x >= LOBES) return 0;
  const turned = Math.PI * x;
  return (LOBES * Math.sin(turned) * Math.sin(turned / LOBES)) / (turned * turned);
}
