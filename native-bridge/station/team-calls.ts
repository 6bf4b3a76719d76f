import { StationError } from '../contract/errors.ts';
import type { teamCalls } from '../contract/team-calls.ts';
import type { Handlers } from '../rpc/server.ts';
import { prepareAttachment } from './attachments.ts';
import type { RunningStation } from './running-station.ts';

type TeamHandlers = Pick<Handlers, keyof typeof teamCalls>;

/** Calls about teams, their companies, and the papers that go with what is reported. */
export function teamHandlers(station: RunningStation): TeamHandlers {
  const { teams } = station;
  return {
    ...choosing(station),
    'team.overview': async () => teams.overview(),
    'team.create': async (details) => teams.create(details),
    'team.change': async ({ id, ...details }) => teams.change(id, details),
    'team.upload': async ({ id }) => teams.upload(id),
    'team.set-passage': async ({ id, ...passage }) => teams.setPassage(id, passage),
    'team.compare': async () => ({ teams: await teams.compare() }),
    'team.take-over': async ({ keys }) => ({ teams: teams.takeOver(keys) }),
    'company.list': async () => ({ companies: await teams.companies() }),
    'company.add': (company) => teams.addCompany(company),
    'attachment.prepare': ({ name, bytes }) => prepareAttachment(name, bytes),
  };
}

/** The team that new enrolments belong to. */
function choosing(station: RunningStation): Pick<TeamHandlers, 'team.list' | 'team.add' | 'team.choose'> {
  const { store, connection } = station.parts;
  const ours = () => store.teams.list().filter((team) => team.projectCode === connection?.projectCode);
  const choose = (id: string) => {
    if (!ours().some((team) => team.id === id)) throw new StationError('store.not-found');
    const team = store.teams.choose(id);
    station.desk.teamChosen(team);
    station.publishStatus();
    return team;
  };
  return {
    // Nobody is enrolled into a team that has left.
    'team.list': async () => ({ teams: ours().filter(({ id }) => store.teamBook.entry(id).leftOn === undefined) }),
    'team.add': async ({ teamName, workType }) => {
      if (connection === undefined) throw new StationError('platform.not-configured');
      const { projectCode, projectName, corpCode, corpName } = connection;
      const place = { projectCode, projectName, corpCode, corpName };
      const team = store.teams.add({ ...place, teamName, ...(workType && { workType }) });
      station.publishTeams();
      return choose(team.id);
    },
    'team.choose': async ({ id }) => choose(id),
  };
}
