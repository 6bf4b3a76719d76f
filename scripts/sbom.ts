/**
 * `npm run sbom`: writes what the program is made of into release/: `sbom.cdx.json` (CycloneDX, of the locked production
 * packages) and `third-party-licences.txt`. Then asks the registry for known vulnerabilities, where it answers.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { licenceFault } from './packaging/licences.ts';
import { preparePacking } from './packaging/prepare.ts';
import { productionPackages } from './packaging/production-packages.ts';
import { root } from './set-up/run-program.ts';

const release = join(root, 'release');

/** On Windows npm is a command file, which only a shell starts. */
const npm = (...argv: string[]) =>
  spawnSync('npm', argv, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32', maxBuffer: 1e8 });

const sbomSchema = z.looseObject({ bomFormat: z.literal('CycloneDX'), components: z.array(z.unknown()).min(1) });

function writeSbom(): void {
  const { stdout, stderr } = npm('sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only');
  const sbom = sbomSchema.safeParse(JSON.parse(stdout || 'null'));
  if (!sbom.success) throw new Error(`npm made no list of components: ${stderr.split('\n')[0] ?? ''}`);
  writeFileSync(join(release, 'sbom.cdx.json'), stdout);
  console.log(`release/sbom.cdx.json: ${sbom.data.components.length} components`);
}

const auditSchema = z.object({
  metadata: z.object({ vulnerabilities: z.object({ high: z.int(), critical: z.int(), total: z.int() }) }),
});

/** 0 when nothing severe is known, 1 when something is; said plainly when the registry does not answer. */
function audit(): number {
  const { stdout } = npm('audit', '--omit', 'dev', '--json');
  const answer = auditSchema.safeParse(JSON.parse(stdout || 'null'));
  if (!answer.success) {
    console.log('npm audit: the registry gave no answer; known vulnerabilities were NOT looked up.');
    return 0;
  }
  const { high, critical, total } = answer.data.metadata.vulnerabilities;
  console.log(`npm audit: ${total} known in what ships, ${high} high, ${critical} critical`);
  return high + critical === 0 ? 0 : 1;
}

mkdirSync(release, { recursive: true });
writeSbom();
await preparePacking(root);
const faults = productionPackages(root)
  .map(licenceFault)
  .filter((fault) => fault !== undefined);
console.log(`release/third-party-licences.txt${faults.length === 0 ? '' : `\nNOT ALLOWED: ${faults.join(', ')}`}`);
process.exitCode = Math.max(audit(), faults.length === 0 ? 0 : 1);
