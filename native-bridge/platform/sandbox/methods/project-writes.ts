import { LICENSE_FIELDS, PROJECT_ADD_FIELDS, PROJECT_UPDATE_FIELDS } from '../business-fields.ts';
import { checkFields, textOf, type CheckedFields } from '../field-check.ts';
import type { JsonObject } from '../json.ts';
import { done, failed, fieldSettings, orderProblems, type MethodContext, type WriteMethod } from './method-context.ts';
import { checkList } from './worker-rows.ts';

const MOST_LICENSES = 50;

async function projectProblems(fields: CheckedFields, data: JsonObject, context: MethodContext): Promise<string[]> {
  const licenses = await checkList(data, 'builderLicenses', LICENSE_FIELDS, MOST_LICENSES, context);
  const own = fields.problems.filter((problem) => !problem.startsWith('[builderLicenses]'));
  return [...own, ...licenses.problems, ...orderProblems(fields, 'startDate', 'completeDate')];
}

/** Project.Add: opens a project for the account and gives its code. A third-party code belongs to one project. */
export const addProject: WriteMethod = async (data, context) => {
  const fields = await checkFields(data, PROJECT_ADD_FIELDS, fieldSettings(context));
  const problems = await projectProblems(fields, data, context);
  if (problems.length > 0) return failed(...problems);
  const { projects } = context.state;
  const { appid } = context.account;
  const third = textOf(fields, 'thirdPartyProjectCode');
  if (projects.some((each) => each.appid === appid && each.fields['thirdPartyProjectCode'] === third)) {
    return failed('[thirdPartyProjectCode]该项目已存在');
  }
  const projectCode = `SANDBOXOPENED${String(projects.length + 1).padStart(5, '0')}`;
  projects.push({ projectCode, appid, fields: { ...fields.values } });
  return done({ projectCode });
};

/** Project.Update: changes a project that was opened through the interface. */
export const updateProject: WriteMethod = async (data, context) => {
  const fields = await checkFields(data, PROJECT_UPDATE_FIELDS, fieldSettings(context));
  const problems = await projectProblems(fields, data, context);
  if (problems.length > 0) return failed(...problems);
  const projectCode = textOf(fields, 'projectCode');
  const project = context.state.projects.find(
    (each) => each.projectCode === projectCode && each.appid === context.account.appid,
  );
  if (!project) return failed('[projectCode]项目不存在或无权限');
  Object.assign(project.fields, fields.values);
  return done({ projectCode });
};
