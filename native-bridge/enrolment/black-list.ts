import type { BlackListAnswer, Draft } from '../contract/enrolment.ts';

/** The draft with what the platform's black list said; void when another person's card has taken the place. */
export function withBlackList(draft: Draft, number: string, blackList: BlackListAnswer): Draft {
  return draft.card?.fields.number === number ? { ...draft, blackList } : draft;
}

/** Whether the project wants nobody registered whom the list names, and it names this one. */
export const isListedAndBlocked = ({ blackList }: Pick<Draft, 'blackList'>): boolean =>
  blackList?.state === 'listed' && blackList.blocks;
