import { randomUUID } from 'node:crypto';
import type { Draft, Team, WorkerFields } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import { type ExpectedWorker, type Listing, type WholeTeam, wholeTeamSchema } from '../contract/expected.ts';
import type { PeopleCodes } from '../contract/people-codes.ts';
import { mostListRows, type ReadList, type WorkbookFile } from '../contract/sheet.ts';
import type { Result } from '../contract/station.ts';
import { chinaDay } from '../enrolment/china-day.ts';
import { maskNumber } from '../enrolment/id-number.ts';
import { readWorkbook } from '../spreadsheet/workbook-job.ts';
import type { ExpectedEntry, NewEntry } from '../store/expected-workers.ts';
import type { Store } from '../store/open-store.ts';
import { expectedForm, type ListRow, understandList } from './list-reading.ts';
import { isExample, sheetColumns, templateSheets } from './list-template.ts';
import { readingTask, type WorkbookDesk } from './workbook-desk.ts';
import { writtenWorkbook } from './written-workbook.ts';

export interface ExpectedDeskOptions {
  readonly store: Store;
  readonly operator: () => string;
  readonly team: () => Team | undefined;
  readonly draft: () => Draft | undefined;
  readonly codes: () => PeopleCodes;
  readonly workbooks: WorkbookDesk;
  readonly now: () => Date;
  readonly onChanged: () => void;
}

interface Reading {
  readonly id: string;
  readonly entries: readonly NewEntry[];
}

/** What a reading is held against. */
interface Known {
  /** The chosen one where no name is given. */
  readonly teamOf: (name: string | undefined) => Team | undefined;
  readonly has: (entry: NewEntry) => boolean;
}

/** Who is meant: by the number, or by the name alone where none is given. */
const personOf = ({ name, number }: Pick<NewEntry, 'name' | 'number'>) => number ?? `name ${name}`;

const modeKey = 'whole-team';
const modeOff: WholeTeam = { on: false };

/** Whole-team mode (整队采集) and the lists of the people whom teams expect. */
export class ExpectedDesk {
  readonly #options: ExpectedDeskOptions;
  #reading: Reading | undefined;

  constructor(options: ExpectedDeskOptions) {
    this.#options = options;
  }

  get mode(): WholeTeam {
    return this.#options.store.settings.get(modeKey, wholeTeamSchema) ?? modeOff;
  }

  set mode(mode: WholeTeam) {
    const { on, workType, entryDate } = mode;
    this.#options.store.settings.set(modeKey, { on, ...(workType && { workType }), ...(entryDate && { entryDate }) });
    this.#options.onChanged();
  }

  view(): Result<'expected.view'> {
    const { team, store, draft } = this.#options;
    const chosen = team();
    const entries = chosen === undefined ? [] : store.expected.list(chosen.id);
    const [inWork, mode] = [draft(), this.mode];
    const listing = inWork && mode.on && entries.length > 0 ? this.listingOf(inWork) : undefined;
    return {
      mode,
      workers: entries.map(shown),
      came: entries.filter(({ recordId }) => recordId !== undefined).length,
      ...(listing && { listing }),
    };
  }

  /** What the list and the mode know of the holder of a card; the card itself stays as it is. */
  prefilled(draft: Draft): WorkerFields {
    const { mode } = this;
    const { team, card } = draft;
    if (!mode.on || team === undefined || card === undefined) return {};
    const { workType, entryDate } = mode;
    const entry = this.#ofNumber(team, card.fields.number).find(({ teamId }) => teamId === team.id);
    return { ...(workType && { workType }), ...(entryDate && { entryDate }), ...entry?.fields };
  }

  /** Trade and day of coming are kept for the next one. */
  sealed({ fields }: Draft): void {
    const { mode } = this;
    if (mode.on) {
      const { workType = mode.workType, entryDate = mode.entryDate } = fields;
      this.mode = { on: true, ...(workType && { workType }), ...(entryDate && { entryDate }) };
    } else this.#options.onChanged();
  }

  listingOf({ team, card }: Draft): Listing | undefined {
    if (team === undefined || card === undefined) return undefined;
    const { name, number } = card.fields;
    const ofNumber = this.#ofNumber(team, number);
    const own = ofNumber.find(({ teamId }) => teamId === team.id);
    if (own !== undefined) return { kind: 'listed', ...(own.name !== name && { listedName: own.name }) };
    const [namesake] = this.#options.store.expected.findByName(team.id, name);
    if (namesake !== undefined) {
      const { number: other } = namesake;
      return { kind: 'same-name', ...(other !== undefined && { listedNumber: maskNumber(other) }) };
    }
    const elsewhere = ofNumber[0] && this.#options.store.teams.find(ofNumber[0].teamId);
    return elsewhere === undefined ? { kind: 'not-listed' } : { kind: 'other-team', teamName: elsewhere.teamName };
  }

  #ofNumber(team: Team, number: string): ExpectedEntry[] {
    return this.#options.store.expected.findByNumber(team.projectCode, number);
  }

  async template(): Promise<WorkbookFile> {
    const { workbooks, codes } = this.#options;
    const bytes = await writtenWorkbook(workbooks, 'expected', templateSheets('预期人员', expectedForm, codes()));
    return { fileName: '预期人员模板.xlsx', bytes };
  }

  async read(file: Uint8Array): Promise<ReadList> {
    const { workbooks, codes } = this.#options;
    const team = this.#demandTeam();
    const list = await workbooks.run(readingTask('expected', file), async (run) => {
      const rows = await readWorkbook(file, mostListRows, run.signal);
      return understandList(rows, expectedForm, codes(), run);
    });
    const known = this.#known(team);
    const judged = list.rows.filter(({ values }) => !isExample(values)).map((row) => this.#judged(row, known));
    const id = randomUUID();
    this.#reading = { id, entries: judged.flatMap(({ entry, row }) => (row.state === 'new' && entry ? [entry] : [])) };
    return { id, rows: judged.map(({ row }) => row), absent: [...list.absent] };
  }

  /** The row with its team looked up, and whether it is in the list already. */
  #judged({ row, values, problems }: ListRow, known: Known) {
    const { name = '', number } = values;
    const own = known.teamOf(values.team);
    const all = own === undefined ? [...problems, { column: 'team' as const, problem: 'team' as const }] : problems;
    const shownRow = { row, name, ...(number !== undefined && { maskedNumber: maskNumber(number) }) };
    if (own === undefined || all.length > 0)
      return { row: { ...shownRow, state: 'wrong' as const, problems: [...all] } };
    const entry: NewEntry = { teamId: own.id, name, number, fields: fieldsOf(values) };
    const state = known.has(entry) ? ('known' as const) : ('new' as const);
    return { entry, row: { ...shownRow, state, problems: [] } };
  }

  /** Teams and lists as they are before a reading, each loaded once however many rows there are. */
  #known(chosen: Team): Known {
    const { expected, teams } = this.#options.store;
    const ofProject = new Map<string, Team>();
    for (const team of teams.list())
      if (team.projectCode === chosen.projectCode && !ofProject.has(team.teamName)) ofProject.set(team.teamName, team);
    const lists = new Map<string, ReadonlySet<string>>();
    return {
      teamOf: (name = chosen.teamName) => (name === chosen.teamName ? chosen : ofProject.get(name)),
      has: (entry) => {
        const list = lists.get(entry.teamId) ?? new Set(expected.list(entry.teamId).map(personOf));
        lists.set(entry.teamId, list);
        return list.has(personOf(entry));
      },
    };
  }

  take(id: string): number {
    const { store, operator, onChanged } = this.#options;
    if (this.#reading?.id !== id) throw new StationError('store.not-found', 'reading');
    const taken = store.expected.add(this.#reading.entries, operator());
    this.#reading = undefined;
    onChanged();
    return taken;
  }

  settle(id: string, samePerson: boolean): void {
    this.#options.store.expected.settle(id, samePerson, this.#options.operator());
    this.#options.onChanged();
  }

  remove(id: string | undefined): void {
    this.#options.store.expected.remove(this.#demandTeam().id, id, this.#options.operator());
    this.#options.onChanged();
  }

  /** Those who have not come; the file can be read in again. */
  async exported(): Promise<WorkbookFile> {
    const { store, workbooks, now } = this.#options;
    const team = this.#demandTeam();
    const rest = store.expected.list(team.id).filter(({ recordId }) => recordId === undefined);
    const sheet = {
      name: '未到人员',
      columns: sheetColumns(expectedForm),
      rows: rest.map((entry) => cellsOf(entry, team)),
    };
    const bytes = await writtenWorkbook(workbooks, 'expected', [sheet]);
    return { fileName: `未到人员-${team.teamName}-${chinaDay(now())}.xlsx`, bytes };
  }

  #demandTeam(): Team {
    const team = this.#options.team();
    if (team === undefined) throw new StationError('enrolment.team-required');
    return team;
  }
}

function shown({ id, name, number, fields, recordId, doubtfulId }: ExpectedEntry): ExpectedWorker {
  const record = recordId ?? doubtfulId;
  const without = doubtfulId === undefined ? 'expected' : 'doubt';
  return {
    id,
    name,
    ...(number !== undefined && { maskedNumber: maskNumber(number) }),
    ...(fields.workType && { workType: fields.workType }),
    state: recordId === undefined ? without : 'came',
    ...(record !== undefined && { recordId: record }),
  };
}

/** Which field of the record a column fills. */
const fieldOfColumn = {
  trade: 'workType',
  phone: 'cellPhone',
  education: 'cultureLevelType',
  politics: 'politicsType',
  bankCard: 'payRollBankCardNumber',
  bankName: 'payRollBankName',
  entryDate: 'entryDate',
} as const;

function fieldsOf(values: ListRow['values']): WorkerFields {
  const texts = Object.entries(fieldOfColumn).flatMap(([column, field]) => {
    const value = values[column as keyof typeof fieldOfColumn];
    return value === undefined ? [] : [[field, value] as const];
  });
  return { ...Object.fromEntries(texts), ...(values.leader === 'yes' && { isTeamLeader: true }) };
}

function cellsOf({ name, number, fields }: ExpectedEntry, { teamName }: Team): string[] {
  return expectedForm.columns.map((column) => {
    if (column === 'name') return name;
    if (column === 'number') return number ?? '';
    if (column === 'team') return teamName;
    if (column === 'leader') return fields.isTeamLeader === true ? '是' : '';
    return fields[fieldOfColumn[column as keyof typeof fieldOfColumn]] ?? '';
  });
}
