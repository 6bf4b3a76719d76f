import type { z } from 'zod';
import type { CardImage } from './card-image.ts';
import { lineBodySchema, statusBodySchema, variantBodySchema } from './control-fault-schema.ts';
import { ControlError } from './control-reply.ts';
import {
  emptyBodySchema,
  layBodySchema,
  liftDuringNextReadBodySchema,
  noiseBodySchema,
  type LayBody,
  type OwnCardBody,
} from './control-schema.ts';
import { assemblePracticeCard, makePracticeCard, PracticeCardError } from './practice-card.ts';
import { drawnPhoto, findPracticePerson, makeDeckCard, practiceDeck } from './practice-deck.ts';
import { holderName } from './practice-fields.ts';
import { PracticePortraitError } from './practice-portrait.ts';
import { VirtualReaderError } from './reader-error.ts';
import type { VirtualReader } from './virtual-reader.ts';

type Call = (reader: VirtualReader, body: unknown) => Promise<void> | void;

/** What each POST path does. A refused call throws `ControlError` and changes nothing. */
export const CONTROL_CALLS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['/lay', async (reader, body) => reader.lay(await cardOf(checked(layBodySchema, body)))],
  ['/lift', withoutBody((reader) => reader.lift())],
  ['/lift-during-next-read', (reader, body) => reader.liftDuringNextRead(checked(liftDuringNextReadBodySchema, body))],
  ['/status', (reader, body) => reader.setStatus(checked(statusBodySchema, body))],
  ['/variant', (reader, body) => reader.setVariant(checked(variantBodySchema, body))],
  ['/line', (reader, body) => reader.setLine(checked(lineBodySchema, body))],
  ['/noise', (reader, body) => reader.noise(Buffer.from(checked(noiseBodySchema, body).hex, 'hex'))],
  ['/unplug', withoutBody((reader) => reader.unplug())],
  ['/plug', withoutBody(plug)],
]);

/** The deck as a list to choose from; no card content. */
export function deckListing(): { readonly id: string; readonly name: string; readonly purpose: string }[] {
  return practiceDeck().map(({ id, purpose, fields }) => ({ id, name: holderName(fields), purpose }));
}

function withoutBody(act: (reader: VirtualReader) => Promise<void> | void): Call {
  return (reader, body) => {
    checked(emptyBodySchema, body);
    return act(reader);
  };
}

async function plug(reader: VirtualReader): Promise<void> {
  try {
    await reader.plug();
  } catch (cause) {
    if (cause instanceof VirtualReaderError) throw new ControlError('port-not-opened', cause.message);
    throw cause;
  }
}

function checked<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ControlError('bad-body', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong form'}`);
}

function cardOf(body: LayBody): Promise<CardImage> {
  return 'deck' in body ? deckCard(body.deck) : ownCard(body.card);
}

function deckCard(idOrName: string): Promise<CardImage> {
  const person = findPracticePerson(idOrName);
  if (!person) throw new ControlError('unknown-card', 'the deck has no such card');
  return makeDeckCard(person);
}

async function ownCard({ portrait, ...content }: OwnCardBody): Promise<CardImage> {
  try {
    if (portrait === undefined) return assemblePracticeCard({ ...content, photo: await drawnPhoto(0) });
    return await makePracticeCard({ ...content, picture: Buffer.from(portrait, 'base64') });
  } catch (cause) {
    if (cause instanceof PracticeCardError) throw new ControlError('card-refused', cause.message);
    if (cause instanceof PracticePortraitError) throw new ControlError('portrait-refused', cause.message);
    throw cause;
  }
}
