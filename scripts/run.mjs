/**
 * Entry of every npm script. Runs on any system Node from 20.19 on, on a fresh clone: installs the locked packages, finds
 * the project's own Node 24 and hands over to `task.ts`, which that one runs.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './set-up/install.mjs';
import { findOwnNode, refuseOldNode } from './set-up/own-node.mjs';
import { SetUpError } from './set-up/set-up-error.mjs';

// An older Node has no import.meta.dirname, and is to reach the sentence that refuses it.
const root = fileURLToPath(new URL('..', import.meta.url));

function handOver(node, argv) {
  const child = spawn(node, [join(root, 'scripts', 'task.ts'), ...argv], { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(new SetUpError(`Node 24 could not be started (${error.message}).`)));
  child.on('close', (code) => (process.exitCode = code ?? 1));
}

function fail(error) {
  console.error(error instanceof SetUpError ? error.message : error);
  process.exitCode = 1;
}

try {
  refuseOldNode(process.versions.node);
  installPackages(root);
  handOver(findOwnNode(root), process.argv.slice(2));
} catch (error) {
  fail(error);
}
