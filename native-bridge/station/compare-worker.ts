import { type ComparedField, type HeldField, heldFieldSchema, type HeldWorker } from '../contract/held-worker.ts';
import type { WorkerUpload } from '../platform/connector.ts';
import { maskNumber } from '../store/record-summary.ts';

/** What the platform holds, by the national names. A platform of devices tells the trade in a word of its own. */
export type Held = Readonly<Record<string, string>>;

type Compared = Readonly<Record<HeldField, string | undefined>>;

/** Numbers that are shown in part only. */
const masked: ReadonlySet<HeldField> = new Set(['payRollBankCardNumber']);

/** Each platform writes 长期 in its own way: a day far off, or the word. */
const longTerm = '长期';
const isLongTerm = (text: string) => text === longTerm || text >= '2090';

function ours(upload: Omit<WorkerUpload, 'headImage' | 'issueCardPic'>): Compared {
  const { isTeamLeader, expiryDate, payRollBankCardNumber, urgentLinkMan, urgentLinkManPhone, ...rest } = upload;
  return {
    ...rest,
    isTeamLeader: isTeamLeader ? '1' : '0',
    expiryDate: expiryDate ?? longTerm,
    payRollBankCardNumber,
    urgentLinkMan,
    urgentLinkManPhone,
  };
}

const asWritten = (name: HeldField, text: string) => {
  if (name === 'startDate' || name === 'expiryDate') return isLongTerm(text) ? longTerm : text.slice(0, 10);
  // The card says 壮, some platforms 壮族.
  return name === 'nation' ? text.replace(/族$/, '') : text.trim();
};

function compared(name: HeldField, here: string | undefined, there: string | undefined): ComparedField {
  const shown = (text: string) => (masked.has(name) ? maskNumber(text) : text);
  const differs = there !== undefined && (here === undefined || asWritten(name, here) !== asWritten(name, there));
  return {
    name,
    ...(here !== undefined && { here: shown(here) }),
    ...(there !== undefined && { there: shown(there) }),
    differs,
  };
}

/**
 * Field by field what the station would send and what the platform holds; fields that neither side has are left out. What
 * the platform does not tell is no difference.
 */
export function compareWorker(
  upload: Omit<WorkerUpload, 'headImage' | 'issueCardPic'>,
  held: Held,
): Pick<HeldWorker, 'fields' | 'enteredOn' | 'leftOn' | 'hasContract'> {
  const here = ours(upload);
  const fields = heldFieldSchema.options
    .map((name) => compared(name, here[name], held[name]))
    .filter((field) => field.here !== undefined || field.there !== undefined);
  const { entryTime, exitTime, hasContract } = held;
  return {
    fields,
    ...(entryTime && { enteredOn: entryTime.slice(0, 10) }),
    ...(exitTime && { leftOn: exitTime.slice(0, 10) }),
    ...(hasContract && { hasContract: hasContract === '1' }),
  };
}
