import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/*
 * Compiles the stand-ins for makers' libraries, for tests. There is no compiler on most desks, so the tests that need one
 * say so and are left out there.
 */

const worksAs = (compiler: string): boolean => {
  try {
    execFileSync(compiler, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** A C compiler of this machine. */
export const compiler = ['cc', 'gcc', 'clang'].find(worksAs);
if (compiler === undefined) console.warn('NO C COMPILER: the tests against compiled vendor libraries are left out');

/** Compiles `test-libraries/<source>` into a shared library at `output` with these macros. */
export function compileTestLibrary(source: string, output: string, macros: Readonly<Record<string, string>>): void {
  const defines = Object.entries(macros).map(([name, value]) => `-D${name}=${value}`);
  const path = join(import.meta.dirname, 'test-libraries', source);
  execFileSync(compiler ?? 'cc', ['-shared', '-fPIC', '-O1', '-w', ...defines, '-o', output, path]);
}
