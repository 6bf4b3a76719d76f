/** Time as the virtual reader uses it; tests hand in one that does not wait. */
export interface Clock {
  /** Milliseconds, never going back. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** How many of the remaining bytes leave in the next piece. */
export type ChunkSizes = (remaining: number) => number;

/** Start bit, eight data bits, stop bit. */
const BITS_A_BYTE = 10;
/** USB-serial bridges hand bytes over in packets of at most 62 or 64 bytes. */
const LARGEST_PIECE = 62;

/** Milliseconds one byte takes on an 8N1 line. */
export function byteTime(baud: number): number {
  return (BITS_A_BYTE * 1000) / baud;
}

/** Pieces of 1..62 bytes in an irregular order that is the same on every run. */
export function irregularChunks(seed = 467): ChunkSizes {
  let state = seed;
  return (remaining) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.min(remaining, 1 + (Math.floor(state / 65536) % LARGEST_PIECE));
  };
}

export interface PacedLine {
  readonly clock: Clock;
  /** Milliseconds a byte. */
  readonly byteMilliseconds: number;
  readonly chunkSizes: ChunkSizes;
  readonly write: (piece: Uint8Array) => void;
  /** False once the line is gone; the rest of the bytes is dropped. */
  readonly isOpen: () => boolean;
}

/**
 * Writes the bytes no faster than the line would carry them. Each piece is due when its last byte would have arrived,
 * counted from the start, so that rounding of single waits does not add up.
 */
export async function sendPaced(bytes: Uint8Array, line: PacedLine): Promise<void> {
  const start = line.clock.now();
  for (let sent = 0; sent < bytes.length;) {
    const end = sent + Math.max(1, line.chunkSizes(bytes.length - sent));
    await waitUntil(line.clock, start + Math.min(end, bytes.length) * line.byteMilliseconds);
    if (!line.isOpen()) return;
    line.write(bytes.slice(sent, end));
    sent = end;
  }
}

async function waitUntil(clock: Clock, due: number): Promise<void> {
  const left = due - clock.now();
  if (left > 0) await clock.wait(left);
}
