import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measuredLimits } from '../../native-bridge/face/bands.ts';
import { createFaceEngine, type FaceEngine } from '../../native-bridge/face/face-engine.ts';
import { requireModelFolder } from '../../native-bridge/face/model-folder.ts';
import { measure, type MeasureOptions } from './measure.ts';
import { figuresOf, reportOf } from './report.ts';

const samples = join(import.meta.dirname, '../../node_modules/@vladmandic/face-api/demo');

let engine: FaceEngine;
let folder: string;
let options: MeasureOptions;

/** Faces of a group picture by the face library, left to right, cut out as pictures of one person each. */
beforeAll(async () => {
  engine = await createFaceEngine({ modelFolder: await requireModelFolder() });
  folder = await mkdtemp(join(tmpdir(), 'measure-'));
  options = { folder, chipPhoto: true, effort: 'brief', cross: true, onProgress: () => undefined };
  const group = sharp(await readFile(join(samples, 'sample6.jpg')));
  const { data, info } = await group.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const faces = await engine.analyse({ width: info.width, height: info.height, data }, 'still');
  const people = faces.toSorted((left, right) => left.box.x - right.box.x);
  for (const [index, { box }] of people.entries()) {
    const left = Math.max(0, Math.round(box.x - 0.4 * box.width));
    const top = Math.max(0, Math.round(box.y - 0.4 * box.height));
    const cut = { left, top, width: Math.round(1.8 * box.width), height: Math.round(1.8 * box.height) };
    const part = sharp(data, { raw: info }).extract(cut);
    await part
      .clone()
      .png()
      .toFile(join(folder, `person${index}_1.png`));
    await part
      .clone()
      .modulate({ brightness: 0.8 })
      .jpeg()
      .toFile(join(folder, `person${index}_2.jpg`));
  }
  const blank = { width: 200, height: 200, channels: 3, background: '#888' } as const;
  await sharp({ create: blank }).png().toFile(join(folder, 'wall_1.png'));
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

describe('measuring pairs of pictures', () => {
  it('tells people apart, names what it could not find and counts it as refused', async () => {
    const pairs = [
      { first: 'person0_1.png', second: join(folder, 'person0_2.jpg'), same: true },
      { first: 'person1_1.png', second: 'person1_2.jpg', same: true },
      { first: 'person0_1.png', second: 'person1_2.jpg', same: false },
      { first: 'person1_1.png', second: 'person2_2.jpg', same: false },
      { first: 'wall_1.png', second: 'person3_2.jpg', same: true },
      { first: 'wall_1.png', second: 'person2_2.jpg', same: false },
    ];
    const measurement = await measure(engine, pairs, options);
    expect(measurement).toMatchObject({ notDetected: ['wall_1.png'], notCompared: 2 });
    const figures = figuresOf(measurement, pairs.length, options, {
      fingerprint: engine.fingerprint,
      limits: measuredLimits,
    });
    expect(figures).toMatchObject({ genuine: 3, impostor: 2 });
    expect(figures.operatingPoints[0]).toMatchObject({ falseAccepts: 0, trueAccepts: 2 });
    // Two people on cards and four live ones, without those beside themselves.
    expect(figures.cross?.impostor).toBe(6);
    const report = reportOf(figures).trimEnd().split('\n');
    expect(report).toContain('  wall_1.png');
    expect(JSON.parse(report.at(-1) ?? '')).toMatchObject({ pairs: 6, chipPhoto: true, notDetected: ['wall_1.png'] });
  });

  it.each([
    ['gone.jpg', 'cannot be read'],
    ['notes.txt', 'not-a-picture'],
  ])('refuses %s in a sentence', async (name, part) => {
    await writeFile(join(folder, 'notes.txt'), 'not a picture at all');
    const pairs = [
      { first: 'person0_1.png', second: 'person0_2.jpg', same: true },
      { first: 'person0_1.png', second: name, same: false },
    ];
    await expect(measure(engine, pairs, { ...options, chipPhoto: false })).rejects.toThrow(part);
  });
});
