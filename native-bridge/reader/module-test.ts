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

const statusCalls = 5;

/** Asks the module for its status five times and for its number. Rejects with the module's or the line's trouble. */
export async function testModule(module: ReaderModule): Promise<ModuleTest> {
  const times: number[] = [];
  let samStatus = 0;
  for (let call = 0; call < statusCalls; call++) {
    const startedAt = performance.now();
    samStatus = (await module.exchange(samCommands.status)).status;
    times.push(performance.now() - startedAt);
  }
  const roundTripMs = times.sort((a, b) => a - b)[Math.floor(statusCalls / 2)] ?? 0;
  return { samStatus, samNumber: await readSamNumber(module), roundTripMs };
}
