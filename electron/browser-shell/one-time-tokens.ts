import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits in letters that need no encoding in an address. */
const freshSecret = () => randomBytes(32).toString('base64url');

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares by digest, so that neither the length nor the first wrong letter shows in the time taken. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

/** A start token is good for one exchange; more than this many unused ones are not kept. */
const mostUnusedTokens = 8;

/** Tokens that open one session each, and the session secret that they are exchanged for. */
export class OneTimeTokens {
  readonly session = freshSecret();
  #unused: string[] = [];

  issue(): string {
    const token = freshSecret();
    this.#unused = [...this.#unused, token].slice(-mostUnusedTokens);
    return token;
  }

  /** Whether the token was good; it is no longer afterwards. */
  redeem(given: string): boolean {
    const index = this.#unused.findIndex((token) => isSameSecret(given, token));
    if (index < 0) return false;
    this.#unused.splice(index, 1);
    return true;
  }
}
