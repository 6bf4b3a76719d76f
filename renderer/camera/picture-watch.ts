export type PictureState = 'good' | 'black' | 'frozen';

/** What is looked at of one moment's picture. */
export interface PictureSample {
  /** The brightest value of any channel, 0..255. */
  readonly brightest: number;
  /** Equal for pictures that are equal in every pixel looked at. */
  readonly mark: number;
}

/** A covered lens still gives a few levels of noise. */
const blackBelow = 24;
/** So many looks in a row must agree: a camera starts dark, and a picture may repeat once. */
const blackLooks = 3;
const frozenLooks = 6;
/** Time between two looks; no round number, so that a film that repeats each second does not look like a still. */
export const lookEveryMs = 730;

/** Judges a camera's picture from looks at it now and then. */
export class PictureWatch {
  #mark: number | undefined;
  #sameLooks = 0;
  #blackLooks = 0;

  look({ brightest, mark }: PictureSample): PictureState {
    this.#blackLooks = brightest < blackBelow ? this.#blackLooks + 1 : 0;
    this.#sameLooks = mark === this.#mark ? this.#sameLooks + 1 : 0;
    this.#mark = mark;
    if (this.#blackLooks >= blackLooks) return 'black';
    return this.#sameLooks >= frozenLooks ? 'frozen' : 'good';
  }
}

const sampleSize = { width: 64, height: 36 };

/** Reads single pixels, not means of them: the noise of a camera that works must stay to be seen. */
export function sampleOf({ width, height, data }: ImageData): PictureSample {
  const sample = new Uint8ClampedArray(4 * sampleSize.width * sampleSize.height);
  for (let index = 0; index < sample.length / 4; index++) {
    const [column, row] = [index % sampleSize.width, Math.floor(index / sampleSize.width)];
    const x = Math.floor(((column + 0.5) * width) / sampleSize.width);
    const y = Math.floor(((row + 0.5) * height) / sampleSize.height);
    const at = 4 * (y * width + x);
    sample.set(data.subarray(at, at + 4), 4 * index);
  }
  return measured(sample);
}

/** FNV-1a over the pixels, and their brightest value; every fourth byte is opacity. */
export function measured(pixels: Uint8ClampedArray): PictureSample {
  let [mark, brightest] = [0x811c9dc5, 0];
  for (const [index, value] of pixels.entries()) {
    if (index % 4 === 3) continue;
    mark = Math.imul(mark ^ value, 0x01000193);
    brightest = Math.max(brightest, value);
  }
  return { brightest, mark };
}
