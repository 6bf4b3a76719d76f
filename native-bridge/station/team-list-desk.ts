import { randomUUID } from 'node:crypto';
import { StationError } from '../contract/errors.ts';
import type { PeopleCodes } from '../contract/people-codes.ts';
import { mostListRows, type ReadList, type WorkbookFile } from '../contract/sheet.ts';
import type { ProjectConnection } from '../contract/station.ts';
import type { TeamDetails } from '../contract/team.ts';
import { readWorkbook } from '../spreadsheet/workbook-job.ts';
import { type ListRow, teamForm, understandList } from './list-reading.ts';
import { isExample, templateSheets } from './list-template.ts';
import type { TeamDesk } from './team-desk.ts';
import { readingTask, type WorkbookDesk } from './workbook-desk.ts';
import { writtenWorkbook } from './written-workbook.ts';

export interface TeamListOptions {
  readonly teams: TeamDesk;
  readonly connection: ProjectConnection | undefined;
  readonly codes: () => PeopleCodes;
  readonly workbooks: WorkbookDesk;
}

type Overview = ReturnType<TeamDesk['overview']>;

const isKnown = ({ teamName, corpCode }: TeamDetails, { teams }: Overview) =>
  teams.some((team) => team.teamName === teamName && team.corpCode === corpCode);

/** Teams from a spreadsheet. */
export class TeamListDesk {
  readonly #options: TeamListOptions;
  #reading: { readonly id: string; readonly teams: readonly TeamDetails[] } | undefined;

  constructor(options: TeamListOptions) {
    this.#options = options;
  }

  async template(): Promise<WorkbookFile> {
    const { workbooks, codes } = this.#options;
    const bytes = await writtenWorkbook(workbooks, 'teams', templateSheets('班组', teamForm, codes()));
    return { fileName: '班组模板.xlsx', bytes };
  }

  async read(file: Uint8Array): Promise<ReadList> {
    const { workbooks, codes } = this.#options;
    const list = await workbooks.run(readingTask('teams', file), async (run) => {
      const rows = await readWorkbook(file, mostListRows, run.signal);
      return understandList(rows, teamForm, codes(), run);
    });
    const overview = this.#options.teams.overview();
    const judged = list.rows.filter(({ values }) => !isExample(values)).map((row) => this.#judged(row, overview));
    const id = randomUUID();
    this.#reading = { id, teams: judged.flatMap(({ row, team }) => (row.state === 'new' && team ? [team] : [])) };
    return { id, rows: judged.map(({ row }) => row), absent: [...list.absent] };
  }

  #judged({ row, values, problems }: ListRow, overview: Overview) {
    const company = this.#companyOf(values, overview);
    const name = values.team ?? '';
    const all =
      company === undefined ? [...problems, { column: 'corpName' as const, problem: 'missing' as const }] : problems;
    if (company === undefined || all.length > 0)
      return { row: { row, name, state: 'wrong' as const, problems: [...all] } };
    const { trade, leaderName, leaderPhone, remark } = values;
    const team: TeamDetails = {
      teamName: name,
      ...company,
      ...(trade && { workType: trade }),
      ...(leaderName && { leaderName }),
      ...(leaderPhone && { leaderPhone }),
      ...(remark && { remark }),
    };
    return {
      team,
      row: { row, name, state: isKnown(team, overview) ? ('known' as const) : ('new' as const), problems: [] },
    };
  }

  /** A company that is known may be named by its code or its name alone; without either it is the connection's own. */
  #companyOf({ corpCode, corpName }: ListRow['values'], { companies }: Overview) {
    const { connection } = this.#options;
    if (connection === undefined) throw new StationError('platform.not-configured');
    if (corpCode === undefined && corpName === undefined)
      return { corpCode: connection.corpCode, corpName: connection.corpName };
    if (corpCode !== undefined && corpName !== undefined) return { corpCode, corpName };
    return companies.find((known) => known.corpCode === corpCode || known.corpName === corpName);
  }

  take(id: string): number {
    const reading = this.#reading;
    if (reading?.id !== id) throw new StationError('store.not-found', 'reading');
    this.#reading = undefined;
    // One that came to be since is passed over.
    const { teams } = this.#options;
    const overview = teams.overview();
    const wanted = reading.teams.filter((team) => !isKnown(team, overview));
    wanted.forEach((team) => teams.create(team));
    return wanted.length;
  }
}
