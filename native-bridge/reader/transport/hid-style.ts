/** How frames travel in HID reports. One request is under way at a time. */
export interface HidStyle {
  /** The content of the report that carries a request; whatever was left of the last answer is forgotten. */
  pack(frame: Uint8Array): Uint8Array;
  /** Takes the content of a report that arrived at `atMs` (any monotonic clock); the bytes of an answer when complete. */
  unpack(report: Uint8Array, atMs: number): Uint8Array | undefined;
}

/** An answer that is not complete by then is given up. */
const answerLimitMs = 5000;

const preamble = Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69);

/** Collects an answer over several reports. */
class Collector {
  #bytes: number[] = [];
  #beganAt = 0;

  clear(): void {
    this.#bytes = [];
  }

  add(bytes: Uint8Array, atMs: number): readonly number[] {
    if (atMs - this.#beganAt > answerLimitMs) this.clear();
    if (this.#bytes.length === 0) this.#beganAt = atMs;
    this.#bytes.push(...bytes);
    return this.#bytes;
  }
}

const requestMark = 0x88;
const answerMark = 0xaa;
const samCommand = 0xb1;
const packetIndexBytes = 2;
/** Mark, serial number (2), length (2), and the command or result byte that the length counts. */
const wrapperHeadBytes = 6;
const uncountedBytes = 5;
const checksumBytes = 2;
/** Longest frame and result byte; anything beyond is no answer. */
const longestCounted = 2322;

const checksumOf = (bytes: readonly number[]): number => bytes.reduce((sum, byte) => sum + byte, 0) & 0xffff;
const littleEndian = (value: number): readonly number[] => [value & 0xff, value >> 8];

/**
 * Reports with a wrapper (MR-300 family). Request: `88`, serial number, length LE16 of command byte and frame, `B1`, the
 * frame, additive checksum LE16 from the length on. Answer: `AA`, the same serial number, length, result byte, the
 * frame, checksum; each report begins with a 2-byte packet index.
 */
export class WrappedStyle implements HidStyle {
  readonly #collector = new Collector();
  #serial = 0;

  pack(frame: Uint8Array): Uint8Array {
    this.#collector.clear();
    this.#serial = (this.#serial + 1) & 0xffff;
    const counted = [...littleEndian(frame.length + 1), samCommand, ...frame];
    return Uint8Array.of(requestMark, ...littleEndian(this.#serial), ...counted, ...littleEndian(checksumOf(counted)));
  }

  unpack(report: Uint8Array, atMs: number): Uint8Array | undefined {
    const bytes = this.#collector.add(report.subarray(packetIndexBytes), atMs);
    const length = (bytes[3] ?? 0) | ((bytes[4] ?? 0) << 8);
    const end = uncountedBytes + length;
    if (!this.#isOurs(bytes) || length > longestCounted) return this.#forget();
    if (bytes.length < end + checksumBytes) return undefined;
    this.#collector.clear();
    const sent = (bytes[end] ?? 0) | ((bytes[end + 1] ?? 0) << 8);
    return checksumOf(bytes.slice(3, end)) === sent ? Uint8Array.from(bytes.slice(wrapperHeadBytes, end)) : undefined;
  }

  /** An answer with another serial number came too late for its request. */
  #isOurs(bytes: readonly number[]): boolean {
    const [low = 0, high = 0] = littleEndian(this.#serial);
    return bytes[0] === answerMark && bytes[1] === low && bytes[2] === high;
  }

  #forget(): undefined {
    this.#collector.clear();
  }
}

const lengthBytes = 2;
const shortestLength = 4;
const longestLength = 0x090a;

/** Reports that carry the frame without its preamble, padded with zeros. */
export class StrippedStyle implements HidStyle {
  readonly #collector = new Collector();

  pack(frame: Uint8Array): Uint8Array {
    this.#collector.clear();
    return frame.subarray(preamble.length);
  }

  unpack(report: Uint8Array, atMs: number): Uint8Array | undefined {
    const bytes = this.#collector.add(report, atMs);
    const length = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
    const isAnswer = length >= shortestLength && length <= longestLength;
    if (isAnswer && bytes.length < lengthBytes + length) return undefined;
    this.#collector.clear();
    return isAnswer ? Uint8Array.of(...preamble, ...bytes.slice(0, lengthBytes + length)) : undefined;
  }
}
