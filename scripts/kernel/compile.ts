/** Compiles the AssemblyScript of the face engine into `assets/kernel/`; the same source gives the same bytes. */
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { main } from 'assemblyscript/asc';

const root = join(import.meta.dirname, '..', '..');
const source = 'native-bridge/face/kernel/sampler.ts';
const target = join(root, 'assets', 'kernel', 'sampler.wasm');

mkdirSync(join(target, '..'), { recursive: true });
const { error } = await main(
  [
    source,
    ...['--baseDir', root, '--outFile', `${target}.part`],
    // Without a collector or any other part of the language's own: the sampler makes no objects.
    ...['--runtime', 'stub', '--noAssert', '--use', 'abort='],
    ...['-O3', '--enable', 'simd'],
  ],
  { stderr: process.stderr },
);
if (error) process.exitCode = 1;
else renameSync(`${target}.part`, target);
