import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { redacted } from './redact.ts';

export interface LogLimits {
  readonly fileBytes: number;
  readonly files: number;
}

const usualLimits: LogLimits = { fileBytes: 1_000_000, files: 5 };

/**
 * What the station did, one line of JSON each: when, what, and a few values that are redacted by their types. The newest
 * file is `station.log`; full ones move on to `station.1.log` and so on, until the last is dropped. A log that cannot be
 * written is done without: it must never stop the station.
 */
export class StationLog {
  readonly #folder: string;
  readonly #limits: LogLimits;
  readonly #now: () => Date;
  #bytes = 0;

  constructor(folder: string, now: () => Date = () => new Date(), limits: LogLimits = usualLimits) {
    this.#folder = folder;
    this.#limits = limits;
    this.#now = now;
    this.#attempt(() => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      this.#bytes = existsSync(this.#path(0)) ? statSync(this.#path(0)).size : 0;
    });
  }

  /** `event` and the names of `values` are words of the program. */
  write(event: string, values: Readonly<Record<string, unknown>> = {}): void {
    const shown = Object.entries(values).map(([name, value]) => [name, redacted(value)] as const);
    const line = `${JSON.stringify({ at: this.#now().toISOString(), event, ...Object.fromEntries(shown) })}\n`;
    this.#attempt(() => {
      if (this.#bytes + line.length > this.#limits.fileBytes) this.#rotate();
      appendFileSync(this.#path(0), line, { mode: 0o600 });
      this.#bytes += line.length;
    });
  }

  /** The newest lines, oldest first. */
  newest(count: number): string[] {
    const lines: string[] = [];
    for (let number = 0; number < this.#limits.files && lines.length < count; number++) {
      this.#attempt(() => lines.unshift(...readFileSync(this.#path(number), 'utf8').split('\n').filter(Boolean)));
    }
    return lines.slice(-count);
  }

  /** Whether the last thing that was tried could be written or read. */
  get isSound(): boolean {
    return this.#isSound;
  }

  #isSound = true;

  #attempt(work: () => void): void {
    try {
      work();
      this.#isSound = true;
    } catch {
      this.#isSound = false;
    }
  }

  #path(number: number): string {
    return join(this.#folder, number === 0 ? 'station.log' : `station.${number}.log`);
  }

  #rotate(): void {
    rmSync(this.#path(this.#limits.files - 1), { force: true });
    for (let number = this.#limits.files - 2; number >= 0; number--) {
      if (existsSync(this.#path(number))) renameSync(this.#path(number), this.#path(number + 1));
    }
    this.#bytes = 0;
  }
}
