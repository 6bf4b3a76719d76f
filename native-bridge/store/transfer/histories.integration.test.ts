import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OutboxItem } from '../outbox.ts';
import { openTwoStations } from './two-stations.ts';
import type { TestStation, TwoStations } from './two-stations.ts';

/*
 * Random histories of two stations, one stick and a platform that keeps what it is told: whatever is exported, read twice,
 * read in a wrong order, taken back or lost, in the end every person is on the platform, nobody was added twice, and no
 * station has anything left to send.
 */

type Who = 'a' | 'b';
type Step =
  | { readonly kind: 'seal'; readonly who: Who; readonly person: number }
  | { readonly kind: 'send'; readonly who: Who; readonly count: number; readonly loses: boolean }
  | { readonly kind: 'give' | 'copy' | 'receipt'; readonly who: Who }
  | { readonly kind: 'take'; readonly who: Who; readonly file: number }
  | { readonly kind: 'take-back'; readonly who: Who; readonly export: number };

const who = fc.constantFrom<Who>('a', 'b');
const stepWith = (ways: readonly ('give' | 'copy' | 'receipt')[], person: fc.Arbitrary<number>): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('seal' as const), who, person }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('send' as const), who, count: fc.nat(3), loses: fc.boolean() }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom(...ways), who }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('take' as const), who, file: fc.nat(9) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('take-back' as const), who, export: fc.nat(5) }) },
  );

/** Counts how often each person was added. A strict one refuses who is present, as platforms do; a lax one does not. */
class Platform {
  readonly people = new Map<string, number>();
  readonly #strict: boolean;

  constructor(strict: boolean) {
    this.#strict = strict;
  }

  /** What the station's sender does with one record: asks when in doubt, adds or updates, hears the answer or not. */
  send({ store }: TestStation, item: OutboxItem, losesAnswer: boolean): void {
    const { number } = store.records.load(item.recordId).draft.card.fields;
    const isPresent = item.update || (item.inDoubt && this.people.has(number));
    store.outbox.markSending(item.recordId);
    const refused = this.#strict && !isPresent && this.people.has(number);
    if (!refused && !isPresent) this.people.set(number, (this.people.get(number) ?? 0) + 1);
    if (losesAnswer) return store.outbox.markRetry(item.recordId, { code: 'platform.unreachable' }, new Date(), true);
    if (refused) return store.outbox.markRetry(item.recordId, { code: 'platform.waiting' }, new Date(), false, true);
    store.outbox.markConfirmed(item.recordId);
  }
}

const later = () => new Date(Date.now() + 1000);

class World {
  readonly stations: TwoStations = openTwoStations();
  readonly platform: Platform;
  readonly numbers = new Set<string>();

  constructor(strict: boolean) {
    this.platform = new Platform(strict);
  }

  station(name: Who): TestStation {
    return this.stations[name];
  }

  files(): string[] {
    return readdirSync(this.stations.stick)
      .toSorted()
      .map((name) => join(this.stations.stick, name));
  }

  async run(given: Step): Promise<void> {
    const station = this.station(given.who);
    const { transfers } = station.store;
    switch (given.kind) {
      case 'seal': {
        const id = station.seal(given.person);
        this.numbers.add(station.store.records.load(id).draft.card.fields.number);
        return;
      }
      case 'send':
        for (const item of station.store.outbox.due(later(), given.count))
          this.platform.send(station, item, given.loses);
        return;
      case 'take': {
        const files = this.files();
        const path = files[given.file % files.length];
        if (path !== undefined) await station.take(path).catch(ignoreForOthers);
        return;
      }
      case 'take-back': {
        const exports = transfers.list(100).filter(({ direction }) => direction === 'out');
        const chosen = exports[given.export % exports.length];
        if (chosen) transfers.takeBack(chosen.id, 'tester');
        return;
      }
      case 'give':
      case 'copy':
      case 'receipt':
        return this.put(station, given);
    }
  }

  async put(station: TestStation, { kind, who: from }: { kind: 'give' | 'copy' | 'receipt'; who: Who }): Promise<void> {
    const to = this.station(from === 'a' ? 'b' : 'a');
    const common = { folder: this.stations.stick, practice: false, actor: 'tester' };
    const receiver = { station: to.store.transfers.own() };
    const request = { kind: kind === 'give' ? 'hand-over' : kind, receiver, ...common } as const;
    await station.store.transfers.export(request).catch((cause: unknown) => {
      if ((cause as { code?: string }).code !== 'transfer.nothing') throw cause;
    });
  }

  /** Everybody reads everything, what is still given away is taken back, and all is sent. */
  async comeToRest(): Promise<void> {
    const both = [this.stations.a, this.stations.b];
    for (const station of both) for (const path of this.files()) await station.take(path).catch(ignoreForOthers);
    for (const station of both)
      for (const { id, direction } of station.store.transfers.list(1000))
        if (direction === 'out') station.store.transfers.takeBack(id, 'tester');
    for (const station of both)
      for (
        let due = station.store.outbox.due(later(), 100);
        due.length > 0;
        due = station.store.outbox.due(later(), 100)
      )
        for (const item of due) this.platform.send(station, item, false);
  }
}

/** A package is for one station; the other one is told so. */
function ignoreForOthers(cause: unknown): void {
  if ((cause as { code?: string }).code !== 'transfer.not-for-us') throw cause;
}

async function expectEverybodyOnce(steps: readonly Step[], strict: boolean): Promise<void> {
  const world = new World(strict);
  try {
    for (const given of steps) await world.run(given);
    await world.comeToRest();
    expect(new Set(world.platform.people.keys())).toEqual(world.numbers);
    expect([...world.platform.people.values()].filter((times) => times > 1)).toEqual([]);
    for (const station of [world.stations.a, world.stations.b]) {
      expect(station.store.outbox.due(later(), 100)).toEqual([]);
      expect(station.store.audit.verify()).not.toHaveProperty('brokenAt');
      for (const { id } of station.store.records.list({ limit: 1000 })) station.store.records.load(id);
    }
  } finally {
    world.stations.close();
  }
}

const numRuns = Number(process.env['TRANSFER_HISTORIES'] ?? 40);
const histories = (single: fc.Arbitrary<Step>) => fc.array(single, { minLength: 5, maxLength: 25 });

test('whatever happens on the way, everybody arrives, and once', async () => {
  const steps = histories(stepWith(['give', 'copy', 'receipt'], fc.nat(4)));
  await fc.assert(
    fc.asyncProperty(steps, (given) => expectEverybodyOnce(given, true)),
    { numRuns },
  );
}, 600_000);

test('records that are only handed over are added once even where the platform would take them twice', async () => {
  const steps = histories(stepWith(['give', 'receipt'], fc.nat(4))).map((given) =>
    // Somebody new each time: what two stations seal of one person on their own is the platform's to notice.
    given.map((one, index) => (one.kind === 'seal' ? { ...one, person: index } : one)),
  );
  await fc.assert(
    fc.asyncProperty(steps, (given) => expectEverybodyOnce(given, false)),
    { numRuns },
  );
}, 600_000);
