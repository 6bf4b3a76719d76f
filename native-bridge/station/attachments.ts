import { extname } from 'node:path';
import { StationError } from '../contract/errors.ts';
import { pictureLibrary } from '../pictures/picture-library.ts';

/** 1 MB of Base64 text for one attachment, in bytes. */
export const largestAttachment = 786_000;

const longestName = 100;

/** A page of text stays readable with so many pixels on its longer side; A4 at about 240 dpi. */
const sides = [2800, 2200, 1700, 1300] as const;
const qualities = [82, 70, 58] as const;

/** A bomb of a picture is refused before it is unpacked. */
const mostPixels = 120_000_000;

interface Attachment {
  readonly name: string;
  readonly data: Uint8Array;
}

/** The head of a PDF file (ISO 32000-1, 7.5.2). */
export const isPdf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';
export const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

function named(name: string, ending: string): string {
  const bare = name.slice(0, name.length - extname(name).length).slice(0, longestName - ending.length);
  return `${bare === '' ? 'attachment' : bare}${ending}`;
}

/** The largest and best of the sizes that fits. Turned upright as the camera meant it; what it knew besides is left out. */
async function jpegOf(bytes: Uint8Array): Promise<Uint8Array> {
  const sharp = await pictureLibrary();
  const limits = { limitInputPixels: mostPixels };
  for (const side of sides)
    for (const quality of qualities) {
      const upright = sharp(bytes, limits).rotate().flatten({ background: '#ffffff' });
      const fitted = upright.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
      const jpeg = await fitted.jpeg({ quality }).toBuffer();
      if (jpeg.length <= largestAttachment) return new Uint8Array(jpeg);
    }
  throw new StationError('attachment.too-large');
}

/** A file as the platform takes it. Throws `attachment.unreadable` and `attachment.too-large`. */
export async function prepareAttachment(name: string, bytes: Uint8Array): Promise<Attachment> {
  if (isPdf(bytes)) {
    if (bytes.length > largestAttachment) throw new StationError('attachment.too-large');
    return { name: named(name, '.pdf'), data: bytes };
  }
  try {
    return { name: named(name, '.jpg'), data: await jpegOf(bytes) };
  } catch (cause) {
    if (cause instanceof StationError) throw cause;
    throw new StationError('attachment.unreadable', undefined, { cause });
  }
}

/** What comes in from a page is looked at again: the platform would refuse a file by its content. */
export function demandAttachments(attachments: readonly Attachment[]): void {
  if (!attachments.every(({ data }) => isPdf(data) || isJpeg(data))) throw new StationError('attachment.unreadable');
}
