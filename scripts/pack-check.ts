/**
 * `npm run pack:check`: lays out what electron-builder would pack, starts the station from that alone and takes the first
 * steps of a practice enrolment. Needs neither Electron nor electron-builder's tools.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from './packaging/assemble.ts';
import { checkPacked } from './packaging/check-packed.ts';
import { readPackConfig } from './packaging/pack-config.ts';
import { root } from './set-up/run-program.ts';

// Outside the project: a missing package would be found in a folder further up.
const target = mkdtempSync(join(tmpdir(), 'enrol-desk-packed-'));
try {
  const assembled = assemble({ root, target, config: readPackConfig(root) });
  const dataFolder = join(target, 'data');
  mkdirSync(dataFolder);
  const steps = await checkPacked(assembled, dataFolder);
  for (const { step, fault } of steps)
    console.log(`${fault === undefined ? 'ok    ' : 'FAILED'}  ${step}${fault === undefined ? '' : `: ${fault}`}`);
  console.log(
    `${assembled.files} files, ${(assembled.bytes / 1e6).toFixed(0)} MB before compression, Electron not counted`,
  );
  if (steps.some(({ fault }) => fault !== undefined)) process.exitCode = 1;
} finally {
  rmSync(target, { recursive: true, force: true });
}
