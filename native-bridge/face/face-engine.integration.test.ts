import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyseCardPortrait } from './analyse.ts';
import { decodePicture } from './decode-picture.ts';
import { descriptorDistance } from './descriptor.ts';
import { createFaceEngine, type FaceEngine } from './face-engine.ts';
import { loadModel } from './face-models.ts';
import { requireModelFolder } from './model-folder.ts';
import type { Net } from './net.ts';
import { cutRegion } from './reduced-face.ts';
import { simulateCardPhoto } from './simulated-card-photo.ts';
import type { FaceGeometry, RgbImage } from './types.ts';

const samples = join(import.meta.dirname, '../../node_modules/@vladmandic/face-api/demo');

/** One of the group pictures that come with the face library, under its MIT licence. */
async function sample(number: number): Promise<RgbImage> {
  return decodePicture(await readFile(join(samples, `sample${number}.jpg`)));
}

function mirror({ width, height, data }: RgbImage): RgbImage {
  const mirrored = new Uint8Array(data.length);
  for (let index = 0; index < data.length / 3; index++) {
    const x = index % width;
    const from = 3 * (index - x + width - 1 - x);
    mirrored.set(data.subarray(from, from + 3), 3 * index);
  }
  return { width, height, data: mirrored };
}

/** A part of a picture shifted by parts of a pixel, turned and scaled, as another frame of the same moment. */
function reframed(image: RgbImage, face: FaceGeometry, angle: number, reach: number, edge: number): RgbImage {
  const { x, y, width, height } = face.box;
  const region = { centreX: x + width / 2 + 2.3, centreY: y + height / 2 - 1.6, size: reach * width, angle };
  return cutRegion(image, face.landmarks, region, edge).image;
}

/** The face whose box holds a position. */
function faceAt(faces: readonly FaceGeometry[], x: number, y: number): FaceGeometry {
  const found = faces.find(({ box }) => x > box.x && y > box.y && x < box.x + box.width && y < box.y + box.height);
  if (!found) throw new Error(`no face at ${x}, ${y}`);
  return found;
}

let engine: FaceEngine;
let modelFolder: string;
beforeAll(async () => {
  modelFolder = await requireModelFolder();
  engine = await createFaceEngine({ modelFolder });
  return () => engine.close();
});

describe('finding faces', () => {
  // Counted by eye in the pictures.
  it.each([
    [1, 3],
    [2, 3],
    [3, 3],
    [4, 4],
    [5, 5],
    [6, 4],
  ])('finds everyone in group picture %i: %i', async (number, count) => {
    expect(await engine.analyse(await sample(number), 'still')).toHaveLength(count);
  });

  it('finds small faces on a closer look', async () => {
    const group = await sample(5);
    const wide = cutRegion(group, new Float32Array(136), { centreX: 960, centreY: 700, size: 6000, angle: 0 }, 1280);
    const faces = await engine.analyse(wide.image, 'still');
    expect(faces).toHaveLength(5);
    // 40 px wide each in the 1280 px frame, on average.
    expect(Math.max(...faces.map(({ eyeDistance }) => eyeDistance))).toBeLessThan(30);
  });

  it('orders faces by size and finds none in an empty picture', async () => {
    const areas = (await engine.analyse(await sample(4), 'still')).map(({ box }) => box.width * box.height);
    expect(areas).toEqual(areas.toSorted((left, right) => right - left));
    const grey = { width: 1280, height: 720, data: new Uint8Array(1280 * 720 * 3).fill(120) };
    expect(await engine.analyse(grey)).toEqual([]);
  });
});

describe('measuring a face', () => {
  it('puts eyes, nose and mouth where they are', async () => {
    const { landmarks } = faceAt(await engine.analyse(await sample(6), 'still'), 1590, 430);
    const near = (index: number, x: number, y: number) => {
      const distance = Math.hypot((landmarks[2 * index] ?? 0) - x, (landmarks[2 * index + 1] ?? 0) - y);
      expect(distance, `landmark ${index}`).toBeLessThan(14);
    };
    // Read off the picture by eye: outer eye corners, nose tip, mouth corners.
    near(36, 1514, 372);
    near(45, 1650, 404);
    near(30, 1566, 456);
    near(48, 1520, 478);
    near(54, 1597, 493);
  });

  it('mirrors yaw and roll with the picture and keeps pitch', async () => {
    const picture = await sample(4);
    const face = faceAt(await engine.analyse(picture), 320, 330);
    const other = faceAt(await engine.analyse(mirror(picture)), picture.width - 320, 330);
    expect(face.pose.yaw).toBeGreaterThan(20);
    expect(face.pose.roll).toBeLessThan(-15);
    expect(Math.abs(face.pose.yaw + other.pose.yaw)).toBeLessThan(5);
    expect(Math.abs(face.pose.roll + other.pose.roll)).toBeLessThan(4);
    expect(Math.abs(face.pose.pitch - other.pose.pitch)).toBeLessThan(5);
  });
});

describe('describing a face', () => {
  it('hardly changes with a small shift, turn and scale', async () => {
    const picture = await sample(6);
    const face = faceAt(await engine.analyse(picture, 'still'), 1590, 430);
    const original = await engine.describe(picture, face);
    for (const [angle, reach, edge] of [
      [0, 2.5, 700],
      [0.1, 2.5, 600],
      [-0.1, 3, 500],
    ] as const) {
      const frame = reframed(picture, face, angle, reach, edge);
      const [found] = await engine.analyse(frame);
      expect(found).toBeDefined();
      if (found) expect(descriptorDistance(original, await engine.describe(frame, found))).toBeLessThan(0.12);
    }
  });

  it('describes several faces together as each by itself, whatever the effort', async () => {
    const image = await sample(1);
    const shown = (await engine.analyse(image)).map(({ landmarks }) => ({ image, landmarks }));
    expect(shown).toHaveLength(3);
    for (const effort of ['brief', 'quick', 'thorough'] as const) {
      const together = await engine.describeEach(shown, effort);
      for (const [index, face] of shown.entries()) {
        const alone = await engine.describe(image, face, effort);
        expect(descriptorDistance(together[index]!, alone)).toBeLessThan(1e-5);
      }
    }
  });

  it('hardly tells a face from its mirror image', async () => {
    const image = await sample(1);
    const mirrored = mirror(image);
    const [face] = await engine.analyse(image);
    const turned = faceAt(
      await engine.analyse(mirrored),
      image.width - face!.box.x - face!.box.width / 2,
      face!.box.y + face!.box.height / 2,
    );
    const [one, other] = [
      await engine.describe(image, face!, 'brief'),
      await engine.describe(mirrored, turned, 'brief'),
    ];
    expect(descriptorDistance(one, other)).toBeLessThan(0.1);
  });

  it('keeps the people of one picture apart', async () => {
    for (const number of [1, 3, 6]) {
      const picture = await sample(number);
      const descriptors: Float32Array[] = [];
      for (const face of await engine.analyse(picture, 'still')) descriptors.push(await engine.describe(picture, face));
      for (const [index, descriptor] of descriptors.entries()) {
        for (const other of descriptors.slice(0, index)) {
          expect(descriptorDistance(descriptor, other)).toBeGreaterThan(0.33);
        }
      }
    }
  });
});

describe('card photos', () => {
  it('are found by the detector although the head fills them', async () => {
    const picture = await sample(6);
    for (const face of await engine.analyse(picture, 'still')) {
      const photo = await simulateCardPhoto(picture, face);
      const portrait = await engine.analysePortrait(photo);
      expect(portrait).toMatchObject({ kind: 'face', located: 'detector' });
      // GA 461 scaled to 102 px: eyes 24 to 30 px apart.
      expect(portrait.kind === 'face' && Math.round(portrait.face.eyeDistance)).toSatisfy(
        (distance: number) => distance >= 23 && distance <= 30,
      );
    }
  });

  it('whose face the detector misses are measured where GA 461 puts the face, and marked', async () => {
    const picture = await sample(6);
    const photo = await simulateCardPhoto(picture, faceAt(await engine.analyse(picture, 'still'), 1590, 430));
    const found = await engine.analysePortrait(photo);
    const blind: Net = {
      edge: 256,
      run: async () =>
        new Map([
          ['fine_scores', new Float32Array(512).fill(-50)],
          ['fine_boxes', new Float32Array(512 * 16)],
          ['coarse_scores', new Float32Array(384).fill(-50)],
          ['coarse_boxes', new Float32Array(384 * 16)],
        ]),
      close: async () => undefined,
    };
    const mesh = await loadModel(modelFolder, 'facemesh');
    if (mesh.kind !== 'ready' || found.kind !== 'face') throw new Error('the models do not work');
    const assumed = await analyseCardPortrait({ detector: blind, mesh: mesh.net }, photo);
    await mesh.net.close();
    expect(assumed).toMatchObject({ kind: 'face', located: 'card-frame' });
    if (assumed.kind !== 'face') return;
    const shift = assumed.face.landmarks.map((value, index) => Math.abs(value - (found.face.landmarks[index] ?? 0)));
    expect(Math.max(...shift)).toBeLessThan(4);
  });

  it('without a face are reported so', async () => {
    const blank = { width: 102, height: 126, data: new Uint8Array(102 * 126 * 3).fill(230) };
    expect(await engine.analysePortrait(blank)).toEqual({ kind: 'no-face' });
  });
});

describe('an engine whose models are not right', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'face-models-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('still finds faces when only the recognition model was changed', async () => {
    await cp(modelFolder, folder, { recursive: true });
    await writeFile(join(folder, 'face-recognition.onnx'), 'another model');
    const broken = await createFaceEngine({ modelFolder: folder });
    expect(broken.analysis).toEqual({ kind: 'ready' });
    expect(broken.comparison).toEqual({
      kind: 'unavailable',
      model: 'face-recognition',
      problem: 'fingerprint-mismatch',
    });
    const picture = await sample(6);
    const [face] = await broken.analyse(picture);
    expect(face).toBeDefined();
    if (face) await expect(broken.describe(picture, face)).rejects.toMatchObject({ code: 'face-model-unavailable' });
    await broken.close();
  });

  it('says which model is missing or cut short', async () => {
    await cp(modelFolder, folder, { recursive: true });
    await truncate(join(folder, 'facemesh.onnx'), 1000);
    await rm(join(folder, 'blazeface.onnx'));
    const broken = await createFaceEngine({ modelFolder: folder });
    expect(broken.analysis).toMatchObject({ model: 'blazeface', problem: 'missing' });
    await expect(broken.analyse(await sample(1))).rejects.toMatchObject({ code: 'face-model-unavailable' });
    await broken.close();
  });
});

describe('a long session', () => {
  it('does not grow in memory', { timeout: 120_000 }, async () => {
    const picture = reframed(await sample(6), faceAt(await engine.analyse(await sample(6)), 1590, 430), 0, 4, 640);
    const run = async (times: number): Promise<number> => {
      for (let count = 0; count < times; count++) {
        const [face] = await engine.analyse(picture);
        if (face) await engine.describe(picture, face);
      }
      return process.memoryUsage().rss / 2 ** 20;
    };
    const warm = await run(30);
    const later = await run(60);
    // A mesh crop left behind each time would add 27 MB, a chip pair another 32.
    expect(later - warm).toBeLessThan(25);
  });
});
