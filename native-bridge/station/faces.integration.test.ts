import { cp, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireModelFolder } from '../face/model-folder.ts';
import { facesOnDemand } from './faces.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'station-faces-'));
  await cp(await realpath(await requireModelFolder()), folder, { recursive: true });
  await writeFile(join(folder, 'face-recognition.onnx'), 'another model');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a station whose recognition model is not the measured one', () => {
  it('switches comparison off, says so, and goes on finding faces', async () => {
    const open = facesOnDemand(folder);
    await open.engine();
    expect(open.trouble).toEqual({
      code: 'face.models-unavailable',
      detail: 'face-recognition: fingerprint-mismatch',
    });
    const wall = { width: 102, height: 126, channels: 3, background: '#888' } as const;
    const portrait = await sharp({ create: wall }).png().toBuffer();
    expect(await open.faces.analyse(await open.faces.decode(portrait))).toEqual([]);
    expect(await open.faces.compare(portrait, [])).toMatchObject({
      kind: 'cannot-compare',
      error: { code: 'face.models-unavailable' },
    });
    await open.close();
  });
});
