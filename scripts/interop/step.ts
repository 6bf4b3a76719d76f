import { setTimeout as wait } from 'node:timers/promises';
import { asStationError } from '../../native-bridge/contract/errors.ts';
import type { Acceptance, Outcome } from '../../native-bridge/platform/connector.ts';

/** One step: what was expected of the server, and what it did. */
export interface InteropStep {
  readonly step: string;
  readonly expected: string;
  readonly found: string;
  readonly agrees: boolean;
}

export type Settled = Exclude<Outcome, { state: 'waiting' }>;

const mostQuestions = 30;

/** The final word on something that was sent, asked for where it was only accepted. */
export async function settled(
  asker: { outcome(serial: string): Promise<Outcome> },
  pollMs: number,
  answer: Acceptance,
): Promise<Settled> {
  if (answer.state !== 'accepted') return answer;
  for (let asked = 0; asked < mostQuestions; asked += 1) {
    await wait(pollMs);
    const outcome = await asker.outcome(answer.serial);
    if (outcome.state !== 'waiting') return outcome;
  }
  return { state: 'refused', text: 'no outcome', fields: [] };
}

export const stateOf = ({ state }: Settled): string => state;

export type Step = <T>(
  step: string,
  expected: string,
  run: () => Promise<T>,
  word: (found: T) => string,
) => Promise<T | undefined>;

/** Runs single steps; trouble is what was found, and the next step goes on. */
export function stepsOf(tell: (step: InteropStep) => void): Step {
  return async (step, expected, run, word) => {
    try {
      const value = await run();
      const found = word(value);
      tell({ step, expected, found, agrees: expected.split(' or ').includes(found) });
      return value;
    } catch (cause) {
      const { code, detail } = asStationError(cause);
      tell({ step, expected, found: [code, detail].filter(Boolean).join(': '), agrees: false });
      return undefined;
    }
  };
}

/** The list in parts of at most so many. */
export const inParts = <T>(list: readonly T[], most: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / most) }, (_, index) => list.slice(index * most, (index + 1) * most));
