import { expect, it, vi } from 'vitest';
import { type StationError } from '../contract/errors.ts';
import type { PresentedCard } from '../reader/reader-service.ts';
import { DeskSession } from './desk-session.ts';
import { PresentedCards } from './presented-cards.ts';

const reader = { address: 'COM3', transport: 'serial', samNumber: '05.03' } as never;

it('begins nothing with a card that is laid on a locked desk, and keeps nothing of it', () => {
  const session = new DeskSession(() => undefined);
  const cardRead = vi.fn();
  const troubles: StationError[] = [];
  const cards = new PresentedCards({
    practiceSamNumber: undefined,
    demandSomebody: () => session.demandSomebody(),
    decoder: { decode: () => Promise.resolve({ state: 'missing' }) } as never,
    desk: { cardRead, cardCompleted: () => undefined },
    firstReading: () => ({ readAt: '2026-03-05T01:00:00.000Z' }) as never,
    onPortrait: () => undefined,
    onOtherCard: () => undefined,
    onTrouble: (error) => troubles.push(error),
  });
  const card = { photoBlock: new Uint8Array([1, 2, 3]), newestAddress: Promise.resolve(undefined) };
  cards.presented(card as unknown as PresentedCard, reader);
  expect(troubles.map(({ code }) => code)).toEqual(['account.not-signed-in']);
  expect([...card.photoBlock]).toEqual([0, 0, 0]);
  expect(cardRead).not.toHaveBeenCalled();
  session.withoutAccounts(true);
  cards.presented(card as unknown as PresentedCard, reader);
  expect(cardRead).toHaveBeenCalledOnce();
});
