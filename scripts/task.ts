/**
 * What `run.mjs` hands over to, on the project's own Node: prepares what the wanted command needs and runs it. Arguments
 * after the command's name go to the program behind it.
 */
import { startProgram } from './set-up/electron-binary.ts';
import { prepareAssets, prepareBuild } from './set-up/generated-files.ts';
import { runScript } from './set-up/run-program.ts';
import { SetUpError } from './set-up/set-up-error.mjs';
import { prepareSystem, systemPartsFor } from './set-up/system-packages.ts';
import { checks } from './checks.ts';
import { testEverything } from './test.ts';

type Preparation = () => void | Promise<void>;

interface Task {
  readonly prepare: readonly Preparation[];
  readonly run: (argv: readonly string[]) => Promise<number>;
}

const windowParts = () => prepareSystem(systemPartsFor.window);
const filmParts = () => prepareSystem(systemPartsFor.film);
const testParts = () => prepareSystem(systemPartsFor.tests);

const program =
  (script: string): Task['run'] =>
  (argv) =>
    runScript(script, argv);

const tasks = {
  start: { prepare: [windowParts, prepareAssets, prepareBuild], run: startProgram },
  demo: { prepare: [filmParts, prepareAssets, prepareBuild], run: program('e2e/demo/main.ts') },
  screenshots: { prepare: [filmParts, prepareAssets], run: program('e2e/views/screenshots.ts') },
  sandbox: { prepare: [prepareAssets], run: program('native-bridge/platform/sandbox/sandbox-main.ts') },
  interop: { prepare: [prepareAssets], run: program('scripts/interop.ts') },
  'virtual-reader': { prepare: [prepareAssets], run: program('native-bridge/practice/virtual-reader-main.ts') },
  faults: { prepare: [prepareAssets], run: program('scripts/faults.ts') },
  fuzz: { prepare: [], run: program('scripts/fuzz.ts') },
  build: { prepare: [prepareAssets], run: program('scripts/build.ts') },
  'pack:check': { prepare: [prepareAssets, prepareBuild], run: program('scripts/pack-check.ts') },
  dist: { prepare: [prepareAssets, prepareBuild], run: program('scripts/dist.ts') },
  sbom: { prepare: [], run: program('scripts/sbom.ts') },
  'security-report': { prepare: [prepareAssets, prepareBuild], run: program('scripts/security-report.ts') },
  bench: { prepare: [prepareAssets], run: program('scripts/bench.ts') },
  accuracy: { prepare: [prepareAssets], run: program('scripts/accuracy.ts') },
  'capture-report': { prepare: [prepareAssets], run: program('scripts/capture-report.ts') },
  soak: { prepare: [prepareAssets], run: program('scripts/soak.ts') },
  'code-coverage': { prepare: [prepareAssets], run: program('scripts/codes/measure-coverage.ts') },
  typecheck: { prepare: [prepareAssets], run: checks.typecheck },
  lint: { prepare: [prepareAssets], run: checks.lint },
  format: { prepare: [], run: checks.writeFormat },
  unit: { prepare: [testParts, prepareAssets], run: checks.unit },
  e2e: { prepare: [testParts, prepareAssets, prepareBuild], run: checks.e2e },
  test: { prepare: [testParts, prepareAssets], run: testEverything },
} satisfies Readonly<Record<string, Task>>;

function taskNamed(name: string | undefined): Task {
  const found: Task | undefined = Object.entries(tasks).find(([known]) => known === name)?.[1];
  if (found === undefined) throw new SetUpError(`Say what to run: ${Object.keys(tasks).join(', ')}.`);
  return found;
}

async function runTask(name: string | undefined, argv: readonly string[]): Promise<number> {
  const task = taskNamed(name);
  for (const prepare of task.prepare) await prepare();
  return task.run(argv);
}

try {
  process.exitCode = await runTask(process.argv[2], process.argv.slice(3));
} catch (error) {
  console.error(error instanceof SetUpError ? error.message : error);
  process.exitCode = 1;
}
