import { asObject } from '../../json.ts';
import { fieldRefusal, fieldText, may, must, upTo } from '../device-fields.ts';
import { deviceDone } from '../device-replies.ts';
import { business, companiesOf, notAnObject, type DeviceFunction } from './function-context.ts';

// The documents name the function and not its fields: these are the least that a team needs.
const FIELDS = [
  must('Project_ID', upTo(50)),
  may('company_code', upTo(18)),
  must('company_name', upTo(200)),
  must('team_name', upTo(100)),
];

/** AddTeam: gives `team_id`; names are unique within project and company. */
export const addTeam: DeviceFunction = (data, context) => {
  const source = asObject(data);
  if (!source) return notAnObject();
  const refusal = fieldRefusal(source, FIELDS);
  if (refusal) return refusal;
  const { projectCode } = context.device;
  if (source['Project_ID'] !== projectCode) return business('Project_ID与设备所属项目不一致');
  const company = companiesOf(context).find((each) => each.corpName === source['company_name']);
  if (!company) return business('company_name不是本项目的参建单位');
  const teamName = fieldText(source, 'team_name');
  const { corpCode, corpName } = company;
  const present = context.state.teams.find(
    (each) => each.projectCode === projectCode && each.corpCode === corpCode && each.teamName === teamName,
  );
  if (present) return business('班组已存在', { team_id: String(present.teamSysNo) });
  const teamSysNo = context.state.nextTeamSysNo++;
  context.state.teams.push({ teamSysNo, projectCode, corpCode, corpName, teamName, fields: {} });
  return deviceDone({ team_id: String(teamSysNo) });
};
