import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Draft } from '../contract/enrolment.ts';
import { asStationError, StationError } from '../contract/errors.ts';
import { type FaceSearch, mostFoundFaces, searchConsentVersions } from '../contract/face-search.ts';
import type { FaceSearchState } from '../contract/face-search-calls.ts';
import { type SearchLimits, searchLimitFor } from '../face/search-limit.ts';
import type { EngineDescriptor } from '../store/face-descriptors.ts';
import type { Store } from '../store/open-store.ts';
import { FaceIndex } from './face-index.ts';

/** What the search needs of the face engine. */
export interface SearchedFaces {
  /** Names what descriptors can be compared with each other. */
  readonly searchEngine: string;
  /** The descriptor of a photo's largest face. Throws a `StationError` that says why there is none. */
  describePhoto(jpeg: Uint8Array): Promise<Float32Array>;
}

export interface FaceSearchOptions {
  readonly store: Pick<Store, 'faceDescriptors' | 'records'>;
  readonly faces: SearchedFaces;
  readonly limits: SearchLimits;
  readonly projectCode: string | undefined;
  readonly operator: () => string;
  /** Whether somebody is in front of the camera: describing stored photos waits. */
  readonly isBusy: () => boolean;
  readonly onTrouble: (error: StationError) => void;
}

/** Records that are looked at and, where needed, described from their photos in one go, and the pause after them and while the camera is busy. */
const slice = 20;
const pauseMs = 1_000;

/**
 * Looks for the live face among the other numbers of the project, where that is switched on. Descriptors of another
 * engine are never compared; theirs are made anew from the stored photos, a few at a time.
 */
export class FaceSearchDesk {
  readonly #options: FaceSearchOptions;
  readonly #unusable = new Set<string>();
  /** Records up to this position have been looked at for their descriptor. */
  #lookedTo = 0;
  /** Raised whenever the search begins anew: what was looked at before counts no more. */
  #epoch = 0;
  #index: FaceIndex | undefined;
  #latest: { readonly draftId: string; readonly attempt: number; readonly face: EngineDescriptor } | undefined;
  #filling: Promise<void> | undefined;
  #isClosed = false;
  #wake: () => void = () => undefined;

  constructor(options: FaceSearchOptions) {
    this.#options = options;
  }

  /** Erases what belongs to a project that is no longer connected, and goes on describing where that was interrupted. */
  start(): void {
    const { store, projectCode, operator } = this.#options;
    const project = store.faceDescriptors.switchedOnFor();
    if (project !== undefined && project !== projectCode) store.faceDescriptors.switchOff(operator());
    this.#fill();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#wake();
    await this.#filling;
    this.#forget();
  }

  get isOn(): boolean {
    const { store, projectCode } = this.#options;
    return projectCode !== undefined && store.faceDescriptors.switchedOnFor() === projectCode;
  }

  state(): FaceSearchState {
    const project = this.#demandProject();
    if (!this.isOn) return { on: false, descriptors: 0, waiting: 0, unusable: 0 };
    const { store, faces } = this.#options;
    const missing = store.faceDescriptors.undescribedCount(project, faces.searchEngine);
    const unusable = Math.min(this.#unusable.size, missing);
    const { count } = store.faceDescriptors.extent(project, faces.searchEngine);
    const trouble = this.#trouble();
    return { on: true, descriptors: count, waiting: missing - unusable, unusable, ...(trouble && { trouble }) };
  }

  /** Throws `face.search-not-measured` where the engine is another one than the limit was measured with. */
  switch(on: boolean): void {
    const { store, operator } = this.#options;
    const project = this.#demandProject();
    const trouble = on ? this.#trouble() : undefined;
    if (trouble !== undefined) throw trouble;
    this.#forget();
    if (on) store.faceDescriptors.switchOn(project, operator());
    else store.faceDescriptors.switchOff(operator());
    this.#fill();
  }

  /**
   * What is known of the photo's face under other numbers; `undefined` while the search is switched off, and of nobody
   * who was not told of it. Never throws.
   */
  async search(draft: Draft): Promise<FaceSearch | undefined> {
    if (!this.isOn || draft.photo === undefined) return undefined;
    if (!searchConsentVersions.includes(draft.consent?.textVersion ?? '')) return undefined;
    const startedAt = performance.now();
    try {
      const { jpeg, attempt } = draft.photo;
      const face = await this.#describe(jpeg);
      // It may have been switched off while the face was described.
      if (!this.isOn) return undefined;
      this.#latest = { draftId: draft.id, attempt, face };
      return this.#searched(draft, face, startedAt);
    } catch (cause) {
      return { kind: 'cannot-search', error: { code: asStationError(cause).code } };
    }
  }

  /** The descriptor that is sealed with a draft, where there is one: it was made when the photo was searched for. */
  descriptorOf({ id, photo }: Draft): EngineDescriptor | undefined {
    const { draftId, attempt, face } = this.#latest ?? {};
    return draftId === id && attempt === photo?.attempt ? face : undefined;
  }

  /** A draft has come to its end: sealed, its photo is described later if that has not happened yet. */
  draftEnded(): void {
    this.#latest = undefined;
    this.#fill();
  }

  /** Resolves when no stored photo waits to be described any more. */
  async filled(): Promise<void> {
    await this.#filling;
  }

  async #describe(jpeg: Uint8Array): Promise<EngineDescriptor> {
    const trouble = this.#trouble();
    if (trouble !== undefined) throw trouble;
    const { faces } = this.#options;
    return { engine: faces.searchEngine, numbers: await faces.describePhoto(jpeg) };
  }

  #searched(draft: Draft, face: EngineDescriptor, startedAt: number): FaceSearch {
    const { store, limits } = this.#options;
    const project = this.#demandProject();
    this.#index ??= new FaceIndex(store.faceDescriptors, project, face.engine);
    const limit = searchLimitFor(this.#index.refreshed(), limits);
    const near = this.#index.near(face.numbers, limit, numbersOf(draft));
    return {
      kind: 'searched',
      engine: face.engine,
      limit,
      searched: this.#index.size,
      leftOut: store.faceDescriptors.undescribedCount(project, face.engine),
      searchMs: performance.now() - startedAt,
      found: near.slice(0, mostFoundFaces).map(({ recordId, distance }) => ({ recordId, distance })),
    };
  }

  #trouble(): StationError | undefined {
    const { faces, limits } = this.#options;
    return limits.fingerprint === faces.searchEngine ? undefined : new StationError('face.search-not-measured');
  }

  #demandProject(): string {
    const { projectCode } = this.#options;
    if (projectCode === undefined) throw new StationError('platform.not-configured');
    return projectCode;
  }

  #forget(): void {
    this.#index?.clear();
    this.#index = undefined;
    this.#latest = undefined;
    this.#unusable.clear();
    this.#lookedTo = 0;
    this.#epoch++;
  }

  /** Describes the records that have no descriptor, in the background and one after the other. */
  #fill(): void {
    if (this.#filling !== undefined || !this.isOn || this.#trouble() !== undefined) return;
    const epoch = this.#epoch;
    this.#filling = this.#describeMissing(epoch)
      .catch((cause: unknown) => this.#options.onTrouble(asStationError(cause)))
      .finally(() => {
        this.#filling = undefined;
        if (epoch !== this.#epoch && !this.#isClosed) this.#fill();
      });
  }

  async #describeMissing(epoch: number): Promise<void> {
    while (this.#mayGoOn(epoch)) {
      const { store, faces } = this.#options;
      const project = this.#demandProject();
      const sought = { projectCode: project, engine: faces.searchEngine, consentVersions: searchConsentVersions };
      const { ids, lookedTo } = store.faceDescriptors.undescribed(sought, this.#lookedTo, slice);
      if (lookedTo === undefined) return;
      if (!(await this.#describeEach(ids, epoch))) return;
      this.#lookedTo = lookedTo;
      await (ids.length > 0 ? this.#pause() : nextTurn());
    }
  }

  /** Whether it came to the end of them. */
  async #describeEach(ids: readonly string[], epoch: number): Promise<boolean> {
    for (const id of ids) {
      while (this.#mayGoOn(epoch) && this.#options.isBusy()) await this.#pause();
      if (!this.#mayGoOn(epoch)) return false;
      const face = await this.#describeStored(id);
      if (!this.#mayGoOn(epoch)) return false;
      if (face === undefined) this.#unusable.add(id);
      else this.#options.store.faceDescriptors.add(id, face);
    }
    return true;
  }

  #mayGoOn(epoch: number): boolean {
    return epoch === this.#epoch && !this.#isClosed && this.isOn;
  }

  /** A photo that cannot be read or shows no face is left out, and the others are gone on with. */
  async #describeStored(id: string): Promise<EngineDescriptor | undefined> {
    try {
      const jpeg = this.#options.store.records.photo(id);
      return jpeg && (await this.#describe(jpeg));
    } catch {
      return undefined;
    }
  }

  /** Leaves the processor to others for a while; closing does not wait for it. */
  async #pause(): Promise<void> {
    if (this.#isClosed) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, pauseMs);
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
  }
}

/** A person is not found under the own number, nor under that of the holder's earlier card. */
function numbersOf({ card }: Draft): readonly string[] {
  if (card === undefined) return [];
  const { fields } = card;
  const former = fields.kind === 'foreigner-2023' ? fields.formerNumber : undefined;
  return former === undefined ? [fields.number] : [fields.number, former];
}
