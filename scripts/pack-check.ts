/**
 * `npm run pack:check`: packs with electron-builder around a stand-in for Electron, starts the station from what was
 * packed and takes the first steps of a practice enrolment. Nothing is fetched; neither Electron nor the tools that make
 * installers are needed.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { z } from 'zod';
import { fuses } from '../electron/security-items.ts';
import { packedFiles } from './packaging/assemble.ts';
import { checkPacked, type PackStep } from './packaging/check-packed.ts';
import { type Built, packWithBuilder } from './packaging/pack-with-builder.ts';
import { preparePacking } from './packaging/prepare.ts';
import { readPackConfig } from './packaging/pack-config.ts';
import { root } from './set-up/run-program.ts';

const dependencies = z.object({ devDependencies: z.object({ electron: z.string() }) });

function electronVersion(): string {
  return dependencies.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).devDependencies.electron;
}

/** Nothing of the project itself goes in besides what the configuration names. */
function foreignStep({ packed }: Built): PackStep {
  const own = new Set(packedFiles({ root, config: readPackConfig(root) }));
  const foreign = packed.filter((path) => !path.startsWith('node_modules/') && !own.has(path));
  const step = 'nothing is packed that was not named';
  return foreign.length === 0 ? { step } : { step, fault: foreign.slice(0, 10).join(', ') };
}

const fuseNumber = (name: string) =>
  FuseV1Options[(name.charAt(0).toUpperCase() + name.slice(1)) as keyof typeof FuseV1Options];

/** The wire holds letters: `1` for on, `0` for off. */
async function fuseStep({ program }: Built): Promise<PackStep> {
  const wire = await getCurrentFuseWire(program);
  const wrong = Object.entries(fuses).filter(([name, isOn]) => Number(wire[fuseNumber(name)]) !== (isOn ? 0x31 : 0x30));
  const step = 'the fuses are set';
  return wrong.length === 0 ? { step } : { step, fault: wrong.map(([name]) => name).join(', ') };
}

const lineOf = ({ step, fault }: PackStep) => (fault === undefined ? `ok      ${step}` : `FAILED  ${step}: ${fault}`);

// Outside the project: a missing package would be found in a folder further up.
const target = mkdtempSync(join(tmpdir(), 'enrol-desk-packed-'));
try {
  await preparePacking(root);
  const built = packWithBuilder(root, target, electronVersion());
  const dataFolder = join(target, 'data');
  mkdirSync(dataFolder);
  const steps = [foreignStep(built), await fuseStep(built), ...(await checkPacked(built, dataFolder))];
  for (const step of steps) console.log(lineOf(step));
  console.log(`${built.files} files, ${(built.bytes / 1e6).toFixed(0)} MB before compression, Electron not counted`);
  if (steps.some(({ fault }) => fault !== undefined)) process.exitCode = 1;
} finally {
  rmSync(target, { recursive: true, force: true });
}
