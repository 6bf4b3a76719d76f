import { StationError } from '../../contract/errors.ts';
import type { OtherCard } from '../../contract/other-card.ts';
import { cardClass } from './answer-to-reset.ts';
import type { ApduChannel } from './apdu-channel.ts';
import { readBankCard } from './bank-card.ts';
import { readChipSerial } from './chip-serial.ts';
import { type IdentityData, readIdentityPages } from './identity-pages.ts';
import { readSocialSecurityCard } from './social-security-card.ts';
import { isLasting, readUid, uidForms } from './work-card.ts';

/** What a card turned out to be. A card may be several at once: many social-security cards are bank cards as well. */
export type PresentedCard =
  | { readonly kind: 'identity'; readonly data: IdentityData }
  /** An identity card on a reader that cannot read it; `chipSerial` tells one plastic card from another. */
  | { readonly kind: 'identity-unreadable'; readonly chipSerial?: string }
  | { readonly kind: 'others'; readonly cards: readonly OtherCard[] };

type Seen = Pick<OtherCard, 'readerName' | 'readAt'>;

async function unreadableIdentity(channel: ApduChannel): Promise<PresentedCard> {
  const chipSerial = await readChipSerial(channel);
  return { kind: 'identity-unreadable', ...(chipSerial !== undefined && { chipSerial }) };
}

/** A card with nothing but its UID. An identity card shows zeros there, whatever its reader makes of its ATR. */
async function readByUid(channel: ApduChannel, seen: Seen): Promise<PresentedCard> {
  const uid = await readUid(channel);
  if (uid?.length === 4 && uid.every((byte) => byte === 0)) {
    const identity = await unreadableIdentity(channel);
    if (identity.kind === 'identity-unreadable' && identity.chipSerial !== undefined) return identity;
  }
  if (uid === undefined || !isLasting(uid)) throw new StationError('other-card.unreadable', 'no lasting UID');
  return { kind: 'others', cards: [{ kind: 'work', ...seen, ...uidForms(uid) }] };
}

async function readByApplications(channel: ApduChannel, seen: Seen): Promise<PresentedCard> {
  const socialSecurity = await readSocialSecurityCard(channel);
  // Its bank part is a gift: a card that has been recognised is not refused for it.
  const bank = socialSecurity ? await readBankPart(channel) : await readBankCard(channel);
  const cards = [socialSecurity, bank].flatMap((card) => (card ? [{ ...card, ...seen }] : []));
  return cards.length > 0 ? { kind: 'others', cards } : readByUid(channel, seen);
}

async function readBankPart(channel: ApduChannel) {
  try {
    return await readBankCard(channel);
  } catch (error) {
    if (error instanceof StationError && error.code === 'other-card.unreadable') return undefined;
    throw error;
  }
}

/**
 * Recognises a card by its ATR and what it answers, and reads it. Rejects with a `StationError`: `card.*` when an identity
 * card could not be read or a card was moved, `other-card.unreadable`, or a `reader.*` code of the channel.
 */
export async function readPresentedCard(channel: ApduChannel, atr: Uint8Array, seen: Seen): Promise<PresentedCard> {
  switch (cardClass(atr)) {
    case 'identity-pages':
      return { kind: 'identity', data: await readIdentityPages(channel) };
    case 'identity-card':
      return unreadableIdentity(channel);
    case 'storage':
      return readByUid(channel, seen);
    case 'processor':
      return readByApplications(channel, seen);
  }
}
