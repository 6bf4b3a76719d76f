import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { measuredLimits } from './bands.ts';
import { decodePicture } from './decode-picture.ts';
import { createFaceEngine, type FaceEngine } from './face-engine.ts';
import { requireModelFolder } from './model-folder.ts';
import { cutRegion } from './reduced-face.ts';
import { simulateCardPhoto } from './simulated-card-photo.ts';
import type { FaceGeometry, RgbImage } from './types.ts';
import { compareFaces } from './verify.ts';

const samples = join(import.meta.dirname, '../../node_modules/@vladmandic/face-api/demo');

let engine: FaceEngine;
/** A group picture from the face library, and the four people in it from left to right. */
let group: RgbImage;
let people: readonly FaceGeometry[];

beforeAll(async () => {
  engine = await createFaceEngine({ modelFolder: await requireModelFolder() });
  group = await decodePicture(await readFile(join(samples, 'sample6.jpg')));
  people = (await engine.analyse(group, 'still')).toSorted((left, right) => left.box.x - right.box.x);
  return () => engine.close();
});

function personAt(index: number): FaceGeometry {
  const face = people[index];
  if (!face) throw new Error(`nobody at place ${index}`);
  return face;
}

/** What a camera might deliver of one person: turned and scaled anew, lighter or darker, and compressed. */
async function frameOf(face: FaceGeometry, angle: number, brightness: number): Promise<RgbImage> {
  const { x, y, width, height } = face.box;
  const region = { centreX: x + width / 2, centreY: y + height / 2, size: 2.2 * width, angle };
  const { image } = cutRegion(group, face.landmarks, region, 640);
  const raw = { width: image.width, height: image.height, channels: 3 } as const;
  return decodePicture(await sharp(image.data, { raw }).modulate({ brightness }).jpeg({ quality: 80 }).toBuffer());
}

async function framesOf(face: FaceGeometry): Promise<RgbImage[]> {
  return [await frameOf(face, 0, 1), await frameOf(face, 0.08, 0.85), await frameOf(face, -0.06, 1.15)];
}

describe('a card photo against live frames', () => {
  it.each([0, 1, 2, 3])('matches the person it shows (%i)', async (index) => {
    const card = await simulateCardPhoto(group, personAt(index));
    const comparison = await compareFaces(engine, card, await framesOf(personAt(index)));
    expect(comparison).toMatchObject({
      kind: 'compared',
      band: 'match',
      framesUsed: 3,
      cardFace: 'detector',
      fingerprint: measuredLimits.fingerprint,
    });
  });

  it('matches none of the others', async () => {
    const card = await simulateCardPhoto(group, personAt(3));
    for (const other of [0, 1, 2]) {
      const comparison = await compareFaces(engine, card, await framesOf(personAt(other)));
      expect(comparison.kind === 'compared' && comparison.distance).toBeGreaterThan(measuredLimits.match);
      expect(comparison).not.toMatchObject({ band: 'match' });
    }
  });

  it('does not decide when two people take turns before the camera', async () => {
    const card = await simulateCardPhoto(group, personAt(3));
    const frames = [...(await framesOf(personAt(3))), ...(await framesOf(personAt(0)))];
    expect(await compareFaces(engine, card, frames)).toEqual({ kind: 'cannot-compare', reason: 'frames-disagree' });
  });

  it('says which side shows no face', async () => {
    const empty = { width: 640, height: 480, data: new Uint8Array(640 * 480 * 3).fill(100) };
    const blank = { width: 102, height: 126, data: new Uint8Array(102 * 126 * 3).fill(230) };
    const card = await simulateCardPhoto(group, personAt(1));
    expect(await compareFaces(engine, card, [empty])).toMatchObject({ reason: 'no-face-in-frame' });
    expect(await compareFaces(engine, blank, await framesOf(personAt(1)))).toMatchObject({ reason: 'no-face-on-card' });
  });
});
