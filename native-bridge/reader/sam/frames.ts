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

/** Room for one unfinished frame and one piece (3344 bytes), rounded up so that the bytes are seldom moved. */
const bufferBytes = 8192;

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
 * Never throws, holds at most one frame and one piece (3.3 KiB), and its work grows with the bytes alone, whatever they
 * are.
 */
export class FrameParser {
  readonly #buffer = new Uint8Array(bufferBytes);
  /** At each place of the buffer the XOR of all bytes before it, so that a check costs the same for every length. */
  readonly #sums = new Uint8Array(bufferBytes + 1);
  #start = 0;
  #end = 0;
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
    return this.#end - this.#start;
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

  /** Forgets an unfinished frame, and wipes what earlier ones left: nothing of a card may be found here later. */
  clear(): void {
    this.#drop(this.heldBytes);
    this.#buffer.fill(0, 0, this.#end);
    this.#sums.fill(0, 0, this.#end + 1);
    this.#start = 0;
    this.#end = 0;
  }

  #append(piece: Uint8Array): void {
    if (this.#end + piece.length > bufferBytes) this.#moveToFront();
    for (const byte of piece) {
      this.#buffer[this.#end] = byte;
      this.#sums[this.#end + 1] = (this.#sums[this.#end] ?? 0) ^ byte;
      this.#end++;
    }
  }

  #moveToFront(): void {
    this.#buffer.copyWithin(0, this.#start, this.#end);
    this.#sums.copyWithin(0, this.#start, this.#end + 1);
    this.#end -= this.#start;
    this.#start = 0;
  }

  #drop(count: number): void {
    this.#droppedBytes += count;
    this.#start += count;
  }

  #next(): SamAnswer | undefined {
    for (;;) {
      this.#dropToPreamble();
      if (this.heldBytes < headBytes) return undefined;
      const length = (this.#at(5) << 8) | this.#at(6);
      if (length < shortestLength || length > longestLength) {
        this.#drop(1);
      } else if (this.heldBytes < headBytes + length) {
        return undefined;
      } else if (this.#xorOf(preamble.length, headBytes + length) !== 0) {
        // A true frame may begin inside the broken one, so only its first byte is given up.
        this.#badChecks++;
        this.#drop(1);
      } else {
        return this.#take(headBytes + length);
      }
    }
  }

  #at(offset: number): number {
    return this.#buffer[this.#start + offset] ?? 0;
  }

  /** XOR of the held bytes between two offsets. */
  #xorOf(from: number, to: number): number {
    return (this.#sums[this.#start + from] ?? 0) ^ (this.#sums[this.#start + to] ?? 0);
  }

  #take(frameBytes: number): SamAnswer {
    const counted = this.#buffer.subarray(this.#start + preamble.length, this.#start + frameBytes);
    this.#start += frameBytes;
    return { status: counted[4] ?? 0, data: counted.slice(5, -1) };
  }

  /** Gives up what stands before the first whole preamble, or before the tail that could still become one. */
  #dropToPreamble(): void {
    let count = 0;
    while (count < this.heldBytes && !this.#mayBePreamble(count)) count++;
    this.#drop(count);
  }

  #mayBePreamble(offset: number): boolean {
    const present = Math.min(preamble.length, this.heldBytes - offset);
    for (let index = 0; index < present; index++) if (this.#at(offset + index) !== preamble[index]) return false;
    return true;
  }
}
