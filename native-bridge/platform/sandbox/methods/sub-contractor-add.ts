import { checkFields, textOf, type CheckedFields } from '../field-check.ts';
import { asObject, type JsonObject } from '../json.ts';
import { BANK_INFO_FIELDS, SUBCONTRACTOR_FIELDS } from '../method-fields.ts';
import {
  done,
  failed,
  fieldSettings,
  orderProblems,
  participantName,
  participantProblems,
  type MethodContext,
  type WriteMethod,
} from './method-context.ts';

async function bankProblems(data: JsonObject, context: MethodContext): Promise<string[]> {
  const rows = Array.isArray(data['bankInfos']) ? data['bankInfos'] : [];
  const checks = rows.map((row, index) =>
    checkFields(asObject(row) ?? {}, BANK_INFO_FIELDS, fieldSettings(context), `[bankInfos][${index}]`),
  );
  return (await Promise.all(checks)).flatMap((each) => each.problems);
}

/** A company is known when its own account lists it anywhere or has uploaded it. */
function registeredName(corpCode: string, context: MethodContext): string | undefined {
  const listed = context.account.projects.flatMap((project) => project.corps);
  const uploaded = context.state.corps.filter((each) => each.appid === context.account.appid);
  return [...uploaded, ...listed].find((each) => each.corpCode === corpCode)?.corpName;
}

function joinProblems(fields: CheckedFields, context: MethodContext): string[] {
  const corpCode = textOf(fields, 'corpCode');
  const name = registeredName(corpCode, context);
  if (name === undefined) return ['[corpCode]企业不存在，请先上传企业信息'];
  if (name !== textOf(fields, 'corpName')) return ['[corpName]企业名称与企业代码不一致'];
  const joined = participantName(context, textOf(fields, 'projectCode'), corpCode) !== undefined;
  return joined ? ['该参建单位在项目中已存在'] : [];
}

/** ProjectSubContractor.Update: the same fields for a company that takes part already. */
export const updateSubContractor: WriteMethod = async (data, context) => {
  const fields = await checkFields(data, SUBCONTRACTOR_FIELDS, fieldSettings(context));
  const problems = [
    ...fields.problems,
    ...(await bankProblems(data, context)),
    ...orderProblems(fields, 'entryTime', 'exitTime'),
  ];
  if (problems.length > 0) return failed(...problems);
  const refusals = participantProblems(fields, context);
  if (refusals.length > 0) return failed(...refusals);
  return done({ projectCode: textOf(fields, 'projectCode'), corpCode: textOf(fields, 'corpCode') });
};

/** ProjectSubContractor.Add: makes an uploaded company a participant of the project. */
export const addSubContractor: WriteMethod = async (data, context) => {
  const fields = await checkFields(data, SUBCONTRACTOR_FIELDS, fieldSettings(context));
  const problems = [
    ...fields.problems,
    ...(await bankProblems(data, context)),
    ...orderProblems(fields, 'entryTime', 'exitTime'),
  ];
  if (problems.length > 0) return failed(...problems);
  const refusals = joinProblems(fields, context);
  if (refusals.length > 0) return failed(...refusals);
  const [projectCode, corpCode] = [textOf(fields, 'projectCode'), textOf(fields, 'corpCode')];
  context.state.participants.push({ projectCode, corpCode, corpName: textOf(fields, 'corpName') });
  return done({ projectCode, corpCode });
};
