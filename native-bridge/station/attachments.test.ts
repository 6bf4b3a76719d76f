import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { demandAttachments, isJpeg, largestAttachment, prepareAttachment } from './attachments.ts';

const text = (content: string) => new TextEncoder().encode(content);

/** Noise cannot be made smaller by any coder, so that only fewer pixels help. */
const noise = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: '#888888', noise: { type: 'gaussian', sigma: 60, mean: 128 } },
  });

describe('papers that go with what is reported', () => {
  it('makes a picture of any kind a JPEG file, and names it so', async () => {
    const gif = await noise(40, 30).gif().toBuffer();
    const { name, data } = await prepareAttachment('扫描.1.GIF', gif);
    expect(name).toBe('扫描.1.jpg');
    expect(isJpeg(data)).toBe(true);
    expect(await sharp(data).metadata()).toMatchObject({ format: 'jpeg', width: 40, height: 30 });
  });

  it('turns a phone’s photo upright and leaves out what else the phone wrote', async () => {
    const lying = noise(40, 30).withMetadata({ orientation: 6, exif: { IFD0: { Copyright: 'example' } } });
    const { data } = await prepareAttachment('a.jpg', await lying.jpeg().toBuffer());
    const { width, height, exif } = await sharp(data).metadata();
    expect([width, height, exif]).toEqual([30, 40, undefined]);
  });

  it('makes a large picture small enough, without making it larger than it was', async () => {
    const { data } = await prepareAttachment('a.png', await noise(2000, 1500).png().toBuffer());
    expect(data.length).toBeLessThanOrEqual(largestAttachment);
    expect((await sharp(data).metadata()).width).toBeLessThanOrEqual(2000);
  });

  it('keeps a PDF as it is, up to the limit', async () => {
    const pdf = text('%PDF-1.7 example');
    expect(await prepareAttachment('合同.PDF', pdf)).toEqual({ name: '合同.pdf', data: pdf });
    const large = new Uint8Array(largestAttachment + 1);
    large.set(pdf);
    await expect(prepareAttachment('合同.pdf', large)).rejects.toThrow('attachment.too-large');
  });

  it('refuses what is neither', async () => {
    await expect(prepareAttachment('合同.pdf', text('PK example'))).rejects.toThrow('attachment.unreadable');
    expect(() => demandAttachments([{ name: '合同.jpg', data: text('PK example') }])).toThrow('attachment.unreadable');
  });

  it('keeps a long name within the interface’s width', async () => {
    const { name } = await prepareAttachment(`${'长'.repeat(150)}.pdf`, text('%PDF-1.7'));
    expect(name).toHaveLength(100);
    expect(name.endsWith('.pdf')).toBe(true);
  });
});
