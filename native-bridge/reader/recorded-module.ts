import { asStationError } from '../contract/errors.ts';
import type { RecordedStatus } from '../contract/reader.ts';
import type { LineFigures, ReaderModule } from './reader-module.ts';
import type { SamCommand } from './sam/commands.ts';
import type { SamAnswer } from './sam/frames.ts';

const kept = 20;

/** A module whose last answers are remembered: which command, its status and time, never its content. */
export class RecordedModule implements ReaderModule {
  readonly #module: ReaderModule;
  readonly #statuses: RecordedStatus[] = [];

  constructor(module: ReaderModule) {
    this.#module = module;
  }

  /** The last twenty answers, oldest first; of the same answer again and again only the newest is kept. */
  get statuses(): readonly RecordedStatus[] {
    return [...this.#statuses];
  }

  get figures(): LineFigures {
    return this.#module.figures;
  }

  async exchange(command: SamCommand): Promise<SamAnswer> {
    const startedAt = performance.now();
    try {
      const answer = await this.#module.exchange(command);
      this.#keep(command, startedAt, { status: answer.status });
      return answer;
    } catch (cause) {
      const error = asStationError(cause);
      this.#keep(command, startedAt, { code: error.code });
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#module.close();
  }

  #keep({ name }: SamCommand, startedAt: number, outcome: Pick<RecordedStatus, 'status' | 'code'>): void {
    const last = this.#statuses.at(-1);
    // An idle reader answers "no card" three times a second, which would push everything else out.
    if (last?.command === name && last.status === outcome.status && last.code === outcome.code) this.#statuses.pop();
    const tookMs = Math.round((performance.now() - startedAt) * 10) / 10;
    this.#statuses.push({ at: new Date().toISOString(), command: name, tookMs, ...outcome });
    if (this.#statuses.length > kept) this.#statuses.shift();
  }
}
