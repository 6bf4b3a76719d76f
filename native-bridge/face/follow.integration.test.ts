import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodePicture } from './decode-picture.ts';
import { createFaceEngine, type FaceEngine } from './face-engine.ts';
import { requireModelFolder } from './model-folder.ts';
import { cutRegion } from './reduced-face.ts';
import type { RgbImage } from './types.ts';

// One of the group pictures that come with the face library, under its MIT licence.
const sample = join(import.meta.dirname, '../../node_modules/@vladmandic/face-api/demo/sample6.jpg');

let engine: FaceEngine;
let group: RgbImage;
beforeAll(async () => {
  engine = await createFaceEngine({ modelFolder: await requireModelFolder() });
  group = await decodePicture(await readFile(sample));
  return () => engine.close();
});

/** A frame around one person of the picture, `shift` pixels further to the right. */
const frame = (shift: number) =>
  cutRegion(group, new Float32Array(136), { centreX: 1590 - shift, centreY: 430, size: 560, angle: 0 }, 560).image;

const wall: RgbImage = { width: 560, height: 560, data: new Uint8Array(560 * 560 * 3).fill(190) };

describe('following the face of a stream', () => {
  it('says of every frame nearly what a search of the whole frame says', async () => {
    const follow = engine.follow();
    for (const shift of [0, 6, 12, 18, 24, 30]) {
      const [followed] = await follow(frame(shift));
      const [found] = await engine.analyse(frame(shift));
      if (!followed || !found) throw new Error('no face');
      const apart = followed.landmarks.map((value, index) => Math.abs(value - (found.landmarks[index] ?? 0)));
      expect(Math.max(...apart)).toBeLessThan(0.06 * found.eyeDistance);
      expect(Math.abs(followed.box.x - found.box.x)).toBeLessThan(0.15 * found.box.width);
      expect(Math.abs(followed.pose.yaw - found.pose.yaw)).toBeLessThan(3);
    }
  });

  it('loses a face that has gone, at once', async () => {
    const follow = engine.follow();
    expect(await follow(frame(0))).toHaveLength(1);
    expect(await follow(wall)).toEqual([]);
  });

  it('notices within three frames that others have come', async () => {
    const follow = engine.follow();
    expect(await follow(frame(0))).toHaveLength(1);
    const counts: number[] = [];
    for (let index = 0; index < 3; index++) counts.push((await follow(group)).length);
    expect(Math.max(...counts)).toBeGreaterThan(1);
  });
});
