import { join } from 'node:path';
import { asStationError, type ErrorCode } from '../contract/errors.ts';
import type { OtherCard } from '../contract/other-card.ts';
import type { ListedReader, PortraitDecoderState, ReaderState, SelfTestProgress } from '../contract/reader.ts';
import { type EthnicGroups, readCardText } from '../reader/card/card-text.ts';
import type { IdentityData } from '../reader/pcsc/identity-pages.ts';
import { type PcscListener, PcscReaders } from '../reader/pcsc/pcsc-readers.ts';
import type { OpenSmartCardService, SlotWatcher, SmartCardService } from '../reader/pcsc/smart-card-service.ts';
import { openSystemSmartCards } from '../reader/pcsc/system-smart-cards.ts';
import type { PortraitDecoder } from '../reader/portrait/portrait-decoder.ts';
import { type FleetListener, ReaderFleet } from '../reader/reader-fleet.ts';
import { foremostReader } from '../reader/reader-places.ts';
import { fleetPlan } from '../reader/reader-plan.ts';
import { HidFinder } from '../reader/transport/hid-finder.ts';
import { UsbFinder } from '../reader/transport/usb-finder.ts';
import { SdtApiFinder } from '../reader/vendor/sdtapi-finder.ts';
import { vendorFolders } from '../reader/vendor/vendor-folder.ts';
import { ReaderSelfTests } from './reader-self-test.ts';
import type { SettingsDesk } from './settings-desk.ts';

export interface ReaderDeskOptions extends FleetListener {
  readonly settings: SettingsDesk;
  readonly ethnicGroups: () => EthnicGroups;
  readonly stationVersion: string;
  readonly dataFolder: string;
  readonly decoder: PortraitDecoder;
  readonly now: () => Date;
  /** The system's smart-card service unless given. */
  readonly openSmartCards?: OpenSmartCardService;
  /** A card on a PC/SC reader that is no identity card. */
  onOtherCard(card: OtherCard): void;
  /** A self-test goes on. */
  onSelfTest(progress: SelfTestProgress): void;
}

/** A PC/SC reader on which an identity card was read. */
interface PcscReader {
  readonly name: string;
  readonly readMs: number;
}

/** The station's readers: which are served, how they are, and what each says about itself. */
export class ReaderDesk {
  readonly #options: ReaderDeskOptions;
  readonly #sdtApi: SdtApiFinder;
  readonly #fleet: ReaderFleet;
  readonly selfTests: ReaderSelfTests;
  #pcsc: PcscReaders | undefined;
  /** Whether service is wanted: from `start` to `stop`. */
  #wanted = false;
  /** Beginnings and halts, one after the other, so that never two watchers read the same card. */
  #steps: Promise<void> = Promise.resolve();

  constructor(options: ReaderDeskOptions) {
    this.#options = options;
    this.#sdtApi = new SdtApiFinder({
      folders: vendorFolders(options.dataFolder),
      temporaryFolder: join(options.dataFolder, 'reader-library'),
    });
    this.#fleet = new ReaderFleet(this.#plan(), options.ethnicGroups, {
      onCard: (card, reader) => options.onCard(card, reader),
      onCardTrouble: (code, detail) => options.onCardTrouble(code, detail),
      onReaders: () => this.#tell(),
    });
    this.selfTests = new ReaderSelfTests({
      ...options,
      fleet: this.#fleet,
      onSteps: (progress) => options.onSelfTest(progress),
    });
  }

  get list(): readonly ListedReader[] {
    return [...this.#fleet.readers, ...(this.#pcsc?.state.readers ?? [])];
  }

  /**
   * The reader that matters most to the operator. An ordinary PC/SC reader is ready for other cards only, so it counts
   * once it has shown that it reads identity cards.
   */
  get foremost(): ReaderState {
    const known = this.#options.settings.identityPcscReaders;
    const { readers = [], code } = this.#pcsc?.state ?? {};
    const identity = readers.filter(({ address }) => known.includes(address ?? ''));
    const served = foremostReader([...this.#fleet.readers, ...identity]);
    if (served === undefined) {
      return known.length > 0 && code !== undefined ? { state: 'trouble', code } : this.#fleet.foremost;
    }
    const { id: _id, ...state } = served;
    return state;
  }

  start(): void {
    this.#wanted = true;
    this.#fleet.start();
    void this.#afterwards(async () => this.#watchPcsc());
  }

  stop(): Promise<void> {
    this.#wanted = false;
    return this.#afterwards(async () => {
      await Promise.all([this.#fleet.stop(), this.#leavePcsc()]);
      await this.#sdtApi.close();
    });
  }

  /** Goes over to the readers that the settings name now. */
  useSettings(): Promise<void> {
    return this.#afterwards(async () => {
      await Promise.all([this.#fleet.use(this.#plan()), this.#leavePcsc()]);
      if (!this.#options.settings.served.automatic) await this.#sdtApi.close();
      this.#watchPcsc();
      this.#tell();
    });
  }

  #afterwards(step: () => Promise<void>): Promise<void> {
    const done = this.#steps.then(step);
    this.#steps = done.catch(() => undefined);
    return done;
  }

  /** Whether portraits can be decoded here, and by what. */
  decoderState(): Promise<PortraitDecoderState> {
    return this.#options.decoder.state();
  }

  #plan() {
    // The native way comes first: a reader that both ways lead to is served by the one that finds it first.
    return fleetPlan(this.#options.settings.served, [new UsbFinder(), new HidFinder(), this.#sdtApi]);
  }

  #watchPcsc(): void {
    if (!this.#wanted || !this.#options.settings.served.automatic) return;
    const listener: PcscListener = {
      onIdentityCard: (data, reader) => this.#identityCard(data, reader),
      onOtherCard: (card) => this.#options.onOtherCard(card),
      onCardTrouble: ({ code }) => this.#pcscTrouble(code),
      onRemoved: () => undefined,
      onReaders: () => this.#tell(),
    };
    this.#pcsc = new PcscReaders(listener, (watcher) => this.#openSmartCards(watcher));
    this.#pcsc.start();
  }

  async #leavePcsc(): Promise<void> {
    const pcsc = this.#pcsc;
    this.#pcsc = undefined;
    await pcsc?.stop();
  }

  /** A reader that is excluded by its name is as good as absent: a key for signatures may always be in it. */
  #openSmartCards(watcher: SlotWatcher): Promise<SmartCardService> {
    const { openSmartCards = openSystemSmartCards, settings } = this.#options;
    const { excludedPorts } = settings.served;
    return openSmartCards({
      changed: (name, slot) => !excludedPorts.includes(name) && watcher.changed(name, slot),
      gone: (name) => !excludedPorts.includes(name) && watcher.gone(name),
      lost: () => watcher.lost(),
    });
  }

  /** The ordinary side of a combined reader sees the card that its identity side is reading. */
  #pcscTrouble(code: ErrorCode): void {
    const isRead = this.#fleet.readers.some(({ state }) => state === 'reading' || state === 'lift-card');
    if (code !== 'card.wrong-reader' || !isRead) this.#options.onCardTrouble(code, undefined);
  }

  /** The pages hold what a module answers to the read command; the newest address and the number are not among them. */
  #identityCard({ text, photoBlock }: IdentityData, { name, readMs }: PcscReader): void {
    const options = this.#options;
    options.settings.rememberIdentityPcscReader(name);
    try {
      const fields = readCardText(text, options.ethnicGroups());
      const card = { fields, photoBlock, readMs, fingerprints: undefined, statusPath: [] };
      options.onCard(
        { ...card, newestAddress: Promise.resolve(undefined) },
        { transport: 'pcsc', samNumber: undefined, model: name },
      );
    } catch (cause) {
      const { code, detail } = asStationError(cause);
      options.onCardTrouble(code, detail);
    }
  }

  #tell(): void {
    this.#options.onReaders(this.list, this.foremost);
  }
}
