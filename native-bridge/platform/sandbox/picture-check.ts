import { createHash } from 'node:crypto';
import { accepted, refused, type Checked } from './checked.ts';

/** How a picture is written: with a data-URI prefix (national clients), as raw Base64 (some dialects), or either. */
export type PictureForm = 'prefix' | 'raw' | 'either';

export interface Picture {
  /** Lower-case hex over the decoded bytes; the name under which the picture is kept. */
  readonly sha256: string;
  readonly type: 'jpg' | 'png';
  readonly bytes: Buffer;
}

export interface PictureLimits {
  readonly form: PictureForm;
  /** Longest text in characters, the prefix included: the documents say "Base64 of at most 50 KB", this is its safe reading. */
  readonly longest: number;
}

const PREFIX = /^data:image\/(jpg|jpeg|png);base64,/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const MOST_PIXELS = 40_000_000;
const WRONG_FORMAT = '图片格式不正确，只支持jpg、jpeg、png';

interface WrittenPicture {
  readonly declared: Picture['type'] | undefined;
  readonly base64: string;
}

function splitPrefix(text: string, form: PictureForm): Checked<WrittenPicture> {
  const prefix = PREFIX.exec(text);
  if (!prefix) return form === 'prefix' ? refused(WRONG_FORMAT) : accepted({ declared: undefined, base64: text });
  if (form === 'raw') return refused('图片应为不带前缀的Base64');
  return accepted({ declared: prefix[1] === 'png' ? 'png' : 'jpg', base64: text.slice(prefix[0].length) });
}

/** The type by the file's own first bytes; a relabelled BMP has neither. */
function typeByContent(bytes: Buffer): Picture['type'] | undefined {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'jpg';
  return bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')) ? 'png' : undefined;
}

/** Loaded with the first picture, so that a platform without any is there sooner. */
async function pictureLibrary() {
  const { default: sharp } = await import('sharp');
  // Every picture comes once, and is small: neither a cache nor more threads for one of them would be of use.
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

async function decodesCompletely(bytes: Buffer): Promise<boolean> {
  const sharp = await pictureLibrary();
  try {
    await sharp(bytes, { failOn: 'error', limitInputPixels: MOST_PIXELS }).raw().toBuffer();
    return true;
  } catch {
    return false;
  }
}

/** What encodes back to the same text is Base64; the pattern, which takes far longer, is for texts with unused bits set. */
const isBase64Of = (bytes: Buffer, text: string): boolean =>
  text !== '' && (bytes.toString('base64') === text || BASE64.test(text));

async function readBytes(written: WrittenPicture): Promise<Checked<Picture>> {
  const bytes = Buffer.from(written.base64, 'base64');
  if (!isBase64Of(bytes, written.base64)) return refused('图片不是有效的Base64');
  const type = typeByContent(bytes);
  if (!type || (written.declared && written.declared !== type)) return refused(WRONG_FORMAT);
  if (!(await decodesCompletely(bytes))) return refused('图片已损坏，无法解码');
  return accepted({ sha256: createHash('sha256').update(bytes).digest('hex'), type, bytes });
}

/** Reads a picture field; the problem is worded as the platform words it (too large, not jpg/jpeg/png, broken). */
export async function readPicture(text: string, limits: PictureLimits): Promise<Checked<Picture>> {
  if (text.length > limits.longest) return refused(`图片不能大于${Math.round(limits.longest / 1024)}KB`);
  const written = splitPrefix(text, limits.form);
  return written.ok ? readBytes(written.value) : written;
}
