/** `npm run capture-report`: damages good portraits in known ways and counts which check says so. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadProfile } from '../native-bridge/capture/profile.ts';
import { createFaceEngine, type FaceEngine } from '../native-bridge/face/face-engine.ts';
import { requireModelFolder } from '../native-bridge/face/model-folder.ts';
import { blockedShare, measureChecks } from './capture-report/confusion.ts';
import { degradations } from './capture-report/degradations.ts';
import { compareWithTable } from './capture-report/ofiq-table.ts';
import { folderPortraits, type Portrait, samplePortraits } from './capture-report/portraits.ts';
import { figuresOf, reportText } from './capture-report/report-text.ts';

const usage = `npm run capture-report -- [--profile NAME] [--faces FOLDER [--skip N] [--people N]] [--ofiq FILE.csv]
  --profile  the capture profile to judge by; left out, guangxi
  --faces    a folder of pictures NAME_neutral.jpg, each of one person, measured besides the sample pictures
  --skip     how many of them, by name, to leave out: those that limits were chosen on
  --people   how many of the others at most
  --ofiq     the published table of raw measures and qualities of ISO/IEC 29794-5 (expected_results.csv)`;

const options = {
  profile: { type: 'string', default: 'guangxi' },
  faces: { type: 'string' },
  skip: { type: 'string', default: '0' },
  people: { type: 'string', default: '1000' },
  ofiq: { type: 'string' },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  const file = join(import.meta.dirname, '..', 'assets', 'capture-profiles', `${values.profile}.json`);
  const profile = loadProfile(JSON.parse(await readFile(file, 'utf8')));
  const engine = await createFaceEngine({ modelFolder: await requireModelFolder() });
  const portraits = await portraitsFor(engine, values);
  if (portraits.length === 0) throw new Error('There is nobody to measure.');
  const report = await measureChecks({ engine, profile, portraits, degradations });
  await engine.close();
  console.log(reportText(report, profile));
  const table = await compareWithTable(values.ofiq);
  console.log(table.text);
  const falseBlock = Math.max(blockedShare(report.clean), blockedShare(report.photos));
  console.log(JSON.stringify({ ...figuresOf(report), falseBlock, components: table.figures }));
}

/** The sample pictures are part of what limits were chosen on: people who are held out are measured without them. */
async function portraitsFor(
  engine: FaceEngine,
  { faces, skip, people }: { readonly faces?: string; readonly skip: string; readonly people: string },
): Promise<Portrait[]> {
  const held = faces === undefined ? [] : await folderPortraits(engine, faces, Number(skip), Number(people));
  return Number(skip) > 0 ? held : [...(await samplePortraits(engine)), ...held];
}

try {
  await main();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  process.exitCode = 1;
}
