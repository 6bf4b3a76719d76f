/**
 * The frame of the security module's terminal interface (GA 467), seen from the module's side.
 *
 *     request  AA AA AA 96 69 | length, 2 bytes, big-endian | command, parameter, data | check
 *     answer   AA AA AA 96 69 | length                      | 00 00 status,      data | check
 *
 * The length counts everything behind itself, the check byte included; the check byte makes the XOR over
 * length..check zero.
 */

const PREAMBLE = Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69);
const LENGTH_END = PREAMBLE.length + 2;
const STATUS_BYTES = 3;

/** Command, parameter and check: a request cannot be shorter. */
const SHORTEST_REQUEST = 3;
/** No standard request is longer than four bytes; anything beyond this is a damaged length, not a long command. */
const LONGEST_REQUEST = 260;

/** What the line brought: a request (command, parameter, data), or a frame the module has to complain about. */
export type RequestEvent =
  | { readonly kind: 'request'; readonly body: Uint8Array; readonly wireBytes: number }
  | { readonly kind: 'bad-checksum'; readonly wireBytes: number }
  | { readonly kind: 'bad-length'; readonly wireBytes: number };

/** Encodes one answer. `status` is the third status byte; the two before it are always zero. */
export function encodeAnswer(status: number, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const frame = new Uint8Array(LENGTH_END + STATUS_BYTES + data.length + 1);
  frame.set(PREAMBLE);
  new DataView(frame.buffer).setUint16(PREAMBLE.length, STATUS_BYTES + data.length + 1);
  frame[LENGTH_END + 2] = status;
  frame.set(data, LENGTH_END + STATUS_BYTES);
  frame[frame.length - 1] = xorOf(frame.subarray(PREAMBLE.length, -1));
  return frame;
}

/** Finds requests in a byte stream that may be cut anywhere and may carry stray bytes between frames. */
export class RequestScanner {
  #pending: Uint8Array = new Uint8Array(0);

  /** True while a frame has begun (preamble complete) and its end is still to come. */
  get isInsideFrame(): boolean {
    return this.#pending.length >= PREAMBLE.length;
  }

  /** Takes the next bytes of the line and returns what they complete, in order. */
  push(chunk: Uint8Array): RequestEvent[] {
    this.#pending = joined(this.#pending, chunk);
    const events: RequestEvent[] = [];
    for (let event = this.#next(); event !== undefined; event = this.#next()) events.push(event);
    return events;
  }

  /** Forgets a frame that never ended. */
  abandon(): void {
    this.#pending = new Uint8Array(0);
  }

  #next(): RequestEvent | undefined {
    this.#dropUpToPreamble();
    if (this.#pending.length < LENGTH_END) return undefined;
    const length = viewOf(this.#pending).getUint16(PREAMBLE.length);
    if (length < SHORTEST_REQUEST || length > LONGEST_REQUEST) return this.#refuseLength();
    if (this.#pending.length < LENGTH_END + length) return undefined;
    return this.#takeFrame(LENGTH_END + length);
  }

  #takeFrame(total: number): RequestEvent {
    const frame = this.#take(total);
    if (xorOf(frame.subarray(PREAMBLE.length)) !== 0) return { kind: 'bad-checksum', wireBytes: total };
    return { kind: 'request', body: frame.subarray(LENGTH_END, -1), wireBytes: total };
  }

  /** Only preamble and length are dropped: the true next frame may begin inside the announced one. */
  #refuseLength(): RequestEvent {
    this.#take(LENGTH_END);
    return { kind: 'bad-length', wireBytes: LENGTH_END };
  }

  #dropUpToPreamble(): void {
    let start = 0;
    while (start < this.#pending.length && !preambleMayBeginAt(this.#pending, start)) start += 1;
    if (start > 0) this.#take(start);
  }

  #take(count: number): Uint8Array {
    const taken = this.#pending.slice(0, count);
    this.#pending = this.#pending.slice(count);
    return taken;
  }
}

/** True as well when the bytes end before the preamble does: the rest may still come. */
function preambleMayBeginAt(bytes: Uint8Array, start: number): boolean {
  const seen = bytes.subarray(start, start + PREAMBLE.length);
  return seen.every((byte, index) => byte === PREAMBLE[index]);
}

function xorOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
