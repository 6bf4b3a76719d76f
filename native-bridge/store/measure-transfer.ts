import { mkdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { openDatabase } from './open-database.ts';
import { storeOn } from './open-store.ts';
import { numberedDraft, sampleKey, temporaryFolder } from './sample-draft.ts';

// node measure-transfer.ts [records]: a package of so many records (three pictures of 40 kB each), written and read.
const records = Number(process.argv[2] ?? '5000');
const folder = temporaryFolder();
const stick = folder.path('stick');
mkdirSync(stick);
const [a, b] = ['a.db', 'b.db'].map((name) => storeOn(openDatabase(folder.path(name), sampleKey)));
if (a === undefined || b === undefined) throw new Error('no stores');

const megabytes = (bytes: number) => Math.round(bytes / 1e6);
let peak = 0;

async function measured<T>(name: string, work: () => Promise<T>): Promise<T> {
  global.gc?.();
  peak = process.memoryUsage.rss();
  const before = peak;
  const started = performance.now();
  const result = await work();
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${name}: ${seconds.toFixed(1)} s, ${(records / seconds).toFixed(0)} records/s, ` +
      `resident memory ${megabytes(before)} MB before, ${megabytes(peak)} MB at most`,
  );
  return result;
}

const work = { onProgress: () => void (peak = Math.max(peak, process.memoryUsage.rss())) };
const common = { practice: false, actor: 'measure' };

try {
  for (let index = 0; index < records; index += 1) a.records.seal(numberedDraft(index), 'measure');
  a.transfers.trust(b.transfers.own(), 'measure');
  b.transfers.trust(a.transfers.own(), 'measure');
  const receiver = { station: b.transfers.own() };
  const request = { kind: 'hand-over', receiver, folder: stick, ...common } as const;
  const { path, written } = await measured('export', () => a.transfers.export(request, work));
  console.log(`package: ${written} records, ${megabytes(statSync(path).size)} MB`);
  const first = await measured('import', () => b.transfers.import({ path, ...common }, work));
  const second = await measured('import again', () => b.transfers.import({ path, ...common }, work));
  console.log(`entered ${first.counts.entered}, then unchanged ${second.counts.unchanged}`);
} finally {
  a.close();
  b.close();
  await rm(stick, { recursive: true, force: true });
  folder.remove();
}
