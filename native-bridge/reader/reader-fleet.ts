import { asStationError, type ErrorCode } from '../contract/errors.ts';
import type { ListedReader, ReaderState } from '../contract/reader.ts';
import type { EthnicGroups } from './card/card-text.ts';
import { pause } from './pause.ts';
import type { OpenReader, ReaderFinder, ReaderPort } from './reader-module.ts';
import { afterFailure, foremostReader, listedPlace, newPlace, type Place } from './reader-places.ts';
import { type CardListener, ordinaryPace, ReaderService, type ServicePace } from './reader-service.ts';

export interface FleetListener extends CardListener {
  /** Something about the readers changed. */
  onReaders(readers: readonly ListedReader[], foremost: ReaderState): void;
}

/** Where the fleet looks for readers. */
export interface FleetPlan {
  /** Ports that the operator named. */
  readonly chosen: readonly ReaderPort[];
  /** Searches for further ones. */
  readonly finders: readonly ReaderFinder[];
  /** The reader that belongs to this station. */
  readonly boundSamNumber?: string | undefined;
}

interface InService {
  readonly reader: OpenReader;
  readonly service: ReaderService;
  readonly done: Promise<void>;
}

/** One stretch of service, from its beginning to its halt. */
interface Run {
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/** Pause in milliseconds between two looks at which ports there are. */
const searchIntervalMs = 500;

/** A transport whose search takes longer than this is not waited for; its ports are taken up when they come. */
const listLimitMs = 250;

/** The first search is over when every transport has told its ports, but no later than this. */
const firstListMs = 2000;

/**
 * Keeps all readers of the station in service: searches the ports of every transport side by side, serves each reader
 * that answers, notices when one is lost and takes it back by itself. Each port is an affair of its own: a slow or
 * wedged one holds up no other. Trouble is a state with a code; nothing ends it but `stop`.
 */
export class ReaderFleet {
  readonly #listener: FleetListener;
  readonly #ethnicGroups: () => EthnicGroups;
  readonly #pace: ServicePace;
  #plan: FleetPlan;
  readonly #places = new Map<string, Place>();
  readonly #attempts = new Map<string, Promise<void>>();
  readonly #inService = new Map<string, InService>();
  #listings: readonly Listing[] = [];
  #hasSearched = false;
  #run: Run | undefined;
  /** Whether service is wanted: from `start` to `stop`. */
  #wanted = false;
  /** Beginnings and halts, one after the other, so that never two runs hold a reader. */
  #steps: Promise<void> = Promise.resolve();
  #told = '';

  constructor(
    plan: FleetPlan,
    ethnicGroups: () => EthnicGroups,
    listener: FleetListener,
    pace: ServicePace = ordinaryPace,
  ) {
    this.#plan = plan;
    this.#ethnicGroups = ethnicGroups;
    this.#listener = listener;
    this.#pace = pace;
  }

  /** The readers in service and those that were lost, and ports whose trouble the operator should know. */
  get readers(): readonly ListedReader[] {
    const served = [...this.#inService.values()].map((entry) => this.#listed(entry));
    const ids = new Set(served.map(({ id }) => id));
    const others = [...this.#places.values()]
      .filter((place) => !this.#inService.has(place.port.key) && !this.#isServedOtherwise(place))
      .flatMap((place) => listedPlace(place) ?? []);
    return [...served, ...others.filter(({ id }) => !ids.has(id))];
  }

  /** The reader that matters most to the operator. */
  get foremost(): ReaderState {
    const reader = foremostReader(this.readers);
    if (reader === undefined) {
      return this.#hasSearched ? { state: 'trouble', code: 'reader.not-found' } : { state: 'searching' };
    }
    const { id: _id, ...state } = reader;
    return state;
  }

  /** The service of one reader by its id; undefined when it is not in service. */
  service(id: string): { readonly reader: OpenReader; readonly service: ReaderService } | undefined {
    return [...this.#inService.values()].find(({ reader }) => reader.samNumber === id);
  }

  start(): void {
    this.#wanted = true;
    void this.#afterwards(async () => this.#begin());
  }

  /** Ends the service and gives every port back. Nothing begins again until `start`. */
  stop(): Promise<void> {
    this.#wanted = false;
    return this.#afterwards(() => this.#halt());
  }

  /** Goes over to other places; a stopped fleet uses them from its next start. */
  use(plan: FleetPlan): Promise<void> {
    return this.#afterwards(async () => {
      await this.#halt();
      this.#plan = plan;
      this.#begin();
    });
  }

  #afterwards(step: () => Promise<void>): Promise<void> {
    const done = this.#steps.then(step);
    this.#steps = done.catch(() => undefined);
    return done;
  }

  #begin(): void {
    if (!this.#wanted || this.#run !== undefined) return;
    const stop = new AbortController();
    this.#places.clear();
    this.#hasSearched = false;
    this.#listings = this.#plan.finders.map((finder) => new Listing(finder));
    this.#run = { stop, done: this.#search(stop.signal) };
    this.#tell();
  }

  async #halt(): Promise<void> {
    const run = this.#run;
    if (run === undefined) return;
    run.stop.abort();
    await run.done;
    await Promise.all([...this.#inService.values()].map(({ service }) => service.stop()));
    await Promise.all([...this.#inService.values()].map(({ done }) => done));
    await Promise.all(this.#attempts.values());
    this.#run = undefined;
  }

  async #search(signal: AbortSignal): Promise<void> {
    const beganAt = performance.now();
    for (let isFirst = true; !signal.aborted;) {
      await this.#list(signal);
      this.#look(isFirst);
      const attempts = this.#dueKeys().map((key) => this.#attempt(key, signal));
      if (
        isFirst &&
        (this.#listings.every(({ hasAnswered }) => hasAnswered) || performance.now() - beganAt > firstListMs)
      ) {
        isFirst = false;
        void Promise.all([...this.#attempts.values(), ...attempts]).then(() => this.#firstSearchEnded(signal));
      }
      await pause(signal, searchIntervalMs);
    }
  }

  #firstSearchEnded(signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#hasSearched = true;
    this.#tell();
  }

  /** Asks every transport that is not still busy with the last question; a slow one holds up no other. */
  async #list(signal: AbortSignal): Promise<void> {
    const asked = Promise.all(this.#listings.map((listing) => listing.refresh()));
    await Promise.race([asked, pause(signal, listLimitMs)]);
  }

  /** Takes up ports that appeared and forgets those that went, but for readers that were lost. */
  #look(isFirst: boolean): void {
    const now = performance.now();
    const present = new Map<string, { readonly port: ReaderPort; readonly isChosen: boolean }>();
    for (const port of this.#plan.chosen) present.set(port.key, { port, isChosen: true });
    for (const port of this.#listings.flatMap(({ ports }) => ports)) {
      if (!present.has(port.key)) present.set(port.key, { port, isChosen: false });
    }
    for (const [key, place] of this.#places) {
      if (present.has(key) || this.#inService.has(key) || this.#attempts.has(key)) continue;
      if (place.lost === undefined) this.#places.delete(key);
      else this.#places.set(key, { ...place, isPresent: false });
    }
    for (const [key, { port, isChosen }] of present) {
      const known = this.#places.get(key);
      const appearedAt = isFirst ? undefined : now;
      const place =
        known?.isPresent === true ? { ...known, port, isChosen } : newPlace(port, isChosen, now, appearedAt, known);
      this.#places.set(key, place);
    }
  }

  #dueKeys(): readonly string[] {
    const now = performance.now();
    const isDue = ({ port: { key }, isPresent, isSpare, dueAt }: Place) =>
      isPresent && !isSpare && dueAt <= now && !this.#attempts.has(key) && !this.#inService.has(key);
    return [...this.#places.values()].filter(isDue).map(({ port }) => port.key);
  }

  #attempt(key: string, signal: AbortSignal): Promise<void> {
    const attempt = this.#open(key, signal).finally(() => this.#attempts.delete(key));
    this.#attempts.set(key, attempt);
    return attempt;
  }

  async #open(key: string, signal: AbortSignal): Promise<void> {
    const place = this.#places.get(key);
    if (place === undefined) return;
    try {
      const reader = await place.port.open(signal);
      if (signal.aborted) await reader.module.close();
      else await this.#take(key, reader);
    } catch (cause) {
      if (!signal.aborted) this.#failed(key, asStationError(cause).code);
    }
  }

  /** A reader that is served on another port already (a second interface of the same device) is given back. */
  async #take(key: string, reader: OpenReader): Promise<void> {
    if (this.service(reader.samNumber) !== undefined) {
      const place = this.#places.get(key);
      if (place) this.#places.set(key, { ...place, isSpare: true });
      await reader.module.close();
      return;
    }
    const service = new ReaderService(reader, {
      ethnicGroups: this.#ethnicGroups,
      listener: this.#listener,
      onState: () => this.#tell(),
      pace: this.#pace,
    });
    this.#inService.set(key, { reader, service, done: this.#serve(key, reader, service) });
    this.#forgetTrouble(key, reader.samNumber);
    this.#tell();
  }

  async #serve(key: string, reader: OpenReader, service: ReaderService): Promise<void> {
    const code = await service.run().then(
      () => undefined,
      (cause: unknown) => asStationError(cause).code,
    );
    this.#inService.delete(key);
    if (code !== undefined) this.#lost(key, reader, code);
  }

  #lost(key: string, reader: OpenReader, code: ErrorCode): void {
    const now = performance.now();
    const { module: _module, ...lost } = reader;
    for (const [other, place] of this.#places) {
      // Another interface of the lost reader may now take its place.
      if (other !== key) this.#places.set(other, { ...place, isSpare: false });
      else this.#places.set(key, { ...place, lost, lostAt: now, code, waitMs: 0, dueAt: now });
    }
    this.#tell();
  }

  #failed(key: string, code: ErrorCode): void {
    const place = this.#places.get(key);
    if (place === undefined) return;
    this.#places.set(key, afterFailure(place, code, performance.now()));
    this.#tell();
  }

  /** The reader is back, here or on another port. */
  #forgetTrouble(key: string, samNumber: string): void {
    for (const [other, place] of this.#places) {
      if (other !== key && place.lost?.samNumber !== samNumber) continue;
      const { lost: _lost, lostAt: _lostAt, code: _code, ...rest } = place;
      this.#places.set(other, { ...rest, waitMs: 0 });
    }
  }

  #listed({ reader, service }: InService): ListedReader {
    const { transport, address, samNumber, model } = reader;
    const { boundSamNumber } = this.#plan;
    const { code } = service;
    const isOther = code === undefined && boundSamNumber !== undefined && boundSamNumber !== samNumber;
    return {
      id: samNumber,
      state: service.state,
      transport,
      address,
      samNumber,
      ...(model !== undefined && { model }),
      ...(code && { code }),
      ...(isOther && { code: 'reader.other-reader' as const }),
    };
  }

  /** Where the maker's driver holds a device, its library serves it, and nothing is wrong with the native way. */
  #isServedOtherwise({ code, isChosen }: Place): boolean {
    const isByLibrary = [...this.#inService.values()].some(({ reader }) => reader.transport === 'sdtapi');
    return code === 'reader.driver-missing' && !isChosen && isByLibrary;
  }

  #tell(): void {
    const { readers, foremost } = this;
    const text = JSON.stringify([readers, foremost]);
    if (text === this.#told) return;
    this.#told = text;
    this.#listener.onReaders(readers, foremost);
  }
}

/** What a transport's search told last. */
class Listing {
  readonly #finder: ReaderFinder;
  #asking: Promise<void> | undefined;
  ports: readonly ReaderPort[] = [];
  hasAnswered = false;

  constructor(finder: ReaderFinder) {
    this.#finder = finder;
  }

  /** Asks again unless the last question is still open. */
  refresh(): Promise<void> {
    this.#asking ??= this.#ask();
    return this.#asking;
  }

  async #ask(): Promise<void> {
    this.ports = await this.#finder.ports();
    this.hasAnswered = true;
    this.#asking = undefined;
  }
}
