import { ExpectedDesk } from './expected-desk.ts';
import type { RunningStation } from './running-station.ts';
import { peopleCodesOf } from './people-codes.ts';
import { TeamListDesk } from './team-list-desk.ts';
import { WorkbookDesk } from './workbook-desk.ts';

/** Everything that is read from spreadsheets. */
export interface ListDesks {
  readonly workbooks: WorkbookDesk;
  readonly expected: ExpectedDesk;
  readonly teamLists: TeamListDesk;
}

type Station = Pick<RunningStation, 'parts' | 'operator' | 'team' | 'teams' | 'desk' | 'publishExpected' | 'publish'>;

export function newListDesks(station: Station): ListDesks {
  const { parts, operator, teams } = station;
  const workbooks = new WorkbookDesk((state) => station.publish('workbook.changed', state));
  const codes = () => peopleCodesOf(parts);
  const expected = new ExpectedDesk({
    store: parts.store,
    operator,
    team: () => station.team(),
    draft: () => station.desk.view()?.draft,
    codes,
    workbooks,
    now: () => new Date(),
    onChanged: () => station.publishExpected(),
  });
  return {
    workbooks,
    expected,
    teamLists: new TeamListDesk({ teams, connection: parts.connection, codes, workbooks }),
  };
}
