import { holdOutput, type RunScript } from './set-up/run-program.ts';
import { noTests } from './test-report.ts';
import type { StepResult } from './test-summary.ts';

/** A step that starts its programs by what it is given, so that what they print can be shown whole. */
export interface LaneStep {
  readonly name: string;
  readonly run: (runScript: RunScript) => Promise<number>;
}

/** What a step prints is shown once it has ended, under its name: never mixed with that of another. */
async function runLaneStep({ name, run }: LaneStep, print: (text: string) => void): Promise<StepResult> {
  const output = holdOutput();
  const begin = performance.now();
  const hasPassed = (await run(output.run)) === 0;
  const seconds = (performance.now() - begin) / 1000;
  print(`\n— ${name}\n${output.printed()}`.trimEnd());
  return { name, hasPassed, seconds, tests: noTests };
}

/** Runs lanes beside one another, the steps of each in turn; every step runs, whatever became of the others. */
export async function runSideBySide(
  lanes: readonly (readonly LaneStep[])[],
  print: (text: string) => void = console.log,
): Promise<readonly StepResult[]> {
  const results = lanes.map(async (lane) => {
    const done: StepResult[] = [];
    for (const step of lane) done.push(await runLaneStep(step, print));
    return done;
  });
  return (await Promise.all(results)).flat();
}
