import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '../../native-bridge/contract/errors.ts';
import type { Run } from './desk-run.ts';
import type { Misfortune, Outcome } from './misfortunes.ts';
import type { Plan } from './plan.ts';
import { Round, type Setting } from './round.ts';

const pageBytes = 4096;
const roomy = '64m';

/** Room for an empty data file, its log and a few enrolments. */
const smallSize = '2m';

/** A file system in memory of a given size can be mounted by the superuser of a Linux system. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0;

class SmallDisk {
  readonly folder: string;

  constructor(setting: Setting, size: string) {
    this.folder = join(setting.folder, `disk-${setting.nextIndex}`);
    mkdirSync(this.folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'enrol-desk-faults', this.folder]);
  }

  remount(options: string): void {
    execFileSync('mount', ['-o', `remount,${options}`, this.folder]);
  }

  remove(): void {
    execFileSync('umount', [this.folder]);
  }
}

const troubleOf = ({ said }: Run): ErrorCode | undefined => said.find((line) => line.said === 'trouble')?.code;

/** Runs a desk until it complains of a full disk, makes room, and lets the same desk go on. */
async function untilFull(round: Round, plan: Partial<Plan>, makeRoom: () => void): Promise<Outcome> {
  const run = await round.run(plan, (line, desk) => {
    if (line.said !== 'trouble') return;
    makeRoom();
    desk.goOn();
  });
  const complaints = run.ending === 'done' ? [] : [`a desk with a full disk ended ${run.ending}`];
  if (troubleOf(run) !== 'store.full') complaints.push(`a full disk was called ${troubleOf(run)}`);
  return { ending: run.ending, complaints };
}

async function onSmallDisk(
  setting: Setting,
  work: (round: Round, disk: SmallDisk) => Promise<Outcome>,
): Promise<Outcome> {
  const disk = new SmallDisk(setting, smallSize);
  try {
    const round = new Round(setting, join(disk.folder, 'data'));
    const outcome = await work(round, disk);
    const { lost, twice, complaints } = await round.finish();
    const counted = lost + twice === 0 ? [] : [`on a small disk ${lost} lost, ${twice} twice`];
    return { ...outcome, complaints: [...outcome.complaints, ...complaints, ...counted] };
  } finally {
    disk.remove();
  }
}

/** The disk is full in the middle of an enrolment; the same desk goes on when there is room again. */
export const fullDisk: Misfortune = async (round, random) => {
  if (!canMount) {
    await round.run({ enrolments: 1 });
    const used = Math.ceil(statSync(round.file).size / pageBytes);
    return untilFull(round, { enrolments: 4, maximumPages: used + random.below(20) }, () => undefined);
  }
  return onSmallDisk(round.setting, (small, disk) =>
    untilFull(small, { enrolments: 40 + random.below(10) }, () => disk.remount(`size=${roomy}`)),
  );
};

/** The file may only be read: the station says so and leaves it alone. */
export const readOnlyFile: Misfortune = (round, random) => {
  if (!canMount) return readOnlyByMode(round);
  return onSmallDisk(round.setting, async (small, disk) => {
    disk.remount(`size=${roomy}`);
    await small.run({ enrolments: 1 + random.below(2) });
    disk.remount('ro');
    const refused = await small.run({ enrolments: 0 });
    disk.remount('rw');
    return expectReadOnly(refused);
  });
};

async function readOnlyByMode(round: Round): Promise<Outcome> {
  await round.run({ enrolments: 1 });
  chmodSync(round.file, 0o444);
  const refused = await round.run({ enrolments: 0 });
  chmodSync(round.file, 0o644);
  return expectReadOnly(refused);
}

function expectReadOnly(run: Run): Outcome {
  const code = troubleOf(run);
  if (code === 'store.read-only') return { ending: 'noticed', complaints: [] };
  return { ending: 'failed', complaints: [`a read-only file was called ${code}`] };
}
