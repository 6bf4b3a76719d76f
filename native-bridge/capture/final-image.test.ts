import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { CheckName, CheckResult } from '../contract/capture.ts';
import type { FaceGeometry, Point } from '../face/types.ts';
import { eyeCentres, eyeMidpoint, faceWidth } from './face-measures.ts';
import { checkFinalImage, inspectFile, makeFinalImage } from './final-image.ts';
import type { FinalImage } from './final-image.ts';
import { loadProfile } from './profile.ts';
import { testFace } from './test-face.ts';
import { decoded, forPainted, guangxi, guangxiFile, paintPicture, spots } from './test-picture.ts';

const picture = paintPicture(1280, 720, spots(150));

/** The place in the photo of a point of the frame. */
function inPhoto({ crop, width, height }: FinalImage, { x, y }: Point): Point {
  const turn = (-crop.angle * Math.PI) / 180;
  const [dx, dy] = [x - crop.centre.x, y - crop.centre.y];
  return {
    x: ((dx * Math.cos(turn) - dy * Math.sin(turn)) / crop.width + 0.5) * width,
    y: ((dx * Math.sin(turn) + dy * Math.cos(turn)) / crop.height + 0.5) * height,
  };
}

/** The face as an engine would find it again in the photo. */
function faceInPhoto(photo: FinalImage, face: FaceGeometry): FaceGeometry {
  const points = Array.from({ length: 68 }, (_, index) =>
    inPhoto(photo, { x: face.landmarks[index * 2]!, y: face.landmarks[index * 2 + 1]! }),
  );
  const landmarks = Float32Array.from(points.flatMap(({ x, y }) => [x, y]));
  const scale = photo.width / photo.crop.width;
  const pose = { ...face.pose, roll: 0 };
  const box = { x: 0, y: 0, width: face.box.width * scale, height: face.box.height * scale };
  return { ...face, landmarks, pose, box, eyeDistance: face.eyeDistance * scale };
}

describe('layout', () => {
  it.each([
    ['upright', {}],
    ['tilted clockwise', { roll: 7 }],
    ['tilted the other way', { roll: -7 }],
    ['small and aside', { eyeDistance: 92, at: { x: 480, y: 300 } }],
    ['as near as allowed', { eyeDistance: 145, at: { x: 640, y: 330 } }],
  ] as const)('%s: the face lands where GA 461 wants it', async (_, pose) => {
    const face = testFace(pose);
    const photo = await makeFinalImage(picture, face, guangxi);
    const there = faceInPhoto(photo, face);
    const [first, second] = eyeCentres(there);
    const eyes = eyeMidpoint(there);
    expect(photo).toMatchObject({ width: 358, height: 441 });
    expect(faceWidth(there) / 358).toBeGreaterThanOrEqual(0.54);
    expect(faceWidth(there) / 358).toBeLessThanOrEqual(0.62);
    expect(eyes.y / 441).toBeLessThanOrEqual(0.531);
    expect(eyes.x).toBeGreaterThan(162);
    expect(eyes.x).toBeLessThan(196);
    expect(second.y - first.y).toBeCloseTo(0, 3);
  });

  it('leaves the hair margin above the crown', async () => {
    const face = testFace();
    const photo = await makeFinalImage(picture, face, guangxi);
    const crown = inPhoto(photo, { x: 640, y: 340 - (guangxi.geometry.headHeight - 1) * 1.9 * 125 });
    expect(crown.y).toBeGreaterThanOrEqual(7);
    expect(crown.y).toBeLessThanOrEqual(21);
  });

  it('gives up the hair margin rather than let the eyes come too low', async () => {
    const file = guangxiFile();
    (file['geometry'] as Record<string, { value: number }>)['headHeight']!.value = 2.9;
    const face = testFace({ eyeDistance: 95 });
    const photo = await makeFinalImage(picture, face, loadProfile(file));
    const eyes = inPhoto(photo, eyeMidpoint(face));
    expect(eyes.y / 441).toBeGreaterThan(0.45);
    expect(eyes.y / 441).toBeLessThanOrEqual(0.531);
  });

  it('takes in more around a head that is too long for the middle of the layout', async () => {
    const file = guangxiFile();
    const geometry = file['geometry'] as Record<string, { value: number }>;
    geometry['headHeight']!.value = 2.27;
    const face = testFace({ eyeDistance: 95 });
    const photo = await makeFinalImage(picture, face, loadProfile(file));
    const crown = inPhoto(photo, { x: 640, y: 340 - 1.27 * 1.9 * 95 });
    // The least hair margin of GA 461; at the middle of the face's band the crown would be cut off.
    expect(crown.y).toBeGreaterThanOrEqual(7);
    expect(faceWidth(faceInPhoto(photo, face)) / 358).toBeLessThan(0.57);
    expect(faceWidth(faceInPhoto(photo, face)) / 358).toBeGreaterThanOrEqual(0.54);
  });

  it('moves what is in the frame to its place: painted eyes are found again', async () => {
    const face = testFace({ roll: 6, eyeDistance: 110 });
    const eyes = eyeCentres(face);
    const painted = paintPicture(1280, 720, (x, y) =>
      eyes.some((eye) => Math.hypot(eye.x - 0.5 - x, eye.y - 0.5 - y) < 9) ? 20 : 200,
    );
    const photo = await makeFinalImage(painted, face, guangxi);
    const { data, width } = await decoded(photo.jpeg);
    const dark = Array.from({ length: 358 * 441 }, (_, index) => index).filter((index) => data[index * 3]! < 110);
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const half = (isFirst: boolean): number[] => dark.filter((index) => index % width < 179 === isFirst);
    const [first, second] = eyeCentres(faceInPhoto(photo, face));
    for (const [pixels, eye] of [
      [half(true), first],
      [half(false), second],
    ] as const) {
      expect(Math.abs(mean(pixels.map((index) => index % width)) + 0.5 - eye.x)).toBeLessThan(0.5);
      expect(Math.abs(mean(pixels.map((index) => Math.floor(index / width))) + 0.5 - eye.y)).toBeLessThan(0.5);
    }
  });

  it('repeats the edge where the crop leaves the frame a little, and refuses more', async () => {
    const photo = await makeFinalImage(picture, testFace({ at: { x: 640, y: 276 } }), guangxi);
    const top = photo.crop.centre.y - photo.crop.height / 2;
    expect(top).toBeLessThan(0);
    await expect(makeFinalImage(picture, testFace({ at: { x: 640, y: 240 } }), guangxi)).rejects.toMatchObject({
      code: 'capture.final-check-failed',
    });
    await expect(makeFinalImage(picture, testFace({ roll: 8.5, eyeDistance: 90 }), guangxi)).rejects.toMatchObject({
      code: 'capture.final-check-failed',
    });
  });
});

describe('the file', () => {
  const faint = paintPicture(1280, 720, spots(150, 8));
  const noise = paintPicture(1280, 720, (x, y) => [(x * 7919 + y * 104_729) % 256, (x * y) % 256, (x ^ (y * 3)) % 256]);

  it('is baseline sRGB JPEG without metadata', async () => {
    const { jpeg } = await makeFinalImage(picture, testFace(), guangxi);
    const found = await sharp(jpeg).metadata();
    expect(found).toMatchObject({
      format: 'jpeg',
      width: 358,
      height: 441,
      channels: 3,
      space: 'srgb',
      isProgressive: false,
    });
    expect([found.exif, found.icc, found.iptc, found.xmp]).toEqual([undefined, undefined, undefined, undefined]);
    expect(markersOf(jpeg)).not.toContain(0xe1);
    expect(markersOf(jpeg)).toContain(0xc0);
  });

  it('keeps the highest quality that fits', async () => {
    const plain = await makeFinalImage(
      paintPicture(1280, 720, () => 150),
      testFace(),
      guangxi,
    );
    expect(plain.quality).toBe(92);
    const busy = await makeFinalImage(paintPicture(1280, 720, spots(150)), testFace(), guangxi);
    expect(busy.quality).toBeLessThan(92);
    expect(busy.jpeg.length).toBeLessThanOrEqual(37_888);
  });

  it('is made smaller when even the lowest quality is too large, as far as the profile allows', async () => {
    const { jpeg, width, height } = await makeFinalImage(noise, testFace(), guangxi);
    expect(jpeg.length).toBeLessThanOrEqual(37_888);
    expect({ width, height }).toEqual({ width: 251, height: 309 });
    expect((await inspectFile(jpeg, guangxi)).deviations).toEqual([]);
  });

  it('is refused when that is too large as well', async () => {
    const file = guangxiFile();
    (file['file'] as Record<string, { value: number }>)['smallestScale']!.value = 1;
    await expect(makeFinalImage(noise, testFace(), loadProfile(file))).rejects.toMatchObject({
      code: 'capture.too-large',
    });
  });

  it('is known by its own bytes: what another program writes is told by name', async () => {
    const { data, width, height } = paintPicture(358, 441, () => 150);
    const raw = sharp(data, { raw: { width, height, channels: 3 } });
    const foreign = await raw
      .clone()
      .withExif({ IFD0: { Copyright: 'nobody' } })
      .jpeg({ progressive: true })
      .toBuffer();
    expect((await inspectFile(foreign, guangxi)).deviations).toEqual(['baseline', 'metadata']);
    const png = await raw.clone().resize(400, 300).png().toBuffer();
    expect((await inspectFile(png, guangxi)).deviations).toEqual(expect.arrayContaining(['format', 'size', 'aspect']));
  });

  it('meets the Base64 limit too when that is the tighter one', async () => {
    const file = guangxiFile();
    const limits = file['file'] as Record<string, { value: number }>;
    limits['maximumBase64']!.value = 20_000;
    const { jpeg } = await makeFinalImage(faint, testFace(), loadProfile(file));
    expect(`data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`.length).toBeLessThanOrEqual(20_000);
  });
});

describe('a real photograph', () => {
  /** Left person of a demonstration picture; eye centres set by hand. */
  const source = fileURLToPath(import.meta.resolve('@vladmandic/face-api/demo/sample1.jpg'));
  const face = testFace({ at: { x: 478, y: 463 }, eyeDistance: 92, roll: -2 });

  it('comes out at 358×441 within 37 KB and 50 KB of Base64', async () => {
    const { jpeg, quality } = await makeFinalImage(await decoded(source), face, guangxi);
    expect(await sharp(jpeg).metadata()).toMatchObject({ width: 358, height: 441 });
    expect(jpeg.length).toBeLessThanOrEqual(37_888);
    expect(jpeg.length).toBeGreaterThan(8_000);
    expect(`data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`.length).toBeLessThanOrEqual(51_200);
    expect(quality).toBeGreaterThanOrEqual(70);
  });
});

const goodFile = { bytes: 20_000, deviations: [] };

describe('the re-check of the decoded file', () => {
  const statusOf = (results: readonly CheckResult[], name: CheckName): CheckResult['status'] | undefined =>
    results.find((result) => result.name === name)?.status;

  it('passes what was made from a good frame', async () => {
    const face = testFace({ roll: 4 });
    const photo = await makeFinalImage(picture, face, guangxi);
    const results = checkFinalImage(
      await decoded(photo.jpeg),
      [faceInPhoto(photo, face)],
      forPainted,
      await inspectFile(photo.jpeg, guangxi),
    );
    expect(results.filter(({ status }) => status === 'block')).toEqual([]);
    expect(results.find(({ name }) => name === 'file-format')).toMatchObject({ status: 'pass', value: 0 });
    expect(results.find(({ name }) => name === 'file-size')?.value).toBe(photo.jpeg.length);
    expect(statusOf(results, 'stillness')).toBeUndefined();
  });

  it.each([
    ['head-size', { eyeDistance: 105 }],
    ['head-size', { eyeDistance: 75 }],
    ['centred', { at: { x: 205, y: 190 } }],
    ['eye-height', { at: { x: 179, y: 245 } }],
    ['inside-frame', { at: { x: 179, y: 150 } }],
    ['roll', { roll: 5 }],
    ['yaw', { yaw: 14 }],
    ['eyes-open', { eyeGap: 0.03 }],
  ] as const)('blocks on %s', (name, change) => {
    const photo = paintPicture(358, 441, spots(150));
    const face = testFace({ at: { x: 179, y: 190 }, eyeDistance: 90, ...change });
    expect(statusOf(checkFinalImage(photo, [face], forPainted, goodFile), name)).toBe('block');
    const right = testFace({ at: { x: 179, y: 190 }, eyeDistance: 90 });
    expect(statusOf(checkFinalImage(photo, [right], forPainted, goodFile), name)).toBe('pass');
  });

  it('blocks when no face is found any more', () => {
    const results = checkFinalImage(
      paintPicture(358, 441, () => 128),
      [],
      forPainted,
      goodFile,
    );
    expect(statusOf(results, 'face-present')).toBe('block');
    expect(statusOf(results, 'yaw')).toBe('not-measured');
  });
});

/** Marker bytes of a JPEG's segments before the picture data. */
function markersOf(jpeg: Uint8Array): number[] {
  const markers: number[] = [];
  for (let at = 2; at + 4 <= jpeg.length && markers.at(-1) !== 0xda; at += 2 + jpeg[at + 2]! * 256 + jpeg[at + 3]!) {
    markers.push(jpeg[at + 1]!);
  }
  return markers;
}
