import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../native-bridge/store/open-database.ts';
import { backupFile, listBackups, usualRotation } from '../../native-bridge/store/backup-shelf.ts';
import { type FileFacts, factsOf } from '../../native-bridge/store/file-facts.ts';
import { type FileJob, runFileJob } from '../../native-bridge/store/file-job.ts';
import { newDataKey } from '../../native-bridge/store/key-envelope.ts';
import { finishRekey } from '../../native-bridge/store/rekeyed-file.ts';
import { finishRestore } from '../../native-bridge/store/restore.ts';
import type { SeededRandom } from '../fuzz/random.ts';
import type { Misfortune, Outcome } from './misfortunes.ts';
import type { Round } from './round.ts';

/** Longer than most of these jobs take on a file of this size, their start included. */
const longestMs = 700;

/** One in so many is killed at any moment, the others at a step that they take on the disk. */
const atAnyMoment = 4;

/** True when it came to its end before it was killed. */
function killedJob(job: FileJob, { setting }: Round, random: SeededRandom): Promise<boolean> {
  if (random.below(atAnyMoment) > 0) return setting.fileSteps.run(job.kind, () => isDone(runFileJob(job)), random);
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), random.below(longestMs));
  return isDone(runFileJob(job, { signal: abort.signal })).finally(() => clearTimeout(timer));
}

const isDone = (job: Promise<unknown>): Promise<boolean> => job.then(() => true).catch(() => false);

const shelfOf = (round: Round) => join(round.dataFolder, 'backups');

function factsOfFile({ file, key }: Round): FileFacts {
  const database = openDatabase(file, key);
  try {
    return factsOf(database);
  } finally {
    database.close();
  }
}

const backupJob = (round: Round): FileJob => ({
  kind: 'backup',
  source: round.file,
  key: round.key,
  folder: shelfOf(round),
  takenAt: new Date().toISOString(),
  facts: factsOfFile(round),
  rules: usualRotation,
});

const outcome = (isDone: boolean, complaints: readonly string[] = []): Outcome => ({
  ending: isDone ? 'done' : 'killed',
  complaints,
});

/** A backup that is there after a kill opens and holds what it says; the ledger looks at the data file. */
export const killedInBackup: Misfortune = async (round, random) => {
  await round.run({ enrolments: 1 });
  const done = await killedJob(backupJob(round), round, random);
  const complaints: string[] = [];
  for (const { name } of listBackups(shelfOf(round))) {
    const check = { kind: 'check', file: backupFile(shelfOf(round), name), key: round.key } as const;
    await runFileJob(check).catch(() => complaints.push('a backup that is offered does not pass its checks'));
  }
  return outcome(done, complaints);
};

/** What came since the backup is saved from the old file, and what is in doubt is asked about when the round is delivered. */
export const killedInRestore: Misfortune = async (round, random) => {
  await round.run({ enrolments: 1 });
  await runFileJob(backupJob(round));
  await round.run({ enrolments: 2, drain: random.below(2) === 0 });
  const backup = backupFile(shelfOf(round), listBackups(shelfOf(round))[0]?.name ?? '');
  const { file, key } = round;
  const job = { kind: 'restore', file, key, backup, now: new Date(), actor: 'faults' } as const;
  const done = await killedJob(job, round, random);
  // As at every start.
  finishRestore(file);
  return outcome(done);
};

/** One step of a change of the key, given up or completed as the next start does it; the file opens with `decided`. */
async function rekeyed(round: Round, keys: { from: Uint8Array; to: Uint8Array }, random: SeededRandom) {
  const job = {
    kind: 'rekey' as const,
    files: [round.file],
    key: keys.from,
    newKey: keys.to,
    now: new Date(),
    actor: 'faults',
  };
  const done = await killedJob(job, round, random);
  // The envelope names the new key only after the whole job; killed just before that, the files are there and do not count.
  const decided = done && random.below(3) > 0 ? keys.to : keys.from;
  finishRekey(round.file, decided);
  const leftovers = ['.rekeying', '.rekeyed'].filter((end) => existsSync(round.file + end));
  return { decided, isDone: done, complaints: leftovers.map((end) => `${end} was left`) };
}

/** To another key and, when that came to its end, back to the one that the ledger knows. */
export const killedInRekey: Misfortune = async (round, random) => {
  await round.run({ enrolments: 1 });
  const other = newDataKey();
  const there = await rekeyed(round, { from: round.key, to: other }, random);
  if (there.decided === round.key) return outcome(there.isDone, there.complaints);
  const complaints = [...there.complaints];
  const job = {
    kind: 'rekey' as const,
    files: [round.file],
    key: other,
    newKey: round.key,
    now: new Date(),
    actor: 'faults',
  };
  await runFileJob(job).catch(() => complaints.push('a file with a new key cannot be given another one'));
  finishRekey(round.file, round.key);
  rmSync(shelfOf(round), { recursive: true, force: true });
  return outcome(there.isDone, complaints);
};
