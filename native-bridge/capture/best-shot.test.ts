import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createBestShot } from './best-shot.ts';
import type { BurstFrame } from './best-shot.ts';
import { testFace } from './test-face.ts';
import { guangxi, paintPicture, spots } from './test-picture.ts';

const image = paintPicture(1280, 720, spots(150));
const frame = (sequence: number, quality: number): BurstFrame => ({
  sequence,
  image,
  face: testFace(),
  quality,
  atMs: sequence * 66,
});

describe('best shot', () => {
  it('keeps the best in order, however many are offered', () => {
    const best = createBestShot(guangxi, 4);
    for (let sequence = 0; sequence < 50; sequence += 1) best.offer(frame(sequence, ((sequence * 37) % 50) / 50));
    expect(best.frames().map(({ quality }) => quality)).toEqual([0.98, 0.96, 0.94, 0.92]);
  });

  it('keeps five unless told otherwise, and the best one through a long bad burst', () => {
    const best = createBestShot(guangxi);
    best.offer(frame(0, 0.9));
    for (let sequence = 1; sequence < 100; sequence += 1) best.offer(frame(sequence, 0.5));
    expect(best.frames()).toHaveLength(5);
    expect(best.frames()[0]).toMatchObject({ sequence: 0, quality: 0.9 });
    expect(best.frames()[1]?.sequence).toBe(1);
  });

  it('tells when the best three change', () => {
    const best = createBestShot(guangxi, 4);
    const changes = [0.5, 0.6, 0.7, 0.4, 0.65, 0.1].map((quality, sequence) => best.offer(frame(sequence, quality)));
    expect(changes).toEqual([true, true, true, false, true, false]);
  });

  it('makes small pictures of the best three', async () => {
    const best = createBestShot(guangxi);
    for (let sequence = 0; sequence < 5; sequence += 1) best.offer(frame(sequence, sequence / 5));
    const thumbnails = await best.thumbnails();
    expect(thumbnails).toHaveLength(3);
    expect(await sharp(thumbnails[0]).metadata()).toMatchObject({ format: 'jpeg', width: 96, height: 118 });
    expect((await best.thumbnails())[0]).toBe(thumbnails[0]);
  });

  it('makes a small picture of a face at the edge too', async () => {
    const best = createBestShot(guangxi);
    best.offer({ ...frame(1, 1), face: testFace({ at: { x: 1270, y: 10 }, eyeDistance: 300 }) });
    expect(await best.thumbnails()).toHaveLength(1);
  });

  it('forgets when cleared', () => {
    const best = createBestShot(guangxi);
    best.offer(frame(1, 1));
    best.clear();
    expect(best.frames()).toEqual([]);
  });
});
