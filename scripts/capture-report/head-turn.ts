import { eyeMidpoint, faceWidth, landmark } from '../../native-bridge/capture/face-measures.ts';
import type { FaceGeometry, RgbImage } from '../../native-bridge/face/types.ts';

/** Half width of the head with ears and hair over the width of the face at the cheek bones. */
const HEAD_RADIUS = 0.62;
/** How far the nose stands out of the head's roundness over its radius, and its reach sideways (radians) and upwards (radii). */
const NOSE = { height: 0.22, across: 0.2, up: 0.3 } as const;
/** Places around the head at which its surface is projected, from ear to ear. */
const PLACES = 181;
const NOSE_TIP = 30;

/**
 * A head turned sideways: its picture is laid round an upright cylinder with a nose, and that is turned. Positive
 * degrees turn the nose to the picture's right. What comes into view behind the ear repeats the ear; the wall and
 * everything else beside the head stays. Left and right are mirror images of each other by construction.
 */
export function headTurned(image: RgbImage, face: FaceGeometry, degrees: number): RgbImage {
  const radius = HEAD_RADIUS * faceWidth(face);
  const [axis, nose] = [eyeMidpoint(face).x, landmark(face, NOSE_TIP).y];
  const data = image.data.slice();
  const [left, right] = [Math.ceil(axis - 1.3 * radius), Math.floor(axis + 1.3 * radius)];
  for (let y = 0; y < image.height; y++) {
    const surface = surfaceOf((degrees * Math.PI) / 180, (y - nose) / radius);
    for (let x = Math.max(0, left); x <= Math.min(image.width - 1, right); x++) {
      const place = placeAt(surface, (x + 0.5 - axis) / radius);
      if (place !== undefined) copyPixel(image, data, { x, y }, axis + place * radius - 0.5);
    }
  }
  return { ...image, data };
}

/** Where each place of the surface is seen (`to`) and where the picture shows it (`from`), in radii from the axis. */
interface Surface {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

function surfaceOf(turn: number, height: number): Surface {
  const [from, to] = [new Float64Array(PLACES), new Float64Array(PLACES)];
  const ridge = NOSE.height * Math.exp(-((height / NOSE.up) ** 2) / 2);
  for (let index = 0; index < PLACES; index++) {
    const angle = (index / (PLACES - 1) - 0.5) * Math.PI;
    const reach = 1 + ridge * Math.exp(-((angle / NOSE.across) ** 2) / 2);
    from[index] = reach * Math.sin(angle);
    to[index] = reach * Math.sin(angle + turn);
  }
  return { from, to };
}

/** The place in the picture of what is seen at `x`; beyond the ear that turns into view, the ear; undefined beside the head. */
function placeAt({ from, to }: Surface, x: number): number | undefined {
  if (Math.abs(x) >= 1) return undefined;
  for (let index = 1; index < PLACES; index++) {
    const [before, after] = [to[index - 1]!, to[index]!];
    if (before <= x && x < after)
      return from[index - 1]! + ((x - before) / (after - before)) * (from[index]! - from[index - 1]!);
  }
  return x < to[0]! ? -1 : 1;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** From a place between two pixels of the same row. */
function copyPixel({ data, width }: RgbImage, into: Uint8Array, { x, y }: Place, source: number): void {
  const column = Math.min(width - 2, Math.max(0, Math.floor(source)));
  const share = Math.min(1, Math.max(0, source - column));
  const [from, to] = [(y * width + column) * 3, (y * width + x) * 3];
  for (let channel = 0; channel < 3; channel++) {
    into[to + channel] = Math.round(data[from + channel]! * (1 - share) + data[from + channel + 3]! * share);
  }
}
