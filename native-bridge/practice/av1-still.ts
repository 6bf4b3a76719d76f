/**
 * AVIF spends some 260 bytes on boxes that say the same for every picture of one size. A practice portrait keeps the AV1
 * frame only; these two functions take it out of a file and build the file around it again (ISO/IEC 14496-12, 23008-12,
 * AV1-ISOBMFF).
 */

export interface StillSize {
  readonly width: number;
  readonly height: number;
}

const ITEM_ID = 1;
const BOX_HEAD_BYTES = 8;
const PLANES = 3;
const BIT_DEPTH = 8;
/** Marker and version 1; profile 0, level 2.0; 8 bits with both chroma axes halved (4:2:0), unspecified position. */
const AV1_CONFIGURATION = [0x81, 0x00, 0x0c, 0x00];

/** The AV1 frame of an AVIF file with a single picture, or `undefined` when there is no media box. */
export function extractAv1Still(avif: Uint8Array): Uint8Array | undefined {
  const view = new DataView(avif.buffer, avif.byteOffset, avif.byteLength);
  for (let start = 0; start + BOX_HEAD_BYTES <= avif.length;) {
    const size = view.getUint32(start);
    if (size < BOX_HEAD_BYTES) return undefined;
    if (nameAt(avif, start + 4) === 'mdat') return avif.slice(start + BOX_HEAD_BYTES, start + size);
    start += size;
  }
  return undefined;
}

/** A complete AVIF file around an 8-bit 4:2:0 frame of the given size. */
export function wrapAv1Still(frame: Uint8Array, size: StillSize): Uint8Array {
  const fileType = box('ftyp', ascii('avif'), u32(0), ascii('avifmif1miaf'));
  // The frame's place in the file depends on the length of the boxes before it, which does not depend on the place.
  const frameStart = fileType.length + metaBox(size, 0, frame.length).length + BOX_HEAD_BYTES;
  return concat([fileType, metaBox(size, frameStart, frame.length), box('mdat', frame)]);
}

function metaBox(size: StillSize, frameStart: number, frameBytes: number): Uint8Array {
  return fullBox(
    'meta',
    0,
    fullBox('hdlr', 0, u32(0), ascii('pict'), new Uint8Array(13)),
    fullBox('pitm', 0, u16(ITEM_ID)),
    itemLocation(frameStart, frameBytes),
    fullBox('iinf', 0, u16(1), fullBox('infe', 2, u16(ITEM_ID), u16(0), ascii('av01'), Uint8Array.of(0))),
    itemProperties(size),
  );
}

/** Four-byte offset and length, no base offset, one item with one extent. */
function itemLocation(frameStart: number, frameBytes: number): Uint8Array {
  const sizes = Uint8Array.of(0x44, 0x00);
  return fullBox('iloc', 0, sizes, u16(1), u16(ITEM_ID), u16(0), u16(1), u32(frameStart), u32(frameBytes));
}

function itemProperties({ width, height }: StillSize): Uint8Array {
  const properties = box(
    'ipco',
    box('av1C', Uint8Array.from(AV1_CONFIGURATION)),
    fullBox('ispe', 0, u32(width), u32(height)),
    fullBox('pixi', 0, Uint8Array.of(PLANES, BIT_DEPTH, BIT_DEPTH, BIT_DEPTH)),
  );
  // Property 1 (the configuration) is essential, 2 and 3 are not.
  const links = Uint8Array.of(3, 0x81, 0x02, 0x03);
  return box('iprp', properties, fullBox('ipma', 0, u32(1), u16(ITEM_ID), links));
}

function box(name: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(parts);
  return concat([u32(BOX_HEAD_BYTES + content.length), ascii(name), content]);
}

/** A box that begins with a version byte and three bytes of flags, zero here. */
function fullBox(name: string, version: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return box(name, Uint8Array.of(version, 0, 0, 0), ...parts);
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value & 0xff);
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

function nameAt(bytes: Uint8Array, start: number): string {
  return Buffer.from(bytes.subarray(start, start + 4)).toString('latin1');
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
