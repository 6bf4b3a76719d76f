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
/** One that nobody used lies in a terminal or a browser's history; somebody who is asked for it has it at hand. */
const tokenLifeMs = 10 * 60_000;

interface UnusedToken {
  readonly token: string;
  readonly issuedAt: number;
}

/** Tokens that open one session each, and the session secret that they are exchanged for. */
export class OneTimeTokens {
  readonly #now: () => number;
  #session = freshSecret();
  #unused: UnusedToken[] = [];

  /** `now` counts milliseconds from anywhere and never back. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get session(): string {
    return this.#session;
  }

  /** Whoever has the present secret has nothing any more. */
  endSession(): void {
    this.#session = freshSecret();
  }

  issue(): string {
    const token = freshSecret();
    this.#unused = [...this.#unused, { token, issuedAt: this.#now() }].slice(-mostUnusedTokens);
    return token;
  }

  /** Whether the token was good; it is no longer afterwards. */
  redeem(given: string): boolean {
    this.#unused = this.#unused.filter(({ issuedAt }) => this.#now() - issuedAt < tokenLifeMs);
    const index = this.#unused.findIndex(({ token }) => isSameSecret(given, token));
    if (index < 0) return false;
    this.#unused.splice(index, 1);
    return true;
  }
}
