import { SeededRandom } from '../fuzz/random.ts';
import { killedBridge } from './bridge-run.ts';
import { killedInBackup, killedInRekey, killedInRestore } from './file-work.ts';
import { killedInMigration } from './killed-migration.ts';
import { killedInTransfer } from './killed-transfer.ts';
import { canMount, fullDisk, readOnlyFile } from './full-disk.ts';
import {
  changedBit,
  clockWasSet,
  killedAtAnyMoment,
  killedAtMarkedStep,
  killedInTrouble,
  type Misfortune,
  type Outcome,
  tornLog,
} from './misfortunes.ts';
import { closeSetting, openSetting, Round, type Setting } from './round.ts';

interface Kind {
  readonly title: string;
  readonly misfortune: Misfortune;
  /** How often among a hundred runs. */
  readonly share: number;
}

const kinds: readonly Kind[] = [
  { title: 'killed at a marked step', misfortune: killedAtMarkedStep, share: 30 },
  { title: 'killed at any moment', misfortune: killedAtAnyMoment, share: 11 },
  { title: 'killed, platform in trouble', misfortune: killedInTrouble, share: 11 },
  { title: 'clock set wrong, killed', misfortune: clockWasSet, share: 6 },
  { title: 'killed, torn log', misfortune: tornLog, share: 7 },
  { title: 'one bit changed', misfortune: changedBit, share: 4 },
  { title: 'full disk', misfortune: fullDisk, share: 3 },
  { title: 'read-only file', misfortune: readOnlyFile, share: 2 },
  { title: 'killed in an update', misfortune: killedInMigration, share: 4 },
  { title: 'killed in a backup', misfortune: killedInBackup, share: 4 },
  { title: 'killed in a restore', misfortune: killedInRestore, share: 5 },
  { title: 'killed in a change of key', misfortune: killedInRekey, share: 5 },
  { title: 'killed in a hand-over', misfortune: killedInTransfer, share: 3 },
  { title: 'bridge process killed', misfortune: killedBridge, share: 5 },
];

/** A data folder is used for so many runs before everything in it is delivered and compared. */
const runsPerRound = 20;

export interface KindFigures {
  readonly title: string;
  readonly runs: number;
  readonly endings: Readonly<Record<string, number>>;
  readonly complaints: number;
}

export interface FaultFigures {
  readonly seed: number;
  readonly runs: number;
  readonly sealed: number;
  readonly lost: number;
  readonly twice: number;
  readonly complaints: readonly string[];
  readonly kinds: readonly KindFigures[];
  readonly markedSteps: number;
  readonly markedStepsKilledAt: number;
  readonly stepsNeverReached: readonly string[];
  readonly smallDisk: 'mounted' | 'page limit';
}

/** The kinds in their shares, each at least once, in a random order. */
function schedule(wanted: readonly Kind[], runs: number, random: SeededRandom): Kind[] {
  const shares = wanted.flatMap((kind) => Array<Kind>(Math.max(1, Math.round((kind.share * runs) / 100))).fill(kind));
  const shuffled = shares
    .map((kind) => ({ kind, place: random.below(1 << 30) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ kind }) => kind);
  // What rounding added or took away is made up with the commonest kind.
  const [first] = wanted;
  while (first !== undefined && shuffled.length < runs) shuffled.push(first);
  return shuffled;
}

class Tally {
  readonly #figures = new Map<string, { runs: number; endings: Record<string, number>; complaints: number }>();

  note(title: string, { ending }: Outcome, complaints: number): void {
    const figure = this.#figures.get(title) ?? { runs: 0, endings: {}, complaints: 0 };
    figure.runs += 1;
    figure.endings[ending] = (figure.endings[ending] ?? 0) + 1;
    figure.complaints += complaints;
    this.#figures.set(title, figure);
  }

  list(): KindFigures[] {
    return [...this.#figures].map(([title, figure]) => ({ title, ...figure }));
  }
}

/** Desks without any misfortune show where one can stand: the marked steps. */
async function exploreSteps(setting: Setting): Promise<string[]> {
  const round = new Round(setting);
  await round.run({ enrolments: 2 });
  setting.sandbox.setFaults({ loseAnswer: 1, onlyMethods: ['ProjectWorker.Add'] });
  await round.run({ enrolments: 1 });
  const { lost, twice, complaints } = await round.finish();
  return lost + twice === 0 ? [...complaints] : [...complaints, `without any misfortune ${lost} lost, ${twice} twice`];
}

class FaultRuns {
  readonly #setting: Setting;
  readonly #random: SeededRandom;
  readonly #tally = new Tally();
  readonly #complaints: string[] = [];
  #round: Round | undefined;
  #sealed = 0;
  #lost = 0;
  #twice = 0;

  constructor(setting: Setting, random: SeededRandom) {
    this.#setting = setting;
    this.#random = random;
  }

  async all(wanted: readonly Kind[], runs: number, onRun: (done: number, of: number) => void): Promise<void> {
    const isExplored = wanted.some(({ misfortune }) => misfortune === killedAtMarkedStep);
    if (isExplored) this.#complaints.push(...(await exploreSteps(this.#setting)));
    const order = schedule(wanted, runs, this.#random);
    for (const [done, kind] of order.entries()) {
      await this.#one(kind);
      if ((done + 1) % runsPerRound === 0 || done + 1 === order.length) await this.#finishRound();
      onRun(done + 1, order.length);
    }
  }

  async #one({ title, misfortune }: Kind): Promise<void> {
    // Some steps are taken only in a folder in which nothing has happened yet.
    if (misfortune === killedAtMarkedStep && this.#random.below(3) === 0) await this.#finishRound();
    const round = (this.#round ??= new Round(this.#setting));
    const outcome = await misfortune(round, this.#random);
    const found = [...outcome.complaints, ...round.ledger.inspect()];
    this.#tally.note(title, outcome, found.length);
    this.#complaints.push(...found.map((complaint) => `${title}: ${complaint}`));
  }

  async #finishRound(): Promise<void> {
    const round = this.#round;
    if (round === undefined) return;
    this.#round = undefined;
    const { lost, twice, complaints } = await round.finish();
    this.#sealed += round.ledger.sealedCount;
    this.#lost += lost;
    this.#twice += twice;
    this.#complaints.push(...complaints.map((complaint) => `at the end of a round: ${complaint}`));
  }

  figures(seed: number): FaultFigures {
    const steps = [...this.#setting.points, ...this.#setting.fileSteps.all()];
    const list = this.#tally.list();
    return {
      seed,
      runs: list.reduce((sum, kind) => sum + kind.runs, 0),
      sealed: this.#sealed,
      lost: this.#lost,
      twice: this.#twice,
      complaints: this.#complaints,
      kinds: list,
      markedSteps: steps.length,
      markedStepsKilledAt: steps.filter(([, kills]) => kills >= 1).length,
      stepsNeverReached: steps.filter(([, kills]) => kills < 1).map(([point]) => point),
      smallDisk: canMount ? 'mounted' : 'page limit',
    };
  }
}

export const titles: readonly string[] = kinds.map(({ title }) => title);

/**
 * Lets misfortunes happen to desks and to the bridge process, `runs` of them, and compares after each what is on the disk
 * with what was promised, and at the end of every round what the platform has with what was sealed. The same seed chooses
 * the same misfortunes; the moments of kills in time differ. `isWanted` chooses among the `titles`.
 */
export async function runFaults(
  runs: number,
  seed: number,
  onRun: (done: number, of: number) => void = () => undefined,
  isWanted: (title: string) => boolean = () => true,
): Promise<FaultFigures> {
  const setting = await openSetting();
  try {
    const all = new FaultRuns(setting, new SeededRandom(seed));
    const wanted = kinds.filter(({ title }) => isWanted(title));
    await all.all(wanted, runs, onRun);
    return all.figures(seed);
  } finally {
    await closeSetting(setting);
  }
}
