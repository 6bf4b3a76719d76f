import type { CheckedFields, FieldSettings } from '../field-check.ts';
import { textOf } from '../field-check.ts';
import type { JsonObject } from '../json.ts';
import type { Account, Settings } from '../options.ts';
import type { PictureShelf } from '../picture-shelf.ts';
import type { KeptPicture, State } from '../state.ts';

/** What a method works with: the caller's account, the platform's memory, and the moment of arrival. */
export interface MethodContext {
  readonly account: Account;
  readonly settings: Settings;
  readonly state: State;
  readonly shelf: PictureShelf;
  readonly receivedAt: number;
  readonly pictureUrl: (picture: KeptPicture) => string;
}

/** How the asynchronous part of a write ended: `result` is the error text of status 10 or the object of status 20. */
export type WriteOutcome =
  { readonly status: 10; readonly result: string } | { readonly status: 20; readonly result: JsonObject };

export type WriteMethod = (data: JsonObject, context: MethodContext) => Promise<WriteOutcome>;

export function failed(...problems: readonly string[]): WriteOutcome {
  return { status: 10, result: problems.join(';') };
}

export function done(result: JsonObject): WriteOutcome {
  return { status: 20, result };
}

export function fieldSettings(context: MethodContext): FieldSettings {
  const { pictureForm, unknownFields } = context.settings;
  return { secret: context.account.secret, pictureForm, unknownFields, receivedAt: context.receivedAt };
}

function contractorOf({ fields }: State['projects'][number]): { corpCode: string; corpName: string } {
  return { corpCode: String(fields['contractorCorpCode']), corpName: String(fields['contractorCorpName']) };
}

function participants(context: MethodContext, projectCode: string): { corpCode: string; corpName: string }[] {
  const project = context.account.projects.find((each) => each.projectCode === projectCode);
  const joined = context.state.participants.filter((each) => each.projectCode === projectCode);
  const opened = context.state.projects.filter((each) => each.projectCode === projectCode).map(contractorOf);
  return [...(project?.corps ?? []), ...opened, ...joined];
}

/** The registered name of a company that takes part in the project, or undefined. */
export function participantName(context: MethodContext, projectCode: string, corpCode: string): string | undefined {
  return participants(context, projectCode).find((each) => each.corpCode === corpCode)?.corpName;
}

/**
 * Code and name must belong to one participating company. That the name is compared is this sandbox's choice: a mismatch
 * means that a client mixed two companies up.
 */
export function participantProblems(fields: CheckedFields, context: MethodContext): string[] {
  const name = participantName(context, textOf(fields, 'projectCode'), textOf(fields, 'corpCode'));
  if (name === undefined) return ['[corpCode]该企业不是本项目的参建单位'];
  return name === textOf(fields, 'corpName') ? [] : ['[corpName]企业名称与企业代码不一致'];
}

/** A problem when both days are given and the second is before the first. */
export function orderProblems(fields: CheckedFields, first: string, second: string, path = ''): string[] {
  const [from, to] = [textOf(fields, first), textOf(fields, second)];
  return from !== '' && to !== '' && to < from ? [`${path}[${second}]不能早于${first}`] : [];
}
