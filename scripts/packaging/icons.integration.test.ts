import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { root } from '../set-up/run-program.ts';
import { makeIcons, makeTrayIcons } from './icons.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'icons-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('draws every size, and a file for Windows that holds what its table says', async () => {
  await makeIcons(root, folder);
  expect(readdirSync(folder)).toContain('512x512.png');
  expect(await sharp(join(folder, '48x48.png')).metadata()).toMatchObject({ width: 48, height: 48, hasAlpha: true });
  const icon = readFileSync(join(folder, 'icon.ico'));
  expect(icon.readUInt16LE(2)).toBe(1);
  const count = icon.readUInt16LE(4);
  const sizes: number[] = [];
  for (let index = 0; index < count; index++) {
    const entry = 6 + 16 * index;
    const [bytes, offset] = [icon.readUInt32LE(entry + 8), icon.readUInt32LE(entry + 12)];
    const { width = 0, format } = await sharp(icon.subarray(offset, offset + bytes)).metadata();
    expect(format).toBe('png');
    expect(icon.readUInt8(entry)).toBe(width % 256);
    sizes.push(width);
  }
  expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
});

it.each([
  ['tray.png', 16],
  ['tray@1.5x.png', 24],
  ['tray@2x.png', 32],
])('draws the sign beside the clock: %s', async (name, size) => {
  await makeTrayIcons(root, folder);
  expect(await sharp(join(folder, name)).metadata()).toMatchObject({ width: size, height: size, hasAlpha: true });
});
