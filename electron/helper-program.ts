import { existsSync } from 'node:fs';
import { join } from 'node:path';

const nodeName = process.platform === 'win32' ? 'node.exe' : 'node';

/**
 * The Node that the bridge's own helpers (makers' libraries, work on whole data files) run in. Electron's program cannot be
 * it: the fuse that would let anybody run scripts with it is off. A package brings one; in the project's folder it is
 * the project's own. Undefined where there is none: then Electron's program is used, which works with that fuse on only.
 */
export function helperProgram(resources: string | undefined, electronProgram: string): string | undefined {
  const modules = join(electronProgram, '..', '..', '..');
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const path =
    resources === undefined
      ? join(modules, `node-${system}-${process.arch}`, 'bin', nodeName)
      : join(resources, 'runtime', nodeName);
  return existsSync(path) ? path : undefined;
}
