/**
 * `npm run bench -- sync [--records N] [--requests-at-once N]`: how fast sealed records reach the sandbox, which runs in
 * its own process on this machine, and what that costs the station's process. Sealing is preparation. The pace is the
 * bench's own; on a real platform the station asks no more often than every 1.5 s.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { z } from 'zod';
import type { ProjectConnection } from '../../native-bridge/contract/station.ts';
import { sendingPortraitOf } from '../../native-bridge/station/upload-pictures.ts';
import { openStore } from '../../native-bridge/store/open-store.ts';
import { enrolmentSteps, type Pictures } from '../faults/invented-worker.ts';

const stationScript = fileURLToPath(new URL('sync-station.ts', import.meta.url));
const sandboxScript = fileURLToPath(new URL('../../native-bridge/platform/sandbox/sandbox-main.ts', import.meta.url));

/** The largest picture that the interface's limit of 50 KB of Base64 lets through is 38,300 bytes: "40 KB" in the field. */
const photoBytes = { least: 36_000, most: 38_300 } as const;
const goals = { recordsPerSecond: 200, memoryGrowthMegabytes: 100 } as const;
const teams = 20;
const sealedTogether = 200;
/** How long the sandbox processes each request, milliseconds. */
const processingMs = 150;

/** Noise of the wanted size as JPEG: it compresses as badly as a face. */
async function photoOfSize(): Promise<Uint8Array> {
  const noise = { type: 'gaussian', mean: 128, sigma: 14 } as const;
  const picture = sharp({ create: { width: 358, height: 441, channels: 3, background: '#8c9aa0', noise } });
  const raw = await picture.png().toBuffer();
  for (let quality = 99; quality > 1; quality -= 1) {
    const jpeg = await sharp(raw).jpeg({ quality }).toBuffer();
    if (jpeg.length <= photoBytes.most) return jpeg;
  }
  throw new Error('no picture of the wanted size');
}

async function makePictures(): Promise<Pictures> {
  const noise = { type: 'gaussian', mean: 128, sigma: 14 } as const;
  const portrait = sharp({ create: { width: 102, height: 126, channels: 3, background: '#8c9aa0', noise } });
  return { portrait: await portrait.png().toBuffer(), photo: await photoOfSize() };
}

interface Prepared {
  readonly file: string;
  readonly key: string;
  readonly records: number;
  readonly connection: ProjectConnection;
}

/** As the station does it: sealed, and made ready to be sent. */
async function prepare({ file, key, records, connection }: Prepared, pictures: Pictures): Promise<void> {
  const portrait = await sendingPortraitOf(pictures.portrait);
  const store = openStore({ file, key: new Uint8Array(Buffer.from(key, 'hex')) });
  const { projectCode, projectName, corpCode, corpName } = connection;
  const all = Array.from({ length: teams }, (_, index) =>
    store.teams.add({ projectCode, projectName, corpCode, corpName, teamName: `示例${index + 1}班`, workType: '020' }),
  );
  for (let first = 0; first < records; first += sealedTogether) {
    store.outbox.together(() => {
      for (let index = first; index < Math.min(first + sealedTogether, records); index += 1) {
        // As on a site: a team comes one after the other.
        const team = all[Math.floor(index / 50) % teams];
        const draft = team && enrolmentSteps(index, team, pictures).at(-1);
        if (draft === undefined) continue;
        store.records.seal(draft, 'bench');
        store.sendingPortraits.keep(draft.id, portrait);
      }
    });
  }
  store.close();
}

const readySchema = z.object({
  url: z.string(),
  appid: z.string(),
  secret: z.string(),
  projectCode: z.string(),
  corp: z.object({ corpCode: z.string(), corpName: z.string() }),
});

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the process ended without a word');
}

async function startSandbox(): Promise<{ connection: ProjectConnection; child: ChildProcess }> {
  const child = spawn(process.execPath, [sandboxScript, '--delay', String(processingMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { corp, ...ready } = readySchema.parse(JSON.parse(await firstLine(child)));
  return { connection: { driver: 'national', dialect: 'national', ...ready, ...corp, projectName: '示例项目' }, child };
}

const measuredSchema = z.looseObject({
  recordsPerSecond: z.number(),
  memoryMegabytes: z.object({ before: z.number(), warm: z.number(), most: z.number() }),
  memoryGrowthMegabytes: z.number(),
  seconds: z.number(),
  processorSeconds: z.number(),
  loopDelayMilliseconds: z.object({ median: z.number(), p99: z.number(), most: z.number() }),
});
type Measured = z.infer<typeof measuredSchema>;

async function measure(plan: object): Promise<Measured> {
  const child = spawn(process.execPath, [stationScript, JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const measured = measuredSchema.parse(JSON.parse(await firstLine(child)));
  await exited;
  return measured;
}

/** Whom the platform has, and whether anybody was registered twice: by its own count. */
async function arrivedAt(url: string): Promise<{ people: number; twice: number }> {
  const schema = z.object({ counters: z.object({ people: z.array(z.object({ added: z.int() })) }) });
  const answer = await fetch(new URL('/control/state', url));
  const { people } = schema.parse(await answer.json()).counters;
  return {
    people: people.filter(({ added }) => added > 0).length,
    twice: people.filter(({ added }) => added > 1).length,
  };
}

function report(measured: Measured, records: number, arrived: { people: number; twice: number }): void {
  const {
    recordsPerSecond,
    seconds,
    memoryMegabytes: memory,
    loopDelayMilliseconds: delay,
    processorSeconds,
  } = measured;
  const { memoryGrowthMegabytes } = measured;
  console.log(`${records} records in ${seconds} s: ${recordsPerSecond} records/s (goal ${goals.recordsPerSecond})`);
  console.log(`memory: ${memory.before} MB at the start, ${memory.warm} MB after a tenth, ${memory.most} MB at most;`);
  console.log(`it grew by ${memoryGrowthMegabytes} MB after the first tenth (goal ${goals.memoryGrowthMegabytes})`);
  console.log(`event loop held up: median ${delay.median} ms, p99 ${delay.p99} ms, at most ${delay.most} ms`);
  console.log(`${processorSeconds} s of processor time; ${arrived.people} people arrived, ${arrived.twice} twice`);
  const isWell =
    recordsPerSecond >= goals.recordsPerSecond &&
    memoryGrowthMegabytes <= goals.memoryGrowthMegabytes &&
    arrived.people === records &&
    arrived.twice === 0;
  console.log(JSON.stringify({ bench: 'sync', ok: isWell, records, goals, ...measured, arrived }));
  if (!isWell) process.exitCode = 1;
}

export async function benchSync(argv: readonly string[]): Promise<void> {
  const options = {
    records: { type: 'string', default: '10000' },
    'requests-at-once': { type: 'string', default: '8' },
  } as const;
  const { values } = parseArgs({ args: [...argv], options });
  const records = Number(values.records);
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-bench-'));
  const { connection, child } = await startSandbox();
  try {
    const prepared = { file: join(folder, 'station.db'), key: randomBytes(32).toString('hex'), records, connection };
    const pictures = await makePictures();
    console.log(`sealing ${records} records with a photo of ${pictures.photo.length} bytes each`);
    await prepare(prepared, pictures);
    const measured = await measure({ ...prepared, requestsAtOnce: Number(values['requests-at-once']) });
    report(measured, records, await arrivedAt(connection.url));
  } finally {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
