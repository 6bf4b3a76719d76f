import { checkFields, textOf } from '../field-check.ts';
import { CORP_UPLOAD_FIELDS } from '../method-fields.ts';
import { done, failed, fieldSettings, type WriteMethod } from './method-context.ts';

/** Corp.Upload: a second upload of the same company replaces the first. Any company may be uploaded. */
export const uploadCorp: WriteMethod = async (data, context) => {
  const fields = await checkFields(data, CORP_UPLOAD_FIELDS, fieldSettings(context));
  if (fields.problems.length > 0) return failed(...fields.problems);
  const corp = {
    corpCode: textOf(fields, 'corpCode'),
    corpName: textOf(fields, 'corpName'),
    appid: context.account.appid,
  };
  const others = context.state.corps.filter((each) => each.corpCode !== corp.corpCode || each.appid !== corp.appid);
  context.state.corps = [...others, corp];
  const { corpCode, appid } = corp;
  const details = context.state.corpDetails.filter((each) => each.corpCode !== corpCode || each.appid !== appid);
  context.state.corpDetails = [...details, { corpCode, appid, fields: { ...fields.values } }];
  return done({ corpCode: corp.corpCode });
};
