import { StationError } from '../../native-bridge/contract/errors.ts';
import type { ExpectedWorker, Listing, WholeTeam } from '../../native-bridge/contract/expected.ts';
import type { ReadList, WorkbookProgress, WorkbookState } from '../../native-bridge/contract/sheet.ts';
import type { Argument, CallName, Result } from '../../native-bridge/contract/station.ts';
import type { Figures } from '../../native-bridge/contract/statistics-calls.ts';

/* Lists of the expected and the figures of the scripted station. */

type Call = Extract<
  CallName,
  | `expected.${string}`
  | `statistics.${string}`
  | 'team.template'
  | 'team.read-list'
  | 'team.take-list'
  | 'workbook.cancel'
  | 'workbook.state'
  | 'worker.export'
>;
type Handlers = { readonly [N in Call]: (argument: Argument<N>) => Result<N> | Promise<Result<N>> };

const surnames = [...'韦覃黄莫陆蓝农梁岑谭卢龙'];
const trades = ['020', '030', '240'];

function expectedOf(index: number, came: number): ExpectedWorker {
  const stateOf = () => (index === came ? 'doubt' : 'expected');
  return {
    id: crypto.randomUUID(),
    name: `${surnames[index % surnames.length]}样${[...'一二三四五六七八九十'][index % 10]}`,
    ...(index % 7 !== 6 && { maskedNumber: `459999********${String(1000 + index * 13).slice(-4)}` }),
    workType: trades[index % trades.length],
    state: index < came ? 'came' : stateOf(),
    ...(index <= came && { recordId: crypto.randomUUID() }),
  };
}

export const expectedWorkers = (count: number, came: number): ExpectedWorker[] =>
  Array.from({ length: count }, (_, index) => expectedOf(index, came));

const exampleList: ReadList = {
  id: crypto.randomUUID(),
  absent: ['politics'],
  rows: [
    { row: 2, name: '韦试样', maskedNumber: '459999********001X', state: 'new', problems: [] },
    { row: 3, name: '黄样本', maskedNumber: '459999********0027', state: 'known', problems: [] },
    { row: 4, name: '莫测试', state: 'wrong', problems: [{ column: 'number', problem: 'number-as-amount' }] },
    {
      row: 5,
      name: '陆范例',
      maskedNumber: '459999********0043',
      state: 'wrong',
      problems: [
        { column: 'trade', problem: 'code' },
        { column: 'phone', problem: 'phone' },
      ],
    },
    { row: 6, name: '', state: 'wrong', problems: [{ column: 'name', problem: 'missing' }] },
    ...Array.from({ length: 40 }, (_, index) => ({
      row: 7 + index,
      name: `覃样${index + 1}`,
      maskedNumber: `459999********${String(1200 + index)}`,
      state: 'new' as const,
      problems: [],
    })),
  ],
};

/** The same course of the days each time. */
function figuresOf(index: number): Figures {
  const enrolled = [0, 38, 52, 47, 61, 12, 0][index % 7] ?? 0;
  const retakes = Math.round(enrolled / 9);
  return {
    enrolled,
    firstShot: Math.round(enrolled * 0.87),
    ...(enrolled > 0 && { seconds: { median: 48 + ((index * 5) % 11), p90: 81 + ((index * 7) % 23) } }),
    compared: enrolled + retakes,
    grey: Math.round(enrolled / 14),
    refused: index % 3,
    notCompared: index % 5 === 2 ? 1 : 0,
    retakes:
      retakes === 0
        ? []
        : [
            { reason: 'operator', count: Math.ceil(retakes / 2) },
            { reason: 'compared-review', count: Math.floor(retakes / 3) + 1 },
            { reason: 'plain-background', count: 1 },
          ],
    discarded: index % 4,
    unsent: index % 7 === 4 ? 5 : 0,
  };
}

function totalOf(days: readonly Figures[]): Figures {
  const sum = (pick: (figures: Figures) => number) => days.reduce((total, day) => total + pick(day), 0);
  const reasons = new Map<Figures['retakes'][number]['reason'], number>();
  for (const { reason, count } of days.flatMap(({ retakes }) => retakes))
    reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  return {
    enrolled: sum((day) => day.enrolled),
    firstShot: sum((day) => day.firstShot),
    ...(days.some(({ seconds }) => seconds) && { seconds: { median: 52, p90: 94 } }),
    compared: sum((day) => day.compared),
    grey: sum((day) => day.grey),
    refused: sum((day) => day.refused),
    notCompared: sum((day) => day.notCompared),
    retakes: [...reasons].map(([reason, count]) => ({ reason, count })).toSorted((a, b) => b.count - a.count),
    discarded: sum((day) => day.discarded),
    unsent: sum((day) => day.unsent),
  };
}

function daysBetween(from: string, to: string): string[] {
  const length = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  return Array.from({ length }, (_, index) =>
    new Date(Date.parse(from) + index * 86_400_000).toISOString().slice(0, 10),
  );
}

export const exampleOpening: WorkbookProgress = {
  ...{ subject: 'teams', seconds: 7, fileBytes: 3_260_000 },
  ...{ step: 'opening', number: 1, steps: 2 },
};

const workbook = { fileName: 'example.xlsx', bytes: new Uint8Array() };

/** What the scripted lists say; scenarios change it. */
export class FakeLists {
  mode: WholeTeam = { on: false };
  workers: readonly ExpectedWorker[] = [];
  listing?: Listing;
  list: ReadList = exampleList;
  isIdle = false;
  isBroken = false;
  /** Spreadsheets stay here until they are given up. */
  held?: WorkbookProgress;
  /** What a page that has loaded anew finds under way. */
  left?: WorkbookProgress;
  #giveUp: () => void = () => undefined;

  /** A spreadsheet that is there at once, or never. */
  #worked<T>(result: T, tell: (state: WorkbookState) => void): T | Promise<T> {
    if (this.held === undefined) return result;
    tell({ progress: this.held });
    return new Promise<T>((_resolve, reject) => {
      this.#giveUp = () => {
        tell({});
        reject(new StationError('workbook.cancelled'));
      };
    });
  }

  handlers(changed: () => void, tell: (state: WorkbookState) => void): Handlers {
    const told = <T>(result: T): T => {
      changed();
      return result;
    };
    return {
      'expected.view': () => ({
        mode: this.mode,
        workers: [...this.workers],
        came: this.workers.filter(({ state }) => state === 'came').length,
        ...(this.listing && { listing: this.listing }),
      }),
      'expected.set-mode': (mode) => {
        this.mode = mode;
        return told({});
      },
      'expected.template': () => workbook,
      'expected.read': () => this.#worked(this.list, tell),
      'expected.take': () => {
        this.workers = expectedWorkers(45, 23);
        return told({ taken: 41 });
      },
      'expected.settle': ({ id, samePerson }) => {
        const state = samePerson ? 'came' : 'expected';
        this.workers = this.workers.map((worker) => (worker.id === id ? { ...worker, state } : worker));
        return told({});
      },
      'expected.remove': ({ id }) => {
        this.workers = id === undefined ? [] : this.workers.filter((worker) => worker.id !== id);
        return told({});
      },
      'expected.export': () => this.#worked(workbook, tell),
      'team.template': () => workbook,
      'team.read-list': () => this.#worked(this.list, tell),
      'team.take-list': () => ({ taken: 3 }),
      'workbook.state': () => ({ ...(this.left && { progress: this.left }) }),
      'workbook.cancel': () => {
        this.#giveUp();
        delete this.left;
        tell({});
        return {};
      },
      'worker.export': () => this.#worked(workbook, tell),
      'statistics.export': () => this.#worked(workbook, tell),
      'statistics.days': ({ from, to }) => {
        if (this.isBroken) throw new StationError('store.unavailable');
        const days = daysBetween(from, to).map((day, index, { length }) => ({
          day,
          ...figuresOf(this.isIdle ? 0 : index - length + 5 + 7 * 60),
        }));
        return { days, total: totalOf(days), teamNames: ['钢筋三班', '木工二班'], operators: ['莫经办', '黄主管'] };
      },
    };
  }
}
