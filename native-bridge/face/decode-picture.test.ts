import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { PictureError, decodePicture } from './decode-picture.ts';

const red = { r: 255, g: 0, b: 0 };
const plain = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: red } });

describe('decoding a picture', () => {
  it('gives three bytes a pixel', async () => {
    const image = await decodePicture(await plain(3, 2).png().toBuffer());
    expect([image.width, image.height, image.data.length]).toEqual([3, 2, 18]);
    expect([...image.data.subarray(0, 3)]).toEqual([255, 0, 0]);
  });

  it('turns the picture upright by its EXIF entry', async () => {
    const image = await decodePicture(await plain(30, 20).withMetadata({ orientation: 6 }).jpeg().toBuffer());
    expect([image.width, image.height]).toEqual([20, 30]);
  });

  it('shows transparency on white and grey as colour', async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const png = await sharp({ create: { width: 1, height: 1, channels: 4, background: clear } })
      .png()
      .toBuffer();
    expect([...(await decodePicture(png)).data]).toEqual([255, 255, 255]);
    const grey = await sharp(Uint8Array.of(7, 9), { raw: { width: 2, height: 1, channels: 1 } })
      .png()
      .toBuffer();
    expect([...(await decodePicture(grey)).data]).toEqual([7, 7, 7, 9, 9, 9]);
  });

  it.each([
    ['not-a-picture', async () => new TextEncoder().encode('no picture')],
    ['not-a-picture', async () => new Uint8Array()],
    [
      'not-a-picture',
      async () => new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ],
    ['not-a-picture', async () => plain(9, 9).gif().toBuffer()],
    ['damaged', async () => (await plain(200, 200).jpeg().toBuffer()).subarray(0, 500)],
    ['too-large', async () => plain(8000, 8000).png({ compressionLevel: 1 }).toBuffer()],
  ] as const)('refuses with %s', async (code, bytes) => {
    await expect(decodePicture(await bytes())).rejects.toSatisfy(
      (error) => error instanceof PictureError && error.code === code,
    );
  });
});
