import type { ErrorReport } from '../contract/basic.ts';
import type { OutboxItem } from '../store/outbox.ts';

/** One thing to do with one request to the platform, or with none. */
export type Job =
  /** Records of a project that is not connected now. */
  | { readonly kind: 'elsewhere'; readonly items: readonly OutboxItem[] }
  /** The outcome of one accepted request. */
  | { readonly kind: 'question'; readonly serial: string; readonly items: readonly OutboxItem[] }
  /** New workers of one team, or one worker. */
  | { readonly kind: 'send'; readonly items: readonly OutboxItem[] };

/** Refused together with others, and suspected: the next try shows who was to blame. */
export const suspected: ErrorReport = { code: 'platform.batch-refused', detail: 'alone' };

/** After so many tries that failed for no clear reason a record no longer holds up others in its request. */
const sharedTries = 3;
const unclear: ReadonlySet<string> = new Set(['platform.bad-answer', 'platform.busy', 'internal']);

/** Whether a record has to have a request to itself. */
export function isAlone({ update, error, attempts }: OutboxItem): boolean {
  if (update || error?.code === 'platform.failed-there') return true;
  if (error?.code === suspected.code && error.detail === suspected.detail) return true;
  return error !== undefined && unclear.has(error.code) && attempts >= sharedTries;
}

function keyOf(item: OutboxItem, projectCode: string): string {
  if (item.projectCode !== projectCode) return 'elsewhere';
  if (item.state === 'accepted' && item.serial !== undefined) return `question ${item.serial}`;
  return isAlone(item) ? `alone ${item.recordId}` : `team ${item.teamName}`;
}

function jobOf(items: readonly OutboxItem[], projectCode: string): Job {
  const [first] = items;
  if (first?.projectCode !== projectCode) return { kind: 'elsewhere', items };
  if (first.state === 'accepted' && first.serial !== undefined)
    return { kind: 'question', serial: first.serial, items };
  return { kind: 'send', items };
}

/**
 * The jobs that `items` (in the order of sealing) come to, the one with the oldest record first; a request holds at most
 * `largest` workers. The outbox gives only one record of a person at a time, so no two jobs concern the same one.
 */
export function jobsOf(items: readonly OutboxItem[], projectCode: string, largest: number): Job[] {
  const groups: { readonly key: string; readonly items: OutboxItem[] }[] = [];
  for (const item of items) {
    const key = keyOf(item, projectCode);
    const isFull = (group: { readonly items: readonly OutboxItem[] }) =>
      key.startsWith('team ') && group.items.length >= largest;
    const open = groups.find((group) => group.key === key && !isFull(group));
    if (open === undefined) groups.push({ key, items: [item] });
    else open.items.push(item);
  }
  return groups.map((group) => jobOf(group.items, projectCode));
}
