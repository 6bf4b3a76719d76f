import { checkFields, numberOf, textOf, type CheckedFields } from '../field-check.ts';
import { TEAM_ADD_FIELDS, TEAM_UPDATE_FIELDS } from '../method-fields.ts';
import type { Team } from '../state.ts';
import {
  done,
  failed,
  fieldSettings,
  orderProblems,
  participantProblems,
  type MethodContext,
  type WriteMethod,
  type WriteOutcome,
} from './method-context.ts';

/** "Required when entryTime / exitTime is given". */
function missingAttachments(fields: CheckedFields): string[] {
  return ['entry', 'exit']
    .filter((side) => textOf(fields, `${side}Time`) !== '' && !(numberOf(fields, `${side}Attachments`) > 0))
    .map((side) => `[${side}Attachments]填写${side}Time时附件不能为空`);
}

function teamProblems(fields: CheckedFields): string[] {
  return [...fields.problems, ...missingAttachments(fields), ...orderProblems(fields, 'entryTime', 'exitTime')];
}

/** Team names are unique within project and company. */
function sameName(context: MethodContext, team: Pick<Team, 'projectCode' | 'corpCode' | 'teamName'>): Team | undefined {
  return context.state.teams.find(
    (each) =>
      each.projectCode === team.projectCode && each.corpCode === team.corpCode && each.teamName === team.teamName,
  );
}

function alreadyPresent(team: Team): WriteOutcome {
  return failed(`该班组已存在，班组编号为${team.teamSysNo}`);
}

/** Team.Add: gives `teamSysNo`. */
export const addTeam: WriteMethod = async (data, context) => {
  const fields = await checkFields(data, TEAM_ADD_FIELDS, fieldSettings(context));
  const problems = teamProblems(fields);
  if (problems.length > 0) return failed(...problems);
  const refusals = participantProblems(fields, context);
  if (refusals.length > 0) return failed(...refusals);
  const wanted = {
    projectCode: textOf(fields, 'projectCode'),
    corpCode: textOf(fields, 'corpCode'),
    corpName: textOf(fields, 'corpName'),
    teamName: textOf(fields, 'teamName'),
  };
  const present = sameName(context, wanted);
  if (present) return alreadyPresent(present);
  const teamSysNo = context.state.nextTeamSysNo++;
  context.state.teams.push({ ...wanted, teamSysNo, fields: { ...fields.values } });
  return done({ projectCode: wanted.projectCode, teamSysNo, teamName: wanted.teamName });
};

/** The team, if it lies in a project of this account. */
function ownTeam(context: MethodContext, teamSysNo: number): Team | undefined {
  const projects = context.account.projects.map((project) => project.projectCode);
  return context.state.teams.find((each) => each.teamSysNo === teamSysNo && projects.includes(each.projectCode));
}

function renameEverywhere(context: MethodContext, team: Team, teamName: string): void {
  team.teamName = teamName;
  for (const worker of context.state.workers) if (worker.teamSysNo === team.teamSysNo) worker.teamName = teamName;
}

/** Team.Update: the given fields replace the old ones; fields left out stay as they were. */
export const updateTeam: WriteMethod = async (data, context) => {
  const fields = await checkFields(data, TEAM_UPDATE_FIELDS, fieldSettings(context));
  const problems = teamProblems(fields);
  if (problems.length > 0) return failed(...problems);
  const team = ownTeam(context, numberOf(fields, 'teamSysNo'));
  if (!team) return failed('[teamSysNo]班组编号无效');
  const teamName = textOf(fields, 'teamName');
  const present = sameName(context, { ...team, teamName });
  if (present && present !== team) return alreadyPresent(present);
  renameEverywhere(context, team, teamName);
  Object.assign(team.fields, fields.values);
  return done({ projectCode: team.projectCode, teamSysNo: team.teamSysNo, teamName });
};
