import type { FaceGeometry, RgbImage } from '../../native-bridge/face/types.ts';
import { type FrameView, frontalView } from './frontal-view.ts';
import type { Sitter } from './sitters.ts';

/** How a person of a sample picture holds the head and the face; degrees and parts of the way, all 0 at rest. */
export interface Expression {
  /** The nose to the picture's right, which is the person's own left. */
  readonly yaw?: number;
  /** The nose up. */
  readonly pitch?: number;
  /** 1 with the lids closed. */
  readonly blink?: number;
  /** Gap between the lips in eye distances. */
  readonly mouth?: number;
}

/** Mesh points of the lids, from the picture's left to its right. */
const eyes = [
  {
    upper: [33, 246, 161, 160, 159, 158, 157, 173, 133],
    lower: [33, 7, 163, 144, 145, 153, 154, 155, 133],
  },
  {
    upper: [362, 398, 384, 385, 386, 387, 388, 466, 263],
    lower: [362, 382, 381, 380, 374, 373, 390, 249, 263],
  },
] as const;
const innerLips = { left: 78, right: 308, upper: 13, lower: 14 } as const;
const chin = 152;

type Points = (index: number) => readonly [x: number, y: number];

/** Height of a line through mesh points at `x`; `undefined` beside it. */
function lineAt(points: Points, line: readonly number[], x: number): number | undefined {
  for (let index = 1; index < line.length; index++) {
    const [x0, y0] = points(line[index - 1] ?? 0);
    const [x1, y1] = points(line[index] ?? 0);
    if (x >= x0 && x <= x1 && x1 > x0) return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
  }
  return undefined;
}

/** Both lids of an eye that lies above and below `x`. */
function lidsAt(points: Points, upper: readonly number[], lower: readonly number[], x: number) {
  const [top, bottom] = [lineAt(points, upper, x), lineAt(points, lower, x)];
  return top === undefined || bottom === undefined ? [] : [[top, bottom] as const];
}

/** Where the upper lid comes down, the skin between it and the brow is stretched over the eye. */
function closeEyes(points: Points, amount: number, unit: number): (x: number, y: number) => number {
  const known = new Map<number, readonly (readonly [top: number, bottom: number])[]>();
  const linesAt = (x: number) => {
    const lines = known.get(x) ?? eyes.flatMap(({ upper, lower }) => lidsAt(points, upper, lower, x));
    known.set(x, lines);
    return lines;
  };
  return (x, y) => {
    for (const [top, bottom] of linesAt(x)) {
      // Lashes and lid edge travel too: the fold begins a little above the lid.
      const fold = top - 0.16 * unit;
      const edge = top + amount * (bottom - top);
      if (y < fold || y > edge) continue;
      return fold + ((y - fold) * (top - 0.02 * unit - fold)) / Math.max(edge - fold, 1);
    }
    return y;
  };
}

/** The chin drops and the gap between the lips is dark; `undefined` stands for the gap. */
function openMouth(points: Points, gap: number): (x: number, y: number) => number | undefined {
  const [left] = points(innerLips.left);
  const [right] = points(innerLips.right);
  const middle = (points(innerLips.upper)[1] + points(innerLips.lower)[1]) / 2;
  const bottom = points(chin)[1];
  const reach = (bottom - middle) * 2.2;
  return (x, y) => {
    if (y < middle) return y;
    const across = (x - (left + right) / 2) / ((right - left) * 0.5);
    const opening = gap * Math.max(0, 1 - across * across);
    if (y < middle + opening) return undefined;
    // Beside the mouth the jaw moves too, less and less towards the ears and below the chin.
    const jaw = Math.max(opening, gap * Math.exp(-(across * across) / 4));
    const fade = Math.max(0, 1 - Math.max(0, y - bottom) / (reach - (bottom - middle)));
    return Math.max(middle, y - jaw * fade);
  };
}

const darkness = [38, 18, 20] as const;

/** Moves the pixels of a frontal view: `from` names the row that a pixel's colour comes from. */
function moved(image: RgbImage, from: (x: number, y: number) => number | undefined): RgbImage {
  const { width, height, data } = image;
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const row = from(x, y);
      const at = (y * width + x) * 3;
      if (row === undefined) {
        result.set(darkness, at);
        continue;
      }
      const above = Math.min(Math.max(Math.floor(row), 0), height - 2);
      const share = Math.min(Math.max(row - above, 0), 1);
      for (let channel = 0; channel < 3; channel++) {
        const upper = data[(above * width + x) * 3 + channel] ?? 0;
        const lower = data[((above + 1) * width + x) * 3 + channel] ?? 0;
        result[at + channel] = upper + (lower - upper) * share;
      }
    }
  }
  return { width, height, data: result };
}

/** The person as `frontalView` shows it, with another hold of the head. */
const turnedFace = (face: FaceGeometry, { yaw = 0, pitch = 0 }: Expression): FaceGeometry => ({
  ...face,
  pose: { ...face.pose, yaw: face.pose.yaw - yaw, pitch: face.pose.pitch - pitch },
});

/**
 * One frame of a person who acts. The head is turned in space by its mesh; lids and lips are moved in the picture, where
 * `rest` is the mesh of the same view at rest.
 */
export function actedFrame(person: Sitter, view: FrameView, expression: Expression, rest?: FaceGeometry): RgbImage {
  const { blink = 0, mouth = 0 } = expression;
  const frame = frontalView(person.image, turnedFace(person.face, expression), view);
  if (rest === undefined || (blink === 0 && mouth === 0)) return frame;
  const points: Points = (index) => [rest.mesh[3 * index] ?? 0, rest.mesh[3 * index + 1] ?? 0];
  const opened = mouth === 0 ? frame : moved(frame, openMouth(points, mouth * view.eyeDistance));
  return blink === 0 ? opened : moved(opened, closeEyes(points, blink, view.eyeDistance));
}
