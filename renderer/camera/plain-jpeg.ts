/** Marker codes of JPEG (ITU-T T.81, table B.1). */
const startOfScan = 0xda;
const application2 = 0xe2;
const markerPrefix = 0xff;
/** Start of image. */
const headBytes = 2;
/** How a segment with a part of a colour profile begins (ICC.1:2022, B.4). */
const profileLabel = 'ICC_PROFILE\0';

function holdsProfile(segment: Uint8Array): boolean {
  const label = segment.subarray(4, 4 + profileLabel.length);
  return segment[1] === application2 && String.fromCharCode(...label) === profileLabel;
}

/** The head, marker with length and content of each segment before the picture's own data, and then all the rest. */
function* partsOf(jpeg: Uint8Array): Generator<Uint8Array> {
  yield jpeg.subarray(0, headBytes);
  let at = headBytes;
  while (jpeg[at] === markerPrefix && jpeg[at + 1] !== startOfScan && at + 3 < jpeg.length) {
    const length = 2 + jpeg[at + 2]! * 256 + jpeg[at + 3]!;
    yield jpeg.subarray(at, at + length);
    at += length;
  }
  yield jpeg.subarray(at);
}

/**
 * The JPEG of a canvas without the colour profile that browsers write into it. It is the one of sRGB, which pictures
 * without a profile have anyway; to convert the pixels of each frame from it into itself more than doubles what the
 * station takes to read one.
 */
export function withoutProfile(jpeg: Uint8Array): Uint8Array<ArrayBuffer> {
  const plain = new Uint8Array(jpeg.length);
  let length = 0;
  for (const part of partsOf(jpeg)) {
    if (holdsProfile(part)) continue;
    plain.set(part, length);
    length += part.length;
  }
  return plain.subarray(0, length);
}
