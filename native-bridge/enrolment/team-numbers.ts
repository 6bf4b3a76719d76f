import type { Team } from '../contract/enrolment.ts';
import { asStationError, StationError } from '../contract/errors.ts';
import type { Connector, Refused } from '../platform/connector.ts';
import type { NumberOrigin, Teams } from '../store/teams.ts';

export type TeamStore = Pick<Teams, 'find' | 'setSysNo' | 'pendingSerial' | 'setPendingSerial'>;

/** A team whose outcome stays open after so many questions is looked for by its name. */
const mostQuestions = 20;

interface Waiting {
  readonly until: Date;
  readonly asked: number;
}

const keyOf = ({ projectCode, teamName }: Pick<Team, 'projectCode' | 'teamName'>) => `${projectCode} ${teamName}`;

/**
 * The platform's numbers of teams, which their workers need. A team that the platform is still processing is asked for
 * at the pace of `askAgainAt`, however many of its workers wait.
 */
export class TeamNumbers {
  readonly #store: TeamStore;
  readonly #askAgainAt: (asked: number) => Date;
  readonly #waiting = new Map<string, Waiting>();
  readonly #underWay = new Map<string, Promise<number | Refused | Date>>();

  constructor(store: TeamStore, askAgainAt: (asked: number) => Date) {
    this.#store = store;
    this.#askAgainAt = askAgainAt;
  }

  /** Until when workers of this team need not be looked at; undefined when nothing is known against it. */
  waitingUntil(team: Pick<Team, 'projectCode' | 'teamName'>, now: Date): Date | undefined {
    const until = this.#waiting.get(keyOf(team))?.until;
    return until !== undefined && until > now ? until : undefined;
  }

  /** The number, the platform's refusal of the team, or the moment to ask again. Throws what the connector throws. */
  async numberOf(team: Team, connector: Connector): Promise<number | Refused | Date> {
    const known = this.#store.find(team.id)?.teamSysNo;
    if (known !== undefined) return known;
    // Two requests at a time for workers of one team: the team itself goes once.
    const asking = this.#underWay.get(team.id) ?? this.#ask(team, connector);
    this.#underWay.set(team.id, asking);
    return asking.finally(() => this.#underWay.delete(team.id));
  }

  async #ask(team: Team, connector: Connector): Promise<number | Refused | Date> {
    const asked = this.#waiting.get(keyOf(team))?.asked ?? 0;
    const pending = asked < mostQuestions ? this.#store.pendingSerial(team.id) : undefined;
    const found = await (pending === undefined ? this.#send(team, connector) : this.#outcome(team, pending, connector));
    if (found === undefined) return this.#wait(team, pending === undefined ? 0 : asked + 1);
    this.#waiting.delete(keyOf(team));
    return found;
  }

  #wait(team: Team, asked: number): Date {
    const until = this.#askAgainAt(asked);
    this.#waiting.set(keyOf(team), { until, asked });
    return until;
  }

  /** Looks for the team by its name before it is sent, so that it is never there twice. */
  async #send(team: Team, connector: Connector): Promise<number | Refused | undefined> {
    const { projectCode, corpCode, corpName, teamName } = team;
    const upload = { projectCode, corpCode, corpName, teamName };
    const present = await connector.findTeam(upload);
    if (present !== undefined) return this.#adopt(team, present.teamSysNo, 'adopted');
    const answer = await connector.addTeam(upload);
    if (answer.state === 'accepted') {
      this.#store.setPendingSerial(team.id, answer.serial);
      return undefined;
    }
    if (answer.state === 'refused') return answer;
    const teamSysNo = answer.teamSysNo ?? (await connector.findTeam(upload))?.teamSysNo;
    if (teamSysNo === undefined) throw new StationError('platform.bad-answer', 'teamSysNo');
    return this.#adopt(team, teamSysNo, answer.state === 'already-present' ? 'adopted' : 'sent');
  }

  async #outcome(team: Team, serial: string, connector: Connector): Promise<number | Refused | undefined> {
    const outcome = await connector.outcome(serial).catch((cause: unknown) => {
      // The platform may have forgotten the request; the next try looks for the team by its name.
      if (asStationError(cause).code === 'platform.bad-answer') this.#store.setPendingSerial(team.id, undefined);
      throw cause;
    });
    if (outcome.state === 'waiting') return undefined;
    this.#store.setPendingSerial(team.id, undefined);
    if (outcome.state === 'refused') return outcome;
    // Likewise after the platform's own failure.
    if (outcome.state === 'failed') return undefined;
    if (outcome.teamSysNo === undefined) throw new StationError('platform.bad-answer', 'teamSysNo');
    return this.#adopt(team, outcome.teamSysNo, outcome.state === 'already-present' ? 'adopted' : 'sent');
  }

  #adopt(team: Team, teamSysNo: number, origin: NumberOrigin): number {
    this.#store.setSysNo(team.id, teamSysNo, origin);
    return teamSysNo;
  }
}
