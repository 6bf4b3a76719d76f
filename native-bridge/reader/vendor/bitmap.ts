/** A card's picture: 102 x 126 pixels of 24 bits. */
export const pictureWidth = 102;
export const pictureHeight = 126;

const rowBytes = pictureWidth * 3;
/** Rows of a .bmp begin at multiples of four bytes. */
const paddedRowBytes = 308;
const headBytes = 54;

/** The picture without a head and padding. */
export const rawPictureBytes = rowBytes * pictureHeight;
/** The picture as a .bmp: 38 862 bytes. */
export const bitmapBytes = headBytes + paddedRowBytes * pictureHeight;

const bitmapMark = 0x4d42;
const pictureBits = 24;
const infoHeadBytes = 40;

/** A picture whose values lie closer together than this, of 255, is one flat colour. */
const leastSpread = 8;

/** A .bmp around rows of 306 bytes, from the bottom up, blue first. */
export function bitmapAround(raw: Uint8Array): Uint8Array {
  const bitmap = Buffer.alloc(bitmapBytes);
  bitmap.writeUInt16LE(bitmapMark, 0);
  bitmap.writeUInt32LE(bitmapBytes, 2);
  bitmap.writeUInt32LE(headBytes, 10);
  bitmap.writeUInt32LE(infoHeadBytes, 14);
  bitmap.writeInt32LE(pictureWidth, 18);
  bitmap.writeInt32LE(pictureHeight, 22);
  bitmap.writeUInt16LE(1, 26);
  bitmap.writeUInt16LE(pictureBits, 28);
  bitmap.writeUInt32LE(paddedRowBytes * pictureHeight, 34);
  for (let row = 0; row < pictureHeight; row++) {
    bitmap.set(raw.subarray(row * rowBytes, (row + 1) * rowBytes), headBytes + row * paddedRowBytes);
  }
  return bitmap;
}

/** What a library left in its buffer, as a .bmp: the buffer itself when it is one, else a head is put before it. */
export function asBitmap(bytes: Uint8Array): Uint8Array {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isBitmap =
    head.length >= headBytes && head.readUInt16LE(0) === bitmapMark && head.readUInt32LE(10) === headBytes;
  const isRaw = !isBitmap && (bytes.length === rawPictureBytes || bytes.length === bitmapBytes);
  return isRaw ? bitmapAround(bytes.subarray(0, rawPictureBytes)) : bytes;
}

/** The .bmp's height field, negative where its rows run from the top down; undefined when it is no card's picture. */
function heightField(bitmap: Uint8Array): number | undefined {
  if (bitmap.length !== bitmapBytes) return undefined;
  const head = Buffer.from(bitmap.buffer, bitmap.byteOffset, headBytes);
  const isPicture =
    head.readUInt16LE(0) === bitmapMark &&
    head.readUInt32LE(10) === headBytes &&
    head.readInt32LE(18) === pictureWidth &&
    head.readUInt16LE(28) === pictureBits;
  const height = head.readInt32LE(22);
  return isPicture && Math.abs(height) === pictureHeight ? height : undefined;
}

function isFlat(pixels: Uint8Array): boolean {
  const spreadOf = (channel: number) => {
    let [low, high] = [255, 0];
    for (let at = channel; at < pixels.length; at += 3) {
      low = Math.min(low, pixels[at] ?? 0);
      high = Math.max(high, pixels[at] ?? 0);
    }
    return high - low;
  };
  return [0, 1, 2].every((channel) => spreadOf(channel) < leastSpread);
}

/** How a library's pictures differ from the usual .bmp. */
export interface PictureOrder {
  /** Red comes first instead of blue. */
  readonly swapColours: boolean;
  /** The picture stands on its head. */
  readonly flip: boolean;
}

function pixelsOf(bitmap: Uint8Array, isBottomUp: boolean, redAt: 0 | 2): Uint8Array {
  const pixels = new Uint8Array(rawPictureBytes);
  for (let row = 0; row < pictureHeight; row++) {
    const from = headBytes + (isBottomUp ? pictureHeight - 1 - row : row) * paddedRowBytes;
    for (let column = 0; column < rowBytes; column += 3) {
      const to = row * rowBytes + column;
      pixels[to] = bitmap[from + column + redAt] ?? 0;
      pixels[to + 1] = bitmap[from + column + 1] ?? 0;
      pixels[to + 2] = bitmap[from + column + 2 - redAt] ?? 0;
    }
  }
  return pixels;
}

/**
 * The pixels of a card's picture: 126 rows from the top down of 102 times red, green, blue. Undefined unless the bytes
 * are a .bmp of 38 862 bytes, 102 x 126 pixels of 24 bits, and more than one flat colour.
 */
export function cardPicturePixels(bitmap: Uint8Array, { swapColours, flip }: PictureOrder): Uint8Array | undefined {
  const height = heightField(bitmap);
  if (height === undefined) return undefined;
  const pixels = pixelsOf(bitmap, height > 0 !== flip, swapColours ? 0 : 2);
  return isFlat(pixels) ? undefined : pixels;
}
