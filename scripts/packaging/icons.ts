import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const linuxSizes = [16, 32, 48, 64, 128, 256, 512];
const windowsSizes = [16, 24, 32, 48, 64, 128, 256];
const trayScales = [
  ['', 16],
  ['@1.5x', 24],
  ['@2x', 32],
] as const;

/** The drawing at a size in pixels. Rendered from the vectors each time, so that no edge is blurred. */
const picture = (drawing: Buffer, size: number): Promise<Buffer> =>
  sharp(drawing, { density: (72 * size) / 32 })
    .resize(size, size)
    .png()
    .toBuffer();

export interface SizedPicture {
  readonly size: number;
  readonly png: Buffer;
}

const headBytes = 6;
const entryBytes = 16;

/** Windows's icon file: a table of pictures, each whole as PNG, which Windows reads since Vista. */
export function iconFile(pictures: readonly SizedPicture[]): Buffer {
  const head = Buffer.alloc(headBytes + entryBytes * pictures.length);
  // Type 1 is an icon.
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const entry = headBytes + entryBytes * index;
    // One byte holds a size; 0 stands for 256.
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** The sign beside the clock: 16 points, and finer ones that Electron finds by their names. */
export async function makeTrayIcons(root: string, folder: string): Promise<void> {
  const drawing = readFileSync(join(root, 'renderer', 'station-icon.svg'));
  for (const [suffix, size] of trayScales)
    writeFileSync(join(folder, `tray${suffix}.png`), await picture(drawing, size));
}

/** Draws the program's icons into `folder`: one PNG for each size, and the file for Windows. */
export async function makeIcons(root: string, folder: string): Promise<void> {
  const drawing = readFileSync(join(root, 'renderer', 'station-icon.svg'));
  mkdirSync(folder, { recursive: true });
  for (const size of linuxSizes) writeFileSync(join(folder, `${size}x${size}.png`), await picture(drawing, size));
  const pictures: SizedPicture[] = [];
  for (const size of windowsSizes) pictures.push({ size, png: await picture(drawing, size) });
  writeFileSync(join(folder, 'icon.ico'), iconFile(pictures));
}
