import type { SelfTestStepName } from '../contract/reader.ts';
import type { ReaderModule } from './reader-module.ts';
import { samCommands } from './sam/commands.ts';
import { readSamNumber } from './sam/sam-number.ts';

/** What a module says about itself when it is asked. */
export interface ModuleTest {
  /** Status byte of its own self-test: 90, or 60 where it failed. */
  readonly samStatus: number;
  readonly samNumber: string;
  /** Median of the status calls, in milliseconds. */
  readonly roundTripMs: number;
}

/** Those of the self-test's steps that are asked of the module. */
export type ModuleStep = Exclude<SelfTestStepName, 'portrait-decoder'>;

export interface ModuleTestOptions {
  /**
   * Heard between two exchanges. One that is under way is waited for: its late answer would be taken for that of the
   * command that follows.
   */
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: (step: ModuleStep, state: 'running' | 'ok' | 'trouble', value?: string) => void;
}

const statusCalls = 5;
const inOrder = 0x90;

const hex = (status: number) => status.toString(16).padStart(2, '0').toUpperCase();

/**
 * Asks the module for its status five times and for its number. Rejects with the module's or the line's trouble, and with
 * the reason of `signal`.
 */
export async function testModule(
  module: ReaderModule,
  { signal, onStep = () => undefined }: ModuleTestOptions = {},
): Promise<ModuleTest> {
  const times: number[] = [];
  const askStatus = async () => {
    signal?.throwIfAborted();
    const startedAt = performance.now();
    const { status } = await module.exchange(samCommands.status);
    times.push(performance.now() - startedAt);
    return status;
  };
  onStep('status', 'running');
  let samStatus = await askStatus();
  const tellStatus = () => onStep('status', samStatus === inOrder ? 'ok' : 'trouble', hex(samStatus));
  tellStatus();
  while (times.length < statusCalls) {
    onStep('round-trip', 'running', `${times.length}/${statusCalls}`);
    const again = await askStatus();
    // One answer that is not in order is one too many, whichever it is.
    if (samStatus === inOrder) samStatus = again;
  }
  tellStatus();
  const roundTripMs = times.sort((a, b) => a - b)[Math.floor(statusCalls / 2)] ?? 0;
  onStep('round-trip', 'ok', roundTripMs.toFixed(1));
  onStep('sam-number', 'running');
  const samNumber = await readSamNumber(module, signal);
  onStep('sam-number', 'ok', samNumber);
  return { samStatus, samNumber, roundTripMs };
}
