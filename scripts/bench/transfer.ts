import { mkdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { openDatabase } from '../../native-bridge/store/open-database.ts';
import { type Store, storeOn } from '../../native-bridge/store/open-store.ts';
import { numberedDraft, sampleKey, temporaryFolder } from '../../native-bridge/store/sample-draft.ts';

const megabytes = (bytes: number) => Math.round(bytes / 1e6);
const common = { practice: false, actor: 'measure' };

/** Seconds, records a second, and the largest resident memory while it went on. */
async function measured<T>(
  name: string,
  records: number,
  run: (work: { onProgress: () => void }) => Promise<T>,
): Promise<T> {
  global.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const started = performance.now();
  const result = await run({ onProgress: () => void (peak = Math.max(peak, process.memoryUsage.rss())) });
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${name}: ${seconds.toFixed(1)} s, ${(records / seconds).toFixed(0)} records/s, ` +
      `resident memory ${megabytes(before)} MB before, ${megabytes(peak)} MB at most`,
  );
  return result;
}

async function handOver([a, b]: readonly [Store, Store], stick: string, records: number): Promise<void> {
  for (let index = 0; index < records; index += 1) a.records.seal(numberedDraft(index), 'measure');
  a.transfers.trust(b.transfers.own(), 'measure');
  b.transfers.trust(a.transfers.own(), 'measure');
  const receiver = { station: b.transfers.own() };
  const request = { kind: 'hand-over', receiver, folder: stick, ...common } as const;
  const { path, written } = await measured('export', records, (work) => a.transfers.export(request, work));
  console.log(`package: ${written} records, ${megabytes(statSync(path).size)} MB`);
  const first = await measured('import', records, (work) => b.transfers.import({ path, ...common }, work));
  const second = await measured('import again', records, (work) => b.transfers.import({ path, ...common }, work));
  console.log(`entered ${first.counts.entered}, then unchanged ${second.counts.unchanged}`);
}

/** A package of so many records with three pictures of 40 kB each, written, read, and read again. */
export async function benchTransfer([count = '5000']: readonly string[]): Promise<void> {
  const folder = temporaryFolder();
  const stick = folder.path('stick');
  mkdirSync(stick);
  const open = (name: string) => storeOn(openDatabase(folder.path(name), sampleKey));
  const stations = [open('a.db'), open('b.db')] as const;
  try {
    await handOver(stations, stick, Number(count));
  } finally {
    for (const store of stations) store.close();
    await rm(stick, { recursive: true, force: true });
    folder.remove();
  }
}
