/** Compiles the AssemblyScript of the face engine into `assets/kernel/`; the same source gives the same bytes. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const target = join(root, 'assets', 'kernel', 'sampler.wasm');
const unfinished = `${target}.part`;

/** In a process of its own: the compiler's types change those of the language for whoever imports it. */
function compile(): boolean {
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js'),
      join('native-bridge', 'face', 'kernel', 'sampler.ts'),
      ...['--baseDir', root, '--outFile', unfinished],
      // Without a collector or any other part of the language's own: the sampler makes no objects.
      ...['--runtime', 'stub', '--noAssert', '--use', 'abort='],
      ...['-O3', '--enable', 'simd'],
    ],
    { stdio: 'inherit' },
  );
  return status === 0;
}

mkdirSync(join(target, '..'), { recursive: true });
if (compile()) renameSync(unfinished, target);
else process.exitCode = 1;
