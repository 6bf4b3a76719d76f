import { StationError } from '../../contract/errors.ts';
import { moduleStatus } from '../../contract/reader-status.ts';
import type { ReaderModule } from '../reader-module.ts';
import { printSamNumber, samCommands } from './commands.ts';

const samNumberBytes = 16;

/** Two of the answers must agree: the first one after power-up is wrong on some modules. */
const attempts = 4;

/**
 * The module's number as printed; it holds all 16 bytes, so two modules are the same when it is. Rejects with the
 * module's trouble (`reader.not-authorised`, `reader.self-test-failed`) or `reader.link-fault`, and with the reason of `signal`, heard
 * between two answers.
 */
export async function readSamNumber(module: ReaderModule, signal?: AbortSignal): Promise<string> {
  let previous: string | undefined;
  for (let attempt = 0; attempt < attempts; attempt++) {
    signal?.throwIfAborted();
    const answer = await module.exchange(samCommands.number);
    const { class: meaning, code } = moduleStatus(answer.status);
    if (meaning === 'device') throw new StationError(code ?? 'reader.unknown-status');
    const isNumber = meaning === 'ok' && answer.data.length === samNumberBytes;
    const number = isNumber ? printSamNumber(answer.data) : undefined;
    if (number !== undefined && number === previous) return number;
    previous = number;
  }
  throw new StationError('reader.link-fault', 'SAM number');
}
