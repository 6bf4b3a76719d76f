import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.ts';
import { root, runSetUpScript } from './run-program.ts';
import { SetUpError } from './set-up-error.mjs';
import { isStamped, stamp } from './stamp.mjs';

/** A script whose outputs are rebuilt when the files it depends on have changed. */
interface Generator {
  readonly step: string;
  readonly script: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly progress: string;
}

const generators = {
  models: {
    step: 'models',
    script: 'scripts/models/convert.ts',
    inputs: ['scripts/models', 'native-bridge/face/model-catalogue.ts', 'package-lock.json'],
    output: 'assets/models/manifest.json',
    progress: 'Converting the face models; once, less than a minute …',
  },
  kernel: {
    step: 'kernel',
    script: 'scripts/kernel/compile.ts',
    inputs: ['scripts/kernel', 'native-bridge/face/kernel', 'package-lock.json'],
    output: 'assets/kernel/sampler.wasm',
    progress: 'Compiling the reading of pictures …',
  },
  divisions: {
    step: 'divisions',
    script: 'scripts/codes/build-divisions.ts',
    inputs: ['scripts/codes', 'package-lock.json'],
    output: 'assets/codes/divisions.json',
    progress: 'Building the table of administrative divisions …',
  },
  build: {
    step: 'build',
    script: 'scripts/build.ts',
    inputs: [
      'native-bridge',
      'electron',
      'renderer',
      'scripts/build.ts',
      'scripts/node-bundles.ts',
      'vite.config.ts',
      'package-lock.json',
      'assets/codes',
    ],
    output: 'dist/whole',
    progress: 'Building the program …',
  },
} satisfies Readonly<Record<string, Generator>>;

async function generate({ step, script, inputs, output, progress }: Generator): Promise<void> {
  const state = fingerprint(root, inputs);
  if (existsSync(join(root, output)) && isStamped(step, state)) return;
  console.error(progress);
  if ((await runSetUpScript(script)) !== 0) throw new SetUpError(`${script} failed; its message is above.`);
  stamp(step, state);
}

/** The files that are made on this machine: code tables, compiled loops and face models. */
export async function prepareAssets(): Promise<void> {
  await generate(generators.divisions);
  await generate(generators.kernel);
  await generate(generators.models);
}

/** The bundles in dist/, when a source is newer. */
export const prepareBuild = (): Promise<void> => generate(generators.build);
