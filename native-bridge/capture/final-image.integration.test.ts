import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckName } from '../contract/capture.ts';
import { createFaceEngine } from '../face/face-engine.ts';
import type { FaceEngine } from '../face/face-engine.ts';
import { requireModelFolder } from '../face/model-folder.ts';
import { checkFinalImage, inspectFile, makeFinalImage } from './final-image.ts';
import { createGuide } from './guide.ts';
import { decoded, guangxi } from './test-picture.ts';

/** Three people in a dim room: the left one looks at the camera, the right one laughs with the head tilted far. */
const source = fileURLToPath(import.meta.resolve('@vladmandic/face-api/demo/sample1.jpg'));
const LAYOUT: readonly CheckName[] = ['face-present', 'inside-frame', 'head-size', 'centred', 'eye-height', 'roll'];

let engine: FaceEngine;
beforeAll(async () => {
  engine = await createFaceEngine({ modelFolder: await requireModelFolder() });
});
afterAll(() => engine.close());

describe('a photograph measured by the face engine', () => {
  it('becomes a file in which the face is found again at its place', async () => {
    const picture = await decoded(source);
    const faces = await engine.analyse(picture);
    const left = faces.toSorted((a, b) => a.box.x - b.box.x)[0]!;
    const { jpeg } = await makeFinalImage(picture, left, guangxi);
    const file = await decoded(jpeg);
    const results = checkFinalImage(file, await engine.analyse(file), guangxi, await inspectFile(jpeg, guangxi));
    expect(results.filter(({ name }) => LAYOUT.includes(name)).map(({ name, status }) => [name, status])).toEqual(
      LAYOUT.map((name) => [name, 'pass']),
    );
  });

  it('cannot be made of a head that is tilted too far', async () => {
    const picture = await decoded(source);
    const faces = await engine.analyse(picture);
    const right = faces.toSorted((a, b) => b.box.x - a.box.x)[0]!;
    await expect(makeFinalImage(picture, right, guangxi)).rejects.toMatchObject({ code: 'capture.final-check-failed' });
  });

  it('of several people is refused first for that', async () => {
    const picture = await decoded(source);
    const faces = await engine.analyse(picture);
    const { prompt } = createGuide(guangxi).observe({ sequence: 1, image: picture, faces, atMs: 0 });
    expect(faces.length).toBeGreaterThan(1);
    expect(prompt).toBe('one-person-only');
  });
});
