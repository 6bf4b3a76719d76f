import { asStationError, type StationError } from '../contract/errors.ts';
import type { TeamEntry } from '../contract/team.ts';
import type { BusinessConnector, TeamChangeUpload } from '../platform/business.ts';
import type { Acceptance, Connector, Outcome, Refused } from '../platform/connector.ts';
import type { DueTeam, TeamBook } from '../store/team-book.ts';
import type { ReportClock } from './report-delivery.ts';
import { TeamNumbers, type TeamStore } from './team-numbers.ts';

/** What the delivery of teams needs of the store. */
export interface TeamDeliveryStore {
  readonly teams: TeamStore;
  readonly teamBook: Pick<
    TeamBook,
    'due' | 'entry' | 'files' | 'markSent' | 'markSettled' | 'markRetry' | 'markRefused'
  >;
}

export interface TeamTarget {
  readonly connector: Connector;
  /** Absent where a platform takes names of teams only: there is nothing to change then. */
  readonly business: BusinessConnector | undefined;
  readonly projectCode: string;
}

const roundSize = 50;

/**
 * Brings teams that are to go up to the platform, and what changed of those that it has. A new team is looked for by its
 * name before it is sent; a change says how the team is to be, so that sending it twice does no harm.
 */
export class TeamDelivery {
  readonly #store: TeamDeliveryStore;
  readonly #target: TeamTarget;
  readonly #clock: ReportClock;
  readonly #onChanged: (id: string) => void;
  readonly #numbers: TeamNumbers;

  constructor(store: TeamDeliveryStore, target: TeamTarget, clock: ReportClock, onChanged: (id: string) => void) {
    this.#store = store;
    this.#target = target;
    this.#clock = clock;
    this.#onChanged = onChanged;
    this.#numbers = new TeamNumbers(store.teams, (asked) => clock.askAgainAt(asked));
  }

  /** Takes every due team one step further. Throws what concerns the whole platform; false when nothing was due. */
  async round(): Promise<boolean> {
    const due = this.#store.teamBook.due(this.#target.projectCode, this.#clock.now(), roundSize);
    for (const team of due) {
      await this.#advance(team);
      this.#onChanged(team.id);
    }
    return due.length > 0;
  }

  async #advance(due: DueTeam): Promise<void> {
    const team = this.#store.teamBook.entry(due.id);
    try {
      if (team.teamSysNo === undefined) return await this.#number(team, due);
      const { business } = this.#target;
      if (business === undefined) return this.#store.teamBook.markSettled(due.id, due.revision);
      if (due.serial !== undefined) return this.#take(due, await business.outcome(due.serial));
      await this.#change({ ...team, teamSysNo: team.teamSysNo }, due, business);
    } catch (cause) {
      this.#fail(due, asStationError(cause));
    }
  }

  async #number(team: TeamEntry, due: DueTeam): Promise<void> {
    const answer = await this.#numbers.numberOf(team, this.#target.connector);
    if (typeof answer === 'number') return;
    if (answer instanceof Date) return this.#store.teamBook.markRetry(due.id, { code: 'platform.waiting' }, answer);
    this.#refuse(due, answer);
  }

  async #change(team: TeamEntry & { teamSysNo: number }, due: DueTeam, business: BusinessConnector): Promise<void> {
    const answer = await business.send('team-change', changeOf(team, this.#store.teamBook));
    const serial = answer.state === 'accepted' ? answer.serial : undefined;
    this.#store.teamBook.markSent(due.id, due.revision, serial, this.#clock.askAgainAt(0));
    if (serial === undefined) this.#take(due, answer);
  }

  #take(due: DueTeam, answer: Acceptance | Outcome): void {
    const { teamBook } = this.#store;
    switch (answer.state) {
      case 'waiting':
        return teamBook.markRetry(due.id, { code: 'platform.waiting' }, this.#clock.askAgainAt(due.attempts));
      case 'failed':
        this.#store.teams.setPendingSerial(due.id, undefined);
        return teamBook.markRetry(due.id, { code: 'platform.failed-there' }, this.#clock.askAgainAt(due.attempts));
      case 'refused':
        return this.#refuse(due, answer);
      case 'already-present':
        // Of a change this says that another team has the name.
        return this.#refuse(due, { state: 'refused', text: answer.text, fields: ['teamName'] });
      default:
        return teamBook.markSettled(due.id);
    }
  }

  #refuse({ id }: DueTeam, { text, fields }: Refused): void {
    const detail = fields.join(' ');
    this.#store.teamBook.markRefused(id, { code: 'platform.record-refused', ...(detail !== '' && { detail }) }, text);
  }

  /** Trouble of the whole platform is told on; what concerns this team alone is noted with it. */
  #fail(due: DueTeam, error: StationError): void {
    const { code, detail } = error;
    const report = { code, ...(detail !== undefined && { detail }) };
    if (code === 'platform.record-refused') return this.#store.teamBook.markRefused(due.id, report);
    // The platform may have forgotten the request: it is sent anew.
    if (code === 'platform.bad-answer' && due.serial !== undefined)
      this.#store.teams.setPendingSerial(due.id, undefined);
    this.#store.teamBook.markRetry(due.id, report, this.#clock.askAgainAt(due.attempts));
    if (code !== 'platform.bad-answer') throw error;
  }
}

/** The team as it is to be. A day goes with its papers or not at all: the interface refuses it without. */
function changeOf(team: TeamEntry & { teamSysNo: number }, book: Pick<TeamBook, 'files'>): TeamChangeUpload {
  const { id, teamSysNo, teamName, leaderName, leaderPhone, remark, enteredOn, leftOn } = team;
  const entry = book.files(id, 'entry');
  const exit = book.files(id, 'exit');
  return {
    teamSysNo,
    teamName,
    ...(leaderName && { responsiblePersonName: leaderName }),
    ...(leaderPhone && { responsiblePersonPhone: leaderPhone }),
    ...(remark && { remark }),
    ...(enteredOn && entry.length > 0 && { entryTime: enteredOn, entryAttachments: entry }),
    ...(leftOn && exit.length > 0 && { exitTime: leftOn, exitAttachments: exit }),
  };
}
