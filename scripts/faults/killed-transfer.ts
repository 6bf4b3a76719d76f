import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openTestStation, openTwoStations, type TestStation } from '../../native-bridge/store/transfer/two-stations.ts';
import type { SeededRandom } from '../fuzz/random.ts';
import type { FileSteps } from './file-steps.ts';
import type { Misfortune } from './misfortunes.ts';

const script = fileURLToPath(new URL('../../native-bridge/store/transfer/transfer-child.ts', import.meta.url));
const records = 40;
/** Longer than a package of so many records takes, the start of the process included. */
const longestMs = 1200;

interface Child {
  readonly mode: 'export' | 'import';
  readonly station: TestStation;
  readonly stick: string;
  readonly argument: string;
}

/** One in so many is killed at any moment, the others at a step that they take on the disk. */
const atAnyMoment = 4;

/** Runs it on a station that nobody has open, to its end or until it is killed. True when it was killed. */
async function run({ mode, station, stick, argument }: Child, killAfterMs?: number): Promise<boolean> {
  const { file, key } = station.file;
  const child = spawn(process.execPath, [script, mode, file, Buffer.from(key).toString('hex'), stick, argument], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const [, signal] = (await exited) as [number | null, string | null];
  clearTimeout(timer);
  return signal === 'SIGKILL';
}

function killed(child: Child, steps: FileSteps, random: SeededRandom): Promise<boolean> {
  if (random.below(atAnyMoment) === 0) return run(child, random.below(longestMs));
  const work = async () => !(await run(child));
  return steps.run(child.mode, work, random).then((isDone) => !isDone);
}

const look = <T>({ file: { file, key } }: TestStation, stick: string, at: (station: TestStation) => T): T => {
  const station = openTestStation(file, stick, key);
  try {
    return at(station);
  } finally {
    station.store.close();
  }
};

const packagesOn = (stick: string) => readdirSync(stick).filter((file) => file.endsWith('.enrolpack'));

/** Whose the records are to send; every one of them has to be somebody's. */
function countOf(station: TestStation, complaints: string[]): { own: number; given: number } {
  const { store } = station;
  if (store.audit.verify().brokenAt !== undefined) complaints.push('after a killed transfer the trail is broken');
  const counts = store.records.counts();
  return { own: counts.sealed, given: counts['handed-over'] };
}

/** A hand-over is killed while it is written and again while it is read, and goes on both times: each record has one sender. */
export const killedInTransfer: Misfortune = async ({ setting: { fileSteps } }, random) => {
  const { a, b, stick, close } = openTwoStations();
  const complaints: string[] = [];
  try {
    a.store.outbox.together(() => {
      for (let index = 0; index < records; index += 1) a.seal(index);
    });
    const receiver = JSON.stringify(b.store.transfers.own());
    for (const station of [a, b]) station.store.close();
    const out = { mode: 'export', station: a, stick, argument: receiver } as const;
    const wasKilledWriting = await killed(out, fileSteps, random);
    const half = look(a, stick, (station) => countOf(station, complaints));
    if (half.own + half.given !== records)
      complaints.push(`a killed hand-over leaves ${half.own} + ${half.given} records`);
    // Killed after the last record was marked, the package may still have the name of an unfinished one.
    if (half.own > 0 || packagesOn(stick).length === 0) await run(out);
    const [name = ''] = packagesOn(stick);
    const into = { mode: 'import', station: b, stick, argument: `${stick}/${name}` } as const;
    const wasKilledReading = await killed(into, fileSteps, random);
    await run(into);
    const [sender, receiverCounts] = [a, b].map((station) => look(station, stick, (each) => countOf(each, complaints)));
    if (sender?.own !== 0 || receiverCounts?.own !== records)
      complaints.push(`after a hand-over ${sender?.own} are the sender's and ${receiverCounts?.own} the receiver's`);
    return { ending: wasKilledWriting || wasKilledReading ? 'killed' : 'done', complaints };
  } finally {
    close();
  }
};
