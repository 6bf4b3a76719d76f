import sharp from 'sharp';
import { expect, test } from './desk.ts';

/** Markers of a JPEG file, from its first to the one that the picture's data follow; the second byte of each. */
function markersOf(jpeg: Uint8Array): string[] {
  const markers: string[] = [];
  for (let at = 2; jpeg[at] === 0xff && markers.at(-1) !== 'da'; at += 2 + ((jpeg[at + 2]! << 8) | jpeg[at + 3]!)) {
    markers.push(jpeg[at + 1]!.toString(16));
  }
  return markers;
}

test('a photo is guided, takes itself, and arrives as the profile wants it', async ({ desk }) => {
  const enrol = await desk.sitDown('guided');
  await desk.layCard('adult-female-han', 'first');
  await enrol.consent();
  await expect(enrol.prompt).toHaveAttribute('data-prompt', 'move-closer');
  await expect(enrol.prompt).toHaveAttribute('data-prompt', 'turn-right');
  // Nobody touches anything from here to the photo.
  await enrol.untilVerdict('match');
  await enrol.fillFields();
  await enrol.seal();
  await expect(enrol.recent.first()).toHaveAttribute('data-state', 'confirmed', { timeout: 30_000 });

  const photo = await desk.platform.photo();
  expect(photo.length).toBeLessThanOrEqual(37 * 1024);
  expect(photo.length).toBeGreaterThan(10 * 1024);
  const found = await sharp(photo).metadata();
  expect(found).toMatchObject({ format: 'jpeg', width: 358, height: 441, space: 'srgb', channels: 3, depth: 'uchar' });
  expect(found).toMatchObject({ isProgressive: false, hasProfile: false, hasAlpha: false });
  expect([found.exif, found.iptc, found.xmp, found.icc, found.comments]).toEqual(Array(5).fill(undefined));
  // Quantisation, baseline frame, Huffman tables, scan: no application segment and no comment, so nothing about anything.
  expect(new Set(markersOf(photo))).toEqual(new Set(['db', 'c0', 'c4', 'da']));
  expect([...photo.subarray(-2)]).toEqual([0xff, 0xd9]);
});
