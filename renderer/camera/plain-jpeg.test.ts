import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { withoutProfile } from './plain-jpeg.ts';

const noise = Uint8Array.from({ length: 64 * 48 * 3 }, (_, index) => (index * 7919) % 256);
const picture = () => sharp(noise, { raw: { width: 64, height: 48, channels: 3 } });
const pixelsOf = (jpeg: Uint8Array) => sharp(jpeg, { ignoreIcc: true }).raw().toBuffer();

describe('a JPEG without its colour profile', () => {
  it('has the same pixels and no profile', async () => {
    const jpeg = await picture().withIccProfile('srgb').jpeg().toBuffer();
    const plain = withoutProfile(jpeg);
    expect((await sharp(jpeg).metadata()).hasProfile).toBe(true);
    expect((await sharp(plain).metadata()).hasProfile).toBe(false);
    expect(await pixelsOf(plain)).toEqual(await pixelsOf(jpeg));
  });

  it('keeps everything else, to the byte', async () => {
    const jpeg = await picture()
      .withExif({ IFD0: { Copyright: 'nobody' } })
      .jpeg()
      .toBuffer();
    expect((await sharp(jpeg).metadata()).exif).toBeDefined();
    expect(withoutProfile(jpeg)).toEqual(new Uint8Array(jpeg));
  });

  it.each([[[]], [[0xff, 0xd8]], [[0xff, 0xd8, 0xff, 0xe2, 0xff]], [[0xff, 0xd8, 0xff, 0xe2, 0xff, 0xff, 1]]])(
    'leaves what is no whole JPEG as it is: %j',
    (bytes) => {
      expect([...withoutProfile(Uint8Array.from(bytes))]).toEqual(bytes);
    },
  );
});
