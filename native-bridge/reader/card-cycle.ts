import { type ErrorCode, StationError } from '../contract/errors.ts';
import type { CardFields } from '../contract/card.ts';
import { cardText, type EthnicGroups, readCardText, textBytes } from './card/card-text.ts';
import { photoBytes } from './portrait/portrait-decoder.ts';
import { samCommands, type SamCommand } from './sam/commands.ts';
import type { SamAnswer } from './sam/frames.ts';
import type { SamModule } from './sam/sam-module.ts';
import { samStatus } from './sam/status.ts';

/** What one presentation of a card gave, before its portrait is decoded. */
export interface PresentedCard {
  readonly fields: CardFields;
  readonly photoBlock: Uint8Array;
  readonly newestAddress: string | undefined;
  /** From the find answer that saw the card to the answer with text and photo. */
  readonly readMs: number;
}

/** A find that saw no card. */
export const noCard = Symbol('no card');

/** Head of the answer to the read command: lengths of text and photo, big-endian. */
const lengthHead = Uint8Array.of(textBytes >> 8, textBytes & 0xff, photoBytes >> 8, photoBytes & 0xff);

/** Random-number and selection hiccups pass when the cycle begins again at find. */
const restarts = 2;

function fail(answer: SamAnswer): never {
  const { class: meaning, code } = samStatus(answer.status);
  const hex = answer.status.toString(16).padStart(2, '0');
  throw new StationError(code ?? (meaning === 'poll' ? 'card.moved' : 'reader.unknown-status'), `SW3 ${hex}`);
}

async function demand(module: SamModule, command: SamCommand): Promise<Uint8Array> {
  const answer = await module.exchange(command);
  return samStatus(answer.status).class === 'ok' ? answer.data : fail(answer);
}

function splitPayload(data: Uint8Array): { text: Uint8Array; photoBlock: Uint8Array } {
  const whole = lengthHead.length + textBytes + photoBytes;
  if (data.length !== whole || !lengthHead.every((byte, index) => data[index] === byte)) {
    throw new StationError('card.length-wrong');
  }
  return {
    text: data.subarray(lengthHead.length, lengthHead.length + textBytes),
    photoBlock: data.slice(lengthHead.length + textBytes),
  };
}

/** The newest added address; none on most cards, and never a reason to refuse one. */
async function newestAddress(module: SamModule): Promise<string | undefined> {
  const answer = await module.exchange(samCommands.readNewestAddress);
  if (samStatus(answer.status).class !== 'ok') return undefined;
  return cardText(answer.data) || undefined;
}

const restartable: ReadonlySet<ErrorCode> = new Set(['card.moved', 'card.authentication-failed']);

async function selectAndRead(module: SamModule, ethnicGroups: EthnicGroups, foundAt: number): Promise<PresentedCard> {
  await demand(module, samCommands.select);
  const { text, photoBlock } = splitPayload(await demand(module, samCommands.readTextAndPhoto));
  const fields = readCardText(text, ethnicGroups);
  const readMs = performance.now() - foundAt;
  return { fields, photoBlock, newestAddress: await newestAddress(module), readMs };
}

/** Asks once whether a card lies on the reader. Throws when the module is unusable. */
export async function findCard(module: SamModule): Promise<boolean> {
  const answer = await module.exchange(samCommands.find);
  const { class: meaning } = samStatus(answer.status);
  if (meaning === 'ok') return true;
  if (meaning === 'device') return fail(answer);
  if (meaning === 'reset') await module.exchange(samCommands.reset);
  return false;
}

/**
 * Finds, selects and reads one card. Returns `noCard` when none lies there; throws a `StationError` of a `card.*` code
 * when reading failed, `reader.*` when the reader did. A selection that failed is begun again at find; what the module
 * says against the card itself (statuses 32 and 33) is never tried again.
 */
export async function readCard(
  module: SamModule,
  ethnicGroups: EthnicGroups,
  onFound: () => void,
): Promise<PresentedCard | typeof noCard> {
  if (!(await findCard(module))) return noCard;
  const foundAt = performance.now();
  onFound();
  for (let restart = 0; ; restart++) {
    try {
      return await selectAndRead(module, ethnicGroups, foundAt);
    } catch (error) {
      const again = error instanceof StationError && restartable.has(error.code) && restart < restarts;
      if (!again || !(await findCard(module))) throw error;
    }
  }
}

/**
 * Whether the card that was read still lies there. Find cannot tell (it answers 80 until the card is lifted), a cheap
 * read can.
 */
export async function cardStillThere(module: SamModule): Promise<boolean> {
  const answer = await module.exchange(samCommands.readNewestAddress);
  const { class: meaning } = samStatus(answer.status);
  if (meaning === 'device') fail(answer);
  return meaning === 'ok' || meaning === 'empty';
}

/**
 * Whether a card that the module refused has left the field. The cheap read cannot tell, as nothing is selected after a
 * refusal. Find can: it sees the card as long as it lies there, and where a module hides a refused card as it hides one
 * that was read, it goes on hiding it until the card was lifted.
 */
export async function refusedCardIsGone(module: SamModule): Promise<boolean> {
  const answer = await module.exchange(samCommands.find);
  const { class: meaning } = samStatus(answer.status);
  if (meaning === 'device') fail(answer);
  if (meaning === 'reset') await module.exchange(samCommands.reset);
  return meaning === 'poll';
}
