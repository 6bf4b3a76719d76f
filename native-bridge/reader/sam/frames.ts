/**
 * Frames of the security module's serial protocol (GA 467):
 * `AA AA AA 96 69 | length, 2 bytes big-endian | body … | check`, where the length counts the body and the check byte
 * and the check byte is the XOR of everything between preamble and itself.
 */
const preamble = Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69);
const headBytes = preamble.length + 2;

/** Shortest answer: three status bytes and the check. Longest: text, photo and two fingerprint records. */
const shortestLength = 4;
const longestLength = 0x090a;

/** A frame that stands still for this long will not be completed any more. */
const silenceMs = 1000;

/** Pieces larger than this are taken in steps, so that the parser never holds more than one frame and one piece. */
const pieceBytes = 1024;

const xor = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum ^ byte, 0);

/** The bytes of a request: command, parameter and data with preamble, length and check byte. */
export function encodeRequest(command: number, parameter: number, data: Uint8Array = new Uint8Array()): Uint8Array {
  const length = 3 + data.length;
  const counted = Uint8Array.of(length >> 8, length & 0xff, command, parameter, ...data);
  return Uint8Array.of(...preamble, ...counted, xor(counted));
}

/** An answer whose check byte was right. */
export interface SamAnswer {
  /** SW3, the byte that carries the status; SW1 and SW2 are always 0. */
  readonly status: number;
  /** What follows the three status bytes. */
  readonly data: Uint8Array;
}

/**
 * Finds answers in a stream of bytes, at any offset and across any pieces, after garbage, clipped or repeated preambles.
 * Never throws and holds at most one frame and one piece (3.3 KiB).
 */
export class FrameParser {
  #held = new Uint8Array(0);
  #lastByteAt = 0;
  #droppedBytes = 0;
  #badChecks = 0;

  get droppedBytes(): number {
    return this.#droppedBytes;
  }

  get badChecks(): number {
    return this.#badChecks;
  }

  get heldBytes(): number {
    return this.#held.length;
  }

  /** Takes the bytes that arrived at `atMs` (any monotonic clock) and returns the answers that they complete. */
  push(bytes: Uint8Array, atMs: number): readonly SamAnswer[] {
    if (atMs - this.#lastByteAt > silenceMs) this.clear();
    this.#lastByteAt = atMs;
    const answers: SamAnswer[] = [];
    for (let from = 0; from < bytes.length; from += pieceBytes) {
      this.#append(bytes.subarray(from, from + pieceBytes));
      for (let answer = this.#next(); answer !== undefined; answer = this.#next()) answers.push(answer);
    }
    return answers;
  }

  /** Forgets an unfinished frame. */
  clear(): void {
    this.#drop(this.#held.length);
  }

  #append(piece: Uint8Array): void {
    const joined = new Uint8Array(this.#held.length + piece.length);
    joined.set(this.#held);
    joined.set(piece, this.#held.length);
    this.#held = joined;
  }

  #drop(count: number): void {
    this.#droppedBytes += count;
    this.#held = this.#held.slice(count);
  }

  #next(): SamAnswer | undefined {
    for (;;) {
      this.#drop(startOfPreamble(this.#held));
      if (this.#held.length < headBytes) return undefined;
      const length = ((this.#held[5] ?? 0) << 8) | (this.#held[6] ?? 0);
      if (length < shortestLength || length > longestLength) {
        this.#drop(1);
        continue;
      }
      if (this.#held.length < headBytes + length) return undefined;
      const counted = this.#held.subarray(preamble.length, headBytes + length);
      if (xor(counted) !== 0) {
        // A true frame may begin inside the broken one, so only its first byte is given up.
        this.#badChecks++;
        this.#drop(1);
        continue;
      }
      const answer = { status: counted[4] ?? 0, data: counted.slice(5, -1) };
      this.#held = this.#held.slice(headBytes + length);
      return answer;
    }
  }
}

/** Offset of the first whole preamble, or of the tail that could still become one. */
function startOfPreamble(bytes: Uint8Array): number {
  for (let offset = 0; offset < bytes.length; offset++) {
    const count = Math.min(preamble.length, bytes.length - offset);
    if (preamble.subarray(0, count).every((byte, index) => bytes[offset + index] === byte)) return offset;
  }
  return bytes.length;
}
