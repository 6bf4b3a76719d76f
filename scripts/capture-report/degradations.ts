import { displayLevel } from '../../native-bridge/capture/luminance.ts';
import { chinDistance, eyeMidpoint } from '../../native-bridge/capture/face-measures.ts';
import { checkFrame } from '../../native-bridge/capture/checks/frame.ts';
import { meanInHull } from '../../native-bridge/capture/face-patch.ts';
import type { CaptureProfile } from '../../native-bridge/capture/profile.ts';
import type { CheckName } from '../../native-bridge/contract/capture.ts';
import type { FaceGeometry, RgbImage } from '../../native-bridge/face/types.ts';
import { headTurned } from './head-turn.ts';
import { asJpeg, type Portrait } from './portraits.ts';
import { blurred, boundsOf, columnsWarped, lineAt, noisy, overlaid, pointsOf, relit } from './picture-changes.ts';

/** Something that can be wrong with a picture, and the checks of which one has to say so. */
export interface Degradation {
  readonly name: string;
  readonly expected: readonly CheckName[];
  apply(portrait: Portrait, profile: CaptureProfile): Promise<RgbImage> | RgbImage;
}

/** The head tilted or nodding until it looks that far aside; it may look a little aside to begin with. */
const tilted = (name: string, expected: 'pitch' | 'roll', degrees: number): Degradation => ({
  name,
  expected: [expected],
  apply: ({ shown, face }) => shown({ turned: { [expected]: degrees - face.pose[expected] } }),
});

/** The same sideways: far enough for every profile. The same angle on both sides. */
const turned = (name: string, degrees: 25 | -25): Degradation => ({
  name,
  expected: ['yaw'],
  apply: ({ frame, face }) => headTurned(frame, face, degrees - face.pose.yaw),
});

/** The face lit to this mean linear luminance, everything else with it. */
const lit = (name: string, expected: readonly CheckName[], mean: number): Degradation => ({
  name,
  expected,
  apply: (portrait, profile) => {
    const gain = mean / faceLuminance(portrait, profile);
    return relit(portrait.frame, () => gain);
  },
});

export const degradations: readonly Degradation[] = [
  tilted('rotated', 'roll', 14),
  turned('turned left', 25),
  turned('turned right', -25),
  tilted('chin up', 'pitch', 40),
  tilted('chin down', 'pitch', -40),
  { name: 'blurred', expected: ['sharpness'], apply: ({ frame }) => blurred(frame, 4) },
  lit('dark', ['brightness'], 0.012),
  lit('bright', ['brightness', 'over-exposure'], 1.3),
  { name: 'side light', expected: ['even-light'], apply: sideLit },
  { name: 'backlight', expected: ['backlight'], apply: backlit },
  { name: 'colour cast', expected: ['natural-colour'], apply: ({ frame }) => relit(frame, () => [0.5, 0.75, 1.5]) },
  { name: 'second face', expected: ['single-face'], apply: withSecondFace },
  { name: 'too small', expected: ['eye-distance'], apply: ({ shown }) => shown({ eyeDistance: 70 }) },
  { name: 'off centre', expected: ['centred'], apply: ({ shown }) => shown({ centreX: 300 }) },
  { name: 'cropped', expected: ['inside-frame'], apply: ({ shown }) => shown({ centreY: 130 }) },
  { name: 'closed eyes', expected: ['eyes-open', 'irises-visible'], apply: withClosedEyes },
  { name: 'open mouth', expected: ['mouth-closed'], apply: withOpenMouth },
  { name: 'glare', expected: ['glare'], apply: withGlare },
  { name: 'dark glasses', expected: ['eyes-visible'], apply: withDarkGlasses },
  { name: 'mask', expected: ['mouth-visible'], apply: withMask },
  { name: 'cap', expected: ['forehead-visible'], apply: withCap },
  { name: 'noise', expected: ['noise'], apply: ({ frame }) => noisy(frame, 20) },
  { name: 'JPEG quality 10', expected: ['compression'], apply: ({ frame }) => asJpeg(frame, 10) },
  { name: 'patterned wall', expected: ['plain-background'], apply: beforePattern },
];

function faceLuminance({ frame, face }: Portrait, profile: CaptureProfile): number {
  const patch = checkFrame({ image: frame, faces: [face], profile, stage: 'live', history: {} }).patch();
  return (patch && meanInHull(patch, (luminance) => luminance)) ?? 1;
}

/** Light from one side: over the width of the face it falls to an eighth. */
function sideLit({ frame, face }: Portrait): RgbImage {
  const { x } = eyeMidpoint(face);
  const reach = face.eyeDistance * 0.9;
  return relit(frame, (column) => 8 ** -Math.min(1, Math.max(0, (column - x + reach) / (2 * reach))));
}

/** 1 on the head and the body, 0 on the wall, soft between. */
function personShare(face: FaceGeometry): (x: number, y: number) => number {
  const unit = chinDistance(face);
  const eyes = eyeMidpoint(face);
  return (x, y) => {
    const [dx, dy] = [(x - eyes.x) / unit, (y - eyes.y) / unit];
    const head = 1 - Math.hypot(dx / 0.85, (dy - 0.05) / 1.2);
    const body = Math.min(dy - 0.9, 1.6 - Math.abs(dx));
    return Math.min(1, Math.max(0, 0.5 + Math.max(head, body) * 12));
  };
}

/** A window behind a face that gets no light. */
function backlit(portrait: Portrait, profile: CaptureProfile): RgbImage {
  const dim = 0.02 / faceLuminance(portrait, profile);
  const share = personShare(portrait.face);
  return relit(portrait.frame, (x, y) => {
    const person = share(x, y);
    return dim * person + 2.5 * (1 - person);
  });
}

async function withSecondFace({ shown }: Portrait): Promise<RgbImage> {
  const [worker, guest] = [await shown({ centreX: 450 }), await shown({ centreX: 1000, eyeDistance: 100 })];
  const data = worker.data.map((level, index) => {
    return Math.floor(index / 3) % worker.width < 740 ? level : (guest.data[index] ?? level);
  });
  return { ...worker, data };
}

const eyes = [
  { upper: [36, 37, 38, 39], lower: [36, 41, 40, 39] },
  { upper: [42, 43, 44, 45], lower: [42, 47, 46, 45] },
] as const;

/** The upper lid and the skin above it drawn down over the eye; a thin line of the eye is left. */
function withClosedEyes({ frame, face }: Portrait): RgbImage {
  const reach = face.eyeDistance * 0.16;
  return eyes.reduce((picture, eye) => {
    const [upper, lower] = [pointsOf(face, eye.upper), pointsOf(face, eye.lower)];
    const box = boundsOf([...upper, ...lower]);
    const wide = { ...box, top: box.top - reach, bottom: box.bottom + 3 };
    return columnsWarped(picture, wide, (x, y) => {
      const [lid, edge] = [lineAt(upper, x) - 2, lineAt(lower, x) + 2];
      const [top, closed] = [lid - reach, edge - 1.5];
      if (y < top || y > edge) return undefined;
      return y <= closed
        ? top + ((y - top) / (closed - top)) * reach
        : lid + ((y - closed) / (edge - closed)) * (edge - lid);
    });
  }, frame);
}

/** Lower lip and chin moved down, darkness between the lips. */
function withOpenMouth({ frame, face }: Portrait): RgbImage {
  const lips = pointsOf(face, [60, 61, 62, 63, 64]);
  const jaw = pointsOf(face, [5, 6, 7, 8, 9, 10, 11]);
  const [left, right] = [lips[0]!.x, lips.at(-1)!.x];
  const deepest = chinDistance(face) * 0.3;
  const box = { left, right, top: boundsOf(lips).top - 2, bottom: boundsOf(jaw).bottom + deepest };
  return columnsWarped(frame, box, (x, y) => {
    const gap = deepest * Math.sqrt(Math.sin((Math.PI * (x - left)) / (right - left)));
    const [line, chin] = [lineAt(lips, x), lineAt(jaw, x) + deepest * 1.2];
    if (y < line || y > chin) return undefined;
    return y < line + gap ? 'dark' : line + ((y - line - gap) / (chin - line - gap)) * (chin - line);
  });
}

const eyeMiddles = (face: FaceGeometry) => [
  boundsOf(pointsOf(face, [36, 37, 38, 39, 40, 41])),
  boundsOf(pointsOf(face, [42, 43, 44, 45, 46, 47])),
];

function overEyes(face: FaceGeometry, paint: (x: number, y: number, unit: number) => string): string {
  const middles = eyeMiddles(face).map(({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2]);
  return middles.map(([x, y]) => paint(x!, y!, face.eyeDistance)).join('');
}

function withGlare({ frame, face }: Portrait): Promise<RgbImage> {
  const spot = (x: number, y: number, unit: number) =>
    `<ellipse cx="${x}" cy="${y - unit * 0.06}" rx="${unit * 0.13}" ry="${unit * 0.06}" fill="#fff"/>`;
  return overlaid(frame, overEyes(face, spot));
}

function withDarkGlasses({ frame, face }: Portrait): Promise<RgbImage> {
  const glass = (x: number, y: number, unit: number) =>
    `<ellipse cx="${x}" cy="${y + unit * 0.05}" rx="${unit * 0.44}" ry="${unit * 0.32}" fill="#050505"/>`;
  return overlaid(frame, overEyes(face, glass));
}

/** A surgical mask from the middle of the nose to under the chin. */
function withMask({ frame, face }: Portrait): Promise<RgbImage> {
  const outline = [...pointsOf(face, [2, 4, 6, 8, 10, 12, 14]), ...pointsOf(face, [28])];
  const points = outline.map(({ x, y }) => `${x},${y}`).join(' ');
  return overlaid(frame, `<polygon points="${points}" fill="#8fb9d8" stroke="#8fb9d8" stroke-width="12"/>`);
}

/** A dark cap from above the crown down to the brows. */
function withCap({ frame, face }: Portrait): Promise<RgbImage> {
  const { left, right, top } = boundsOf(pointsOf(face, [0, 16, 17, 19, 24, 26]));
  const height = chinDistance(face);
  const dome = `M${left - 10} ${top}Q${(left + right) / 2} ${top - height * 1.9} ${right + 10} ${top}Z`;
  return overlaid(frame, `<path d="${dome}" fill="#16284f"/>`);
}

/** A wall of tiles, dark and light, behind the person. */
function beforePattern({ frame, face }: Portrait): RgbImage {
  const share = personShare(face);
  const data = frame.data.slice();
  for (let pixel = 0; pixel < frame.width * frame.height; pixel++) {
    const [x, y] = [pixel % frame.width, Math.floor(pixel / frame.width)];
    const tile = displayLevel((Math.floor(x / 36) + Math.floor(y / 36)) % 2 === 0 ? 0.08 : 0.6);
    const person = share(x, y);
    for (let channel = 0; channel < 3; channel++) {
      const at = pixel * 3 + channel;
      data[at] = Math.round(data[at]! * person + tile * (1 - person));
    }
  }
  return { ...frame, data };
}
