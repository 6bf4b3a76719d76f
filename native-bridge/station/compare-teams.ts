import type { ComparedTeam, HeldTeam, TeamDifference, TeamEntry } from '../contract/team.ts';
import type { QueryRow } from '../platform/business.ts';
import type { ListedTeam } from '../platform/connector.ts';

/** A row of the national interface's list of teams; undefined for one without a name, which nobody could take over. */
export function heldTeamOf(row: QueryRow): HeldTeam | undefined {
  const { teamName, corpCode, corpName, teamSysNo, remark, exitTime } = row;
  if (teamName === undefined) return undefined;
  const number = Number(teamSysNo);
  const { responsiblePersonName: leaderName, responsiblePersonPhone: leaderPhone } = row;
  return {
    teamName,
    ...(corpCode && { corpCode }),
    ...(corpName && { corpName }),
    ...(Number.isInteger(number) && number > 0 && { teamSysNo: number }),
    ...(leaderName && { leaderName }),
    ...(leaderPhone && { leaderPhone }),
    ...(remark && { remark }),
    ...(exitTime && { leftOn: exitTime.slice(0, 10) }),
  };
}

export const listedTeamOf = ({ teamName, corpName, teamSysNo }: ListedTeam): HeldTeam => ({
  teamName,
  ...(corpName !== undefined && { corpName }),
  ...(teamSysNo !== undefined && { teamSysNo }),
});

/** What platforms leave out does not speak against a team. */
const agrees = (held: string | undefined, here: string) => held === undefined || held === here;

const isSameTeam = (held: HeldTeam, here: TeamEntry) =>
  held.teamSysNo !== undefined && held.teamSysNo === here.teamSysNo
    ? true
    : held.teamName === here.teamName && agrees(held.corpCode, here.corpCode) && agrees(held.corpName, here.corpName);

const comparedNames = ['teamName', 'teamSysNo', 'leaderName', 'leaderPhone', 'remark', 'leftOn'] as const;

/** What the platform says otherwise; what it does not say at all is no difference. */
const differencesOf = (held: HeldTeam, here: TeamEntry): TeamDifference[] =>
  comparedNames.filter((name) => held[name] !== undefined && held[name] !== here[name]);

const keyOf = ({ corpCode, corpName, teamName }: HeldTeam) => [corpCode ?? corpName ?? '', teamName].join(' ');

/** Every team of either side once: what is new or differs first, what only the station has last. */
export function compareTeams(held: readonly HeldTeam[], here: readonly TeamEntry[]): ComparedTeam[] {
  const compared = held.map((team): ComparedTeam => {
    const own = here.find((each) => isSameTeam(team, each));
    const base = { key: keyOf(team), teamName: team.teamName, held: team };
    if (own === undefined) return { ...base, kind: 'new', differences: [] };
    const differences = differencesOf(team, own);
    return { ...base, kind: differences.length > 0 ? 'changed' : 'same', here: own, differences };
  });
  const left = here.filter((team) => !held.some((each) => isSameTeam(each, team)));
  const onlyHere = left.map((team): ComparedTeam => ({
    key: `here ${team.id}`,
    kind: 'only-here',
    teamName: team.teamName,
    here: team,
    differences: [],
  }));
  const order = { new: 0, changed: 1, same: 2, 'only-here': 3 } as const;
  return [...compared, ...onlyHere].toSorted((a, b) => order[a.kind] - order[b.kind]);
}
