import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { decodePicture } from '../../native-bridge/face/decode-picture.ts';
import { createFaceEngine, type FaceEngine } from '../../native-bridge/face/face-engine.ts';
import type { FaceGeometry, RgbImage } from '../../native-bridge/face/types.ts';
import { type FrameView, frontalView } from './frontal-view.ts';

/*
 * The people in front of the test camera: faces from the sample pictures inside the npm package @vladmandic/face-api,
 * taken from node_modules at run time and named by nothing but their place in those pictures.
 */

const samples = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo');
const modelFolder = join(import.meta.dirname, '..', '..', 'assets', 'models');

/**
 * Picture number and the middle of the face in it, in pixels. The mesh is flatter than a head, so a head that is turned
 * has to be turned back by a little more than it says.
 */
const places = {
  first: { sample: 5, x: 861, y: 244, yawGain: 1.7, pitchGain: 1 },
  second: { sample: 6, x: 1590, y: 436, yawGain: 1, pitchGain: 1.6 },
} as const;

export type SitterName = keyof typeof places;

export interface Sitter {
  readonly image: RgbImage;
  readonly face: FaceGeometry;
}

async function sitter(engine: FaceEngine, name: SitterName): Promise<Sitter> {
  const { sample, x, y, yawGain, pitchGain } = places[name];
  const image = await decodePicture(await readFile(join(samples, `sample${sample}.jpg`)));
  const faces = await engine.analyse(image, 'still');
  const distance = ({ box }: FaceGeometry) => Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y);
  const [face] = faces.toSorted((a, b) => distance(a) - distance(b));
  if (face === undefined || distance(face) > 40) throw new Error(`no face at ${x}, ${y} in sample ${sample}`);
  const { yaw, pitch, roll } = face.pose;
  return { image, face: { ...face, pose: { yaw: yaw * yawGain, pitch: pitch * pitchGain, roll } } };
}

/** Finds the people that are asked for; the face engine is closed afterwards. */
export async function findSitters<N extends SitterName>(names: readonly N[]): Promise<Readonly<Record<N, Sitter>>> {
  const engine = await createFaceEngine({ modelFolder });
  try {
    const found: (readonly [N, Sitter])[] = [];
    for (const name of names) found.push([name, await sitter(engine, name)]);
    return Object.fromEntries(found) as Record<N, Sitter>;
  } finally {
    await engine.close();
  }
}

/** A plain wall, a little brighter than a face in ordinary light. */
const wall = { r: 188, g: 194, b: 200 };

/** Head and shoulders stand out, everybody else in the sample picture vanishes into the wall. */
function outline({ width, height, centreX, centreY, eyeDistance: unit }: FrameView): Buffer {
  const head = `<ellipse cx="${centreX}" cy="${centreY - 0.25 * unit}" rx="${1.25 * unit}" ry="${1.75 * unit}"/>`;
  const neck = `<rect x="${centreX - 0.8 * unit}" y="${centreY}" width="${1.6 * unit}" height="${2 * unit}"/>`;
  const body = `<ellipse cx="${centreX}" cy="${centreY + 3 * unit}" rx="${2.2 * unit}" ry="${1.5 * unit}"/>`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
      `<filter id="soft"><feGaussianBlur stdDeviation="${unit * 0.08}"/></filter>` +
      `<g filter="url(#soft)" fill="#fff">${head}${neck}${body}</g></svg>`,
  );
}

/** One camera frame (JPEG) of a person sitting at the desk; `drawn` shows the person in that view doing something. */
export async function deskFrame(
  person: Sitter,
  view: FrameView,
  drawn: RgbImage = frontalView(person.image, person.face, view),
): Promise<Buffer> {
  const { width, height, data } = drawn;
  // The sample faces are smaller than the frame wants them; a camera would have resolved what enlarging softens.
  const enlarged = await sharp(data, { raw: { width, height, channels: 3 } })
    .sharpen({ sigma: 1.6 })
    .png()
    .toBuffer();
  const cut = await sharp(enlarged)
    .ensureAlpha()
    .composite([{ input: outline(view), blend: 'dest-in' }])
    .png()
    .toBuffer();
  return sharp({ create: { width, height, channels: 3, background: wall } })
    .composite([{ input: cut }])
    .jpeg({ quality: 92, chromaSubsampling: '4:2:0' })
    .toBuffer();
}

/**
 * The frame and one that differs in a corner of the wall, to be sent in turn: what never changes is a still and no
 * camera. The face stays as it is, to the last bit.
 */
export async function living(frame: Uint8Array): Promise<readonly [Uint8Array, Uint8Array]> {
  const corner = { create: { width: 64, height: 64, channels: 3, background: { ...wall, b: wall.b + 4 } } } as const;
  const changed = sharp(frame).composite([{ input: corner, left: 0, top: 0 }]);
  return [frame, await changed.png({ compressionLevel: 1 }).toBuffer()];
}

/** A frame with nobody in it; no two frames of a camera have the same noise. */
export function emptyFrame(width: number, height: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 190, sigma: 3 } as const;
  return sharp({ create: { width, height, channels: 3, background: wall, noise } })
    .jpeg({ quality: 92 })
    .toBuffer();
}
