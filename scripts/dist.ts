/**
 * `npm run dist [-- --win | --linux | --dir]`: packs the program with electron-builder into release/. electron-builder
 * fetches Electron and its own tools; where it cannot, this says so and what was missing.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { preparePacking } from './packaging/prepare.ts';
import { root } from './set-up/run-program.ts';

/** Words with which fetching fails, whatever is being fetched. */
const notFetched =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|cannot resolve|status code (?:403|404|407|5\d\d)|Forbidden/i;

function explain(output: string): string {
  const line = output.split('\n').find((each) => notFetched.test(each));
  if (line === undefined) return 'electron-builder failed; its own words are above.';
  return [
    'Electron or one of electron-builder’s tools could not be fetched from here, so there is no package:',
    `  ${line.trim().slice(0, 200)}`,
    'Run this where they can be had, or name mirrors: ELECTRON_MIRROR and ELECTRON_BUILDER_BINARIES_MIRROR',
    '(docs/deployment.md). `npm run pack:check` tries what would be packed without them.',
  ].join('\n');
}

function build(argv: readonly string[]): number {
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, '--publish', 'never', '--config', 'electron-builder.yml', ...argv],
    { cwd: root, encoding: 'utf8', maxBuffer: 1e8 },
  );
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  if (status !== 0) console.error(`\n${explain(stdout + stderr)}`);
  return status ?? 1;
}

await preparePacking(root);
process.exitCode = build(process.argv.slice(2));
