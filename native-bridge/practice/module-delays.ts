/** Work of the module itself in milliseconds; the time on the wire comes on top (see wire-pacing.ts). */
export interface ModuleDelays {
  readonly reset: number;
  readonly status: number;
  readonly samNumber: number;
  /** A card answers the field. */
  readonly find: number;
  /** The field is polled to the end without an answer. */
  readonly findNothing: number;
  readonly select: number;
  readonly readTextPhoto: number;
  readonly readFingerprint: number;
  readonly readNewestAddress: number;
  readonly readBodyNumber: number;
  /** A command that is turned down without touching the card. */
  readonly refuse: number;
  /** From power on to the first answer. */
  readonly powerUp: number;
}

/**
 * Chosen to lie inside the waits that reader drivers use: find and select are waited for 100 ms, text and photo 2 s,
 * with fingerprint 3 s, newest address 1.5 s, power-up 1.5 s. Reading is mutual authentication, 1280 bytes over the air
 * at 106 kbit/s (about 100 ms net) and decryption; 300 ms together is the middle of what desk readers show.
 */
export const DEFAULT_DELAYS: ModuleDelays = {
  reset: 120,
  status: 3,
  samNumber: 5,
  find: 35,
  findNothing: 60,
  select: 40,
  readTextPhoto: 300,
  readFingerprint: 520,
  readNewestAddress: 60,
  readBodyNumber: 45,
  refuse: 2,
  powerUp: 800,
};

/**
 * A frame that stops in the middle is given up after this silence (ms) and answered with 11. Not scaled: a test that
 * runs without delays must still be able to send a frame in pieces.
 */
export const FRAME_SILENCE_MILLISECONDS = 500;
