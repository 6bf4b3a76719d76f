import type { Faults } from './faults.ts';
import { maskNumber, maskNumbersIn } from './resident-number.ts';
import type { EntryExit, LogEntry, State, Tally, Team, Worker } from './state.ts';

/** One request of the list: never personal data. `status` is the asynchronous one, for accepted writes. */
export type RequestView = LogEntry & { readonly status?: 0 | 10 | 20 };

export type WorkerView = Worker & { readonly entryExits: readonly Pick<EntryExit, 'date' | 'type'>[] };

export interface Counters {
  /** Requests seen since the state began, faults included; the list of requests keeps only the latest. */
  readonly requests: number;
  /** Envelope code (or name of the fault) to how often it was given, over the kept list. */
  readonly byCode: Readonly<Record<string, number>>;
  readonly waiting: number;
  readonly failed: number;
  readonly done: number;
  /** One entry a person and project. More than one `added` would mean a double registration. */
  readonly people: readonly Tally[];
}

export function requestViews(state: State): RequestView[] {
  const statuses = new Map(state.writes.map((write) => [write.serial, write.status]));
  return state.log.map((entry) => {
    const status = entry.serial === undefined ? undefined : statuses.get(entry.serial);
    return status === undefined ? { ...entry } : { ...entry, status };
  });
}

export function workerViews(state: State): WorkerView[] {
  return state.workers.map((worker) => ({
    ...structuredClone(worker),
    entryExits: state.entryExits
      .filter((each) => each.projectCode === worker.projectCode && each.idCardNumber === worker.idCardNumber)
      .map(({ date, type }) => ({ date, type })),
  }));
}

export function teamViews(state: State): Team[] {
  return structuredClone(state.teams);
}

function countBy(items: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[item] = (counts[item] ?? 0) + 1;
  return counts;
}

export function countersOf(state: State): Counters {
  const withStatus = (status: number): number => state.writes.filter((write) => write.status === status).length;
  return {
    requests: state.requestsSeen,
    byCode: countBy(state.log.map((entry) => entry.fault ?? entry.code)),
    waiting: withStatus(0),
    failed: withStatus(10),
    done: withStatus(20),
    people: structuredClone(state.tallies),
  };
}

/** Error texts of failed writes, newest first, with every ID number masked. */
export function failureTexts(state: State): { serial: string; text: string }[] {
  return state.writes
    .filter((write) => write.status === 10)
    .map((write) => ({
      serial: write.serial,
      text: maskNumbersIn(typeof write.result === 'string' ? write.result : ''),
    }))
    .reverse();
}

const maskedNumber = <Row extends { idCardNumber: string }>(row: Row): Row => ({
  ...row,
  idCardNumber: maskNumber(row.idCardNumber),
});

function publicWorker(worker: WorkerView): object {
  const { projectCode, corpCode, teamSysNo, teamName, workerName, idCardNumber, pictures, updates, entryExits } =
    worker;
  const { workType, workRole } = worker.fields;
  const own = {
    projectCode,
    corpCode,
    teamSysNo,
    teamName,
    workerName,
    workType,
    workRole,
    pictures,
    updates,
    entryExits,
  };
  return { ...own, idCardNumber: maskNumber(idCardNumber) };
}

function publicTeam({ teamSysNo, projectCode, corpCode, corpName, teamName }: Team): object {
  return { teamSysNo, projectCode, corpCode, corpName, teamName };
}

/** What GET /control/state tells: numbers masked (first 6, last 4), telephone, address and bank left out. */
export function publicState(state: State, faults: Faults): object {
  const counters = countersOf(state);
  return {
    faults,
    counters: { ...counters, people: counters.people.map(maskedNumber) },
    teams: state.teams.map(publicTeam),
    workers: workerViews(state).map(publicWorker),
    requests: requestViews(state),
    failures: failureTexts(state),
  };
}
