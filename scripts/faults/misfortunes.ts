import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultsPatch } from '../../native-bridge/platform/sandbox/sandbox.ts';
import { asStationError } from '../../native-bridge/contract/errors.ts';
import { openStore } from '../../native-bridge/store/open-store.ts';
import type { SeededRandom } from '../fuzz/random.ts';
import type { Ending } from './desk-run.ts';
import { fewestKills } from './file-steps.ts';
import type { Said } from './plan.ts';
import type { Round } from './round.ts';

/** What became of one run; `complaints` beyond those that the ledger will have. */
export interface Outcome {
  readonly ending: Ending | 'noticed' | 'harmless';
  readonly complaints: readonly string[];
}

/** What a run counts that did not come to its step, so that others get their turn before it is tried again. */
const notReached = 0.2;

/** Something bad that happens to a desk. */
export type Misfortune = (round: Round, random: SeededRandom) => Promise<Outcome>;

const unplanned = (ending: Ending): Outcome => ({
  ending,
  complaints: ending === 'failed' ? ['the desk ended by itself'] : [],
});

/**
 * Killed at the marked step at which the fewest desks were killed so far. Some steps are taken only with a team that is
 * new to the platform, or after an answer that was lost.
 */
export const killedAtMarkedStep: Misfortune = async (round, random) => {
  const { points, sandbox } = round.setting;
  const point = fewestKills(points, random) ?? '';
  if (random.below(2) === 0) sandbox.setFaults({ loseAnswer: 1, onlyMethods: ['ProjectWorker.Add'] });
  const time = random.below(3) === 0 ? 2 : 1;
  const { ending } = await round.run({ enrolments: 2, killAt: { point, time } });
  sandbox.clearFaults();
  points.set(point, (points.get(point) ?? 0) + (ending === 'killed' ? 1 : notReached));
  return unplanned(ending);
};

/** Kills after some lines and some milliseconds more. */
async function killedSometime(round: Round, random: SeededRandom, clockOffsetMs = 0): Promise<Outcome> {
  const lines = random.below(40);
  const delayMs = random.below(25);
  let heard = 0;
  const { ending } = await round.run({ enrolments: 3, clockOffsetMs }, (_: Said, { kill }) => {
    heard += 1;
    if (heard === lines + 1) setTimeout(kill, delayMs);
  });
  return unplanned(ending);
}

export const killedAtAnyMoment: Misfortune = (round, random) => killedSometime(round, random);

const troubles: readonly [keyof FaultsPatch, ...(keyof FaultsPatch)[]] = [
  'resetBefore',
  'loseAnswer',
  'cutAnswer',
  'deliverTwice',
  'htmlAnswer',
  'http500',
  'busy',
];

/** Killed at any moment while the platform is in trouble as well. */
export const killedInTrouble: Misfortune = async (round, random) => {
  const { sandbox } = round.setting;
  sandbox.setFaults({ [random.pick(troubles)]: 1 + random.below(3), slowMs: random.below(40) });
  const outcome = await killedSometime(round, random);
  sandbox.clearFaults();
  return outcome;
};

const hourMs = 3_600_000;
const clockJumps = [-10 * 365 * 24, -24, -1, 1, 24, 10 * 365 * 24].map((hours) => hours * hourMs);

/** The clock was set wrong before the start; killed at any moment. The platform may refuse such a clock altogether. */
export const clockWasSet: Misfortune = async (round, random) => {
  const clockOffsetMs = clockJumps[random.below(clockJumps.length)] ?? hourMs;
  let sealed = 0;
  const last = 1 + random.below(3);
  const { ending } = await round.run({ enrolments: 3, clockOffsetMs }, (line, { kill }) => {
    if (line.said === 'sealed') sealed += 1;
    if (sealed === last) setTimeout(kill, random.below(200));
  });
  return unplanned(ending);
};

/** Killed, and what the log has after its last commit is not what was written: bytes, nothing, or an older frame. */
export const tornLog: Misfortune = async (round, random) => {
  const outcome = await killedSometime(round, random);
  const log = `${round.file}-wal`;
  if (!existsSync(log)) return outcome;
  const written = readFileSync(log);
  const torn = [
    random.bytes(1 + random.below(9000)),
    new Uint8Array(1 + random.below(9000)),
    written.subarray(32, 32 + random.below(Math.min(written.length, 9000) + 1)),
  ];
  appendFileSync(log, torn[random.below(torn.length)] ?? new Uint8Array(1));
  return outcome;
};

/** Everything that can be read of a file, or the code with which it refuses. */
function contentOf(file: string, key: Uint8Array): string {
  try {
    const store = openStore({ file, key });
    try {
      const ids = store.records.list({ limit: 1_000_000 }).map(({ id }) => id);
      const { brokenAt } = store.audit.verify();
      if (brokenAt !== undefined) return 'store.corrupt';
      return ids.map((id) => `${id} ${store.records.load(id).contentHash}`).join('\n');
    } finally {
      store.close();
    }
  } catch (cause) {
    return asStationError(cause).code;
  }
}

/** One bit of a copy of the closed file is turned over: it is noticed, or it matters to nobody. */
export const changedBit: Misfortune = async (round, random) => {
  const { ending } = await round.run({ enrolments: 1 });
  if (ending !== 'done') return unplanned(ending);
  const sound = readFileSync(round.file);
  const copy = join(round.setting.folder, 'changed-bit.db');
  writeFileSync(copy, sound);
  const before = contentOf(copy, round.key);
  const changed = Buffer.from(sound);
  const offset = random.below(sound.length);
  changed.writeUInt8(changed.readUInt8(offset) ^ (1 << random.below(8)), offset);
  writeFileSync(copy, changed);
  const after = contentOf(copy, round.key);
  if (after === before) return { ending: 'harmless', complaints: [] };
  // A bit of the salt, the first 16 bytes, makes the right key look wrong.
  if (after === 'store.corrupt' || after === 'store.wrong-key') return { ending: 'noticed', complaints: [] };
  return { ending: 'failed', complaints: [`a changed bit at ${offset} led to other content`] };
};
