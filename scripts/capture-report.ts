/** `npm run capture-report`: damages good portraits in known ways and counts which check says so. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadProfile } from '../native-bridge/capture/profile.ts';
import { createFaceEngine } from '../native-bridge/face/face-engine.ts';
import { requireModelFolder } from '../native-bridge/face/model-folder.ts';
import { blockedShare, measureChecks } from './capture-report/confusion.ts';
import { degradations } from './capture-report/degradations.ts';
import { compareWithTable } from './capture-report/ofiq-table.ts';
import { folderPortraits, samplePortraits } from './capture-report/portraits.ts';
import { figuresOf, reportText } from './capture-report/report-text.ts';

const usage = `npm run capture-report -- [--profile NAME] [--faces FOLDER [--people N]] [--ofiq FILE.csv]
  --profile  the capture profile to judge by; left out, guangxi
  --faces    a folder of pictures NAME_neutral.jpg, each of one person, measured besides the sample pictures
  --people   how many of them at most
  --ofiq     the published table of raw measures and qualities of ISO/IEC 29794-5 (expected_results.csv)`;

const options = {
  profile: { type: 'string', default: 'guangxi' },
  faces: { type: 'string' },
  people: { type: 'string', default: '1000' },
  ofiq: { type: 'string' },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  const file = join(import.meta.dirname, '..', 'assets', 'capture-profiles', `${values.profile}.json`);
  const profile = loadProfile(JSON.parse(await readFile(file, 'utf8')));
  const engine = await createFaceEngine({ modelFolder: await requireModelFolder() });
  const portraits = await samplePortraits(engine);
  if (values.faces !== undefined)
    portraits.push(...(await folderPortraits(engine, values.faces, Number(values.people))));
  const report = await measureChecks({ engine, profile, portraits, degradations });
  await engine.close();
  console.log(reportText(report, profile));
  const table = await compareWithTable(values.ofiq);
  console.log(table.text);
  const falseBlock = Math.max(blockedShare(report.clean), blockedShare(report.photos));
  console.log(JSON.stringify({ ...figuresOf(report), falseBlock, components: table.figures }));
}

try {
  await main();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  process.exitCode = 1;
}
