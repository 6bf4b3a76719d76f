import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OtherCard, otherCardSchema } from '../../contract/other-card.ts';
import { bankCard } from '../../practice/smart-card/bank-card.ts';
import {
  identityPagesCard,
  ORDINARY_IDENTITY_ATRS,
  ordinaryIdentityCard,
} from '../../practice/smart-card/identity-cards.ts';
import { hex, type SmartCard } from '../../practice/smart-card/smart-card.ts';
import { socialSecurityCard } from '../../practice/smart-card/social-security-card.ts';
import { withExactLength, withGetResponse } from '../../practice/smart-card/transport-habits.ts';
import { insertCard, type InsertedCard, type Interference } from '../../practice/smart-card/vpcd-card.ts';
import { workCard } from '../../practice/smart-card/work-card.ts';
import type { PcscTrouble } from './card-slot.ts';
import type { IdentityData } from './identity-pages.ts';
import { type PcscListener, PcscReaders, type PcscState } from './pcsc-readers.ts';
import { openSystemSmartCards } from './system-smart-cards.ts';
import { pcscdObstacle, TestPcscd, virtualReaders } from './test-pcscd.ts';

const obstacle = await pcscdObstacle();
if (obstacle !== undefined) console.warn(`NOT TESTED: PC/SC readers through the system's service: ${obstacle}`);

const [first, second] = virtualReaders;
const text = Uint8Array.from({ length: 256 }, (_, index) => index);
const photo = Uint8Array.from({ length: 1024 }, (_, index) => (index * 7) & 0xff);
const holder = { citizenNumber: '459999198604090019', nameGbk: hex('CEA4CAD4D1F9') };
/** 99… was never given to a bank; the last digit is right after Luhn. */
const bankNumber = '9912345678901234561';

type Heard =
  | { readonly identity: IdentityData; readonly reader: string }
  | { readonly other: OtherCard }
  | { readonly trouble: PcscTrouble }
  | { readonly removed: string };

class Recorder implements PcscListener {
  heard: Heard[] = [];
  state: PcscState = { readers: [] };
  states: PcscState[] = [];
  onIdentityCard = (identity: IdentityData, { name }: { readonly name: string }) =>
    void this.heard.push({ identity, reader: name });
  onOtherCard = (other: OtherCard) => void this.heard.push({ other });
  onCardTrouble = (trouble: PcscTrouble) => void this.heard.push({ trouble });
  onRemoved = (removed: string) => void this.heard.push({ removed });
  onReaders = (state: PcscState) => {
    this.state = state;
    this.states.push(state);
  };
  phase(name: string) {
    return this.state.readers.find(({ address }) => address === name)?.state;
  }
}

const until = (condition: () => void) => vi.waitFor(condition, { timeout: 25_000, interval: 20 });

describe.skipIf(obstacle !== undefined)('PC/SC readers through the system service', () => {
  const daemon = new TestPcscd();
  const recorder = new Recorder();
  const readers = new PcscReaders(recorder);
  const inserted: InsertedCard[] = [];

  beforeAll(async () => {
    await daemon.start();
    readers.start();
    await until(() => expect(recorder.state.readers).toHaveLength(2));
  });

  afterAll(async () => {
    await readers.stop();
    await daemon.stop();
  });

  it('can be left as soon as they are entered, without holding anybody up', async () => {
    const watcher = { changed: () => undefined, gone: () => undefined, lost: () => undefined };
    const begun = performance.now();
    for (let time = 0; time < 100; time += 1) {
      const service = await openSystemSmartCards(watcher);
      // The library's own thread begins to wait within the first millisecond.
      for (const opened = performance.now(); performance.now() - opened < (time % 10) / 10;) await nextTurn();
      service.stop();
    }
    // Until every one of them has let the service go.
    await pause(1000);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  const insert = async (card: SmartCard, reader: { readonly port: number } = first, interfere?: Interference) => {
    const one = await insertCard(card, reader.port, interfere);
    inserted.push(one);
    return one;
  };

  const untilEmpty = () =>
    until(() => expect(recorder.state.readers.map(({ state }) => state)).toEqual(['ready', 'ready']));

  afterEach(async () => {
    await Promise.all(inserted.splice(0).map((card) => card.remove()));
    await untilEmpty();
    recorder.heard = [];
  });

  /** The first thing heard after a card was inserted. */
  const firstHeard = async (card: SmartCard, interfere?: Interference): Promise<Heard> => {
    await insert(card, first, interfere);
    await until(() => expect(recorder.heard).not.toHaveLength(0));
    return recorder.heard[0] as Heard;
  };

  it('lists both readers as ready', () => {
    expect(recorder.state).toEqual({
      readers: virtualReaders.map(({ name }) => ({
        id: `pcsc:${name}`,
        transport: 'pcsc',
        address: name,
        state: 'ready',
      })),
    });
  });

  it('reads an identity card from pages, once, and tells when it is lifted', async () => {
    const heard = await firstHeard(identityPagesCard(text, photo));
    expect(heard).toEqual({ identity: { text, photoBlock: photo }, reader: first.name });
    expect(recorder.phase(first.name)).toBe('lift-card');
    await inserted[0]?.remove();
    await untilEmpty();
    expect(recorder.heard).toEqual([heard, { removed: first.name }]);
  });

  it.each([
    ['get response', withGetResponse],
    ['exact lengths', withExactLength],
  ])('reads pages from a card that wants %s', async (_habit, wrap) => {
    expect(await firstHeard(wrap(identityPagesCard(text, photo)))).toMatchObject({ identity: { text } });
  });

  it.each([0, 1, 3, 5])('asks for the card again when it is taken away before page %i', async (page) => {
    const heard = await firstHeard(identityPagesCard(text, photo), (_command, count, answer) =>
      count === page ? 'remove' : answer,
    );
    expect(heard).toEqual({ trouble: { code: 'card.moved', readerName: first.name } });
    await until(() => expect(recorder.heard).toEqual([heard, { removed: first.name }]));
  });

  it('reads the same card again after it was lifted', async () => {
    for (const times of [1, 2, 3]) {
      const card = await insert(identityPagesCard(text, photo));
      await until(() => expect(recorder.heard.filter((heard) => 'identity' in heard)).toHaveLength(times));
      await card.remove();
      await untilEmpty();
    }
  });

  it.each(Object.entries(ORDINARY_IDENTITY_ATRS))(
    'says that this reader cannot read the card (ATR %s)',
    async (_, atr) => {
      const heard = await firstHeard(ordinaryIdentityCard(hex('4599990000000001'), atr));
      expect(heard).toEqual({
        trouble: { code: 'card.wrong-reader', readerName: first.name, chipSerial: '4599990000000001' },
      });
    },
  );

  it.each([
    ['as it is', (card: SmartCard) => card],
    ['by get response', withGetResponse],
    ['by exact lengths', withExactLength],
  ])('reads a social-security card %s', async (_, wrap) => {
    const heard = await firstHeard(wrap(socialSecurityCard({ cardNumber: 'A45999901', holder })));
    expect(heard).toMatchObject({
      other: {
        kind: 'social-security',
        readerName: first.name,
        cardNumber: 'A45999901',
        issuedOn: '2024-05-01',
        validTo: '2034-05-01',
        holder: { state: 'read', citizenNumber: holder.citizenNumber, name: '韦试样', birth: '1986-04-09' },
      },
    });
    expect(otherCardSchema.safeParse((heard as { other: OtherCard }).other).success).toBe(true);
  });

  it.each(['file', 'records'] as const)('reads the card number where the holder is locked (%s)', async (lock) => {
    expect(await firstHeard(socialSecurityCard({ cardNumber: 'A45999901', holder, lock }))).toMatchObject({
      other: { cardNumber: 'A45999901', holder: { state: 'locked' } },
    });
  });

  it('reads both parts of a social-security card that is a bank card as well', async () => {
    await insert(socialSecurityCard({ cardNumber: 'A45999901', holder, besides: bankCard({ number: bankNumber }) }));
    await until(() => expect(recorder.heard).toHaveLength(2));
    expect(recorder.heard).toMatchObject([{ other: { kind: 'social-security' } }, { other: { kind: 'bank' } }]);
  });

  it.each([
    { numberIn: 'record', directory: '2PAY' },
    { numberIn: 'track', directory: '2PAY' },
    { numberIn: 'options', directory: '2PAY' },
    { numberIn: 'record', directory: '1PAY' },
    { numberIn: 'track', directory: 'none' },
  ] as const)('reads nothing but the number of a bank card ($directory, $numberIn)', async (options) => {
    const heard = await firstHeard(bankCard({ number: bankNumber, ...options }));
    expect(heard).toEqual({
      other: {
        kind: 'bank',
        readerName: first.name,
        readAt: expect.any(String) as string,
        number: bankNumber,
        maskedNumber: '991234*********4561',
      },
    });
  });

  it('gives the number of a work card in every form', async () => {
    expect(await firstHeard(workCard(hex('78563412')))).toMatchObject({
      other: {
        kind: 'work',
        uid: '78563412',
        uidReversed: '12345678',
        decimals: { littleEndian: '0305419896', bigEndian: '2018915346', wiegand: '05222136' },
      },
    });
  });

  it('says so when a card cannot be recognised', async () => {
    expect(await firstHeard(workCard(new Uint8Array(5)))).toEqual({
      trouble: { code: 'other-card.unreadable', readerName: first.name },
    });
  });

  it('goes on after garbage and half answers', async () => {
    const garbage = hex('6F8401');
    expect(await firstHeard(bankCard({ number: bankNumber }), () => garbage)).toMatchObject({ trouble: {} });
    await inserted[0]?.remove();
    await untilEmpty();
    recorder.heard = [];
    expect(await firstHeard(identityPagesCard(text, photo), (_c, _n, answer) => answer.slice(50))).toMatchObject({
      trouble: { code: 'card.length-wrong' },
    });
  });

  it('reads in one reader while the other one hangs, and gives the hanging one back', async () => {
    await insert(workCard(hex('01020304')), first, () => 'never-answer');
    await until(() => expect(recorder.phase(first.name)).toBe('reading'));
    await insert(workCard(hex('78563412')), second);
    await until(() => expect(recorder.heard).toMatchObject([{ other: { readerName: second.name } }]));
    await until(() =>
      expect(recorder.heard[1]).toEqual({ trouble: { code: 'reader.no-answer', readerName: first.name } }),
    );
    expect(recorder.phase(first.name)).toBe('trouble');
    await inserted[0]?.remove();
    await until(() => expect(recorder.phase(first.name)).toBe('ready'));
    await insert(workCard(hex('0A0B0C0D')));
    await until(() => expect(recorder.heard.at(-1)).toMatchObject({ other: { uid: '0A0B0C0D' } }));
  });

  it('waits for a service that stops and goes on when it is back', async () => {
    await firstHeard(workCard(hex('78563412')));
    await daemon.stop();
    await until(() => expect(recorder.state).toEqual({ readers: [], code: 'reader.pcsc-unavailable' }));
    expect(recorder.heard.at(-1)).toEqual({ removed: first.name });
    recorder.heard = [];
    await daemon.start();
    await untilEmpty();
    expect(recorder.state.code).toBeUndefined();
    expect(await firstHeard(workCard(hex('01020304')))).toMatchObject({ other: { uid: '01020304' } });
  });

  it('says what it waits for where no service runs from the beginning', async () => {
    await daemon.stop();
    const alone = new Recorder();
    const early = new PcscReaders(alone);
    early.start();
    await until(() => expect(alone.state).toEqual({ readers: [], code: 'reader.pcsc-unavailable' }));
    await daemon.start();
    await until(() => expect(alone.state.readers).toHaveLength(2));
    await early.stop();
    await untilEmpty();
  });
});
