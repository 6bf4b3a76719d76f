import { type WorkerFields, workerFieldsSchema } from '../../../native-bridge/contract/enrolment.ts';
import { type ComparedField, correctableHeldFields } from '../../../native-bridge/contract/held-worker.ts';

/**
 * The platform's values for the fields that an operator may correct; what it says in
 * another form, as a number that is shown in part only, is left out.
 */
export function suggestedFields(different: readonly ComparedField[]): WorkerFields {
  const suggested = correctableHeldFields.flatMap((name) => {
    const there = different.find((field) => field.name === name)?.there;
    if (there === undefined) return [];
    const value = name === 'isTeamLeader' ? there === '1' : there;
    return workerFieldsSchema.shape[name].safeParse(value).success ? [[name, value] as const] : [];
  });
  return workerFieldsSchema.parse(Object.fromEntries(suggested));
}
