import type { ListedReader } from '../../contract/reader.ts';
import { closeLimitMs, endedWithin } from '../transport/time-limit.ts';
import { type CardListener, CardSlot } from './card-slot.ts';
import type { OpenSmartCardService, SlotWatcher, SmartCardService } from './smart-card-service.ts';
import { openSystemSmartCards } from './system-smart-cards.ts';

/** All PC/SC readers, and what keeps us from them if something does. */
export interface PcscState {
  readonly readers: readonly ListedReader[];
  readonly code?: 'reader.pcsc-unavailable';
}

export interface PcscListener extends CardListener {
  /** The readers, one of their states or the service has changed. */
  onReaders(state: PcscState): void;
}

type Tell = (service: SmartCardService) => void;

/** How soon a service that does not run is looked for again. */
const retryMs = 3000;

/**
 * Watches every PC/SC reader and reads each card once a presentation. A service that does not run is a state, not an
 * error: it is looked for every few seconds, and readers come and go with it.
 */
export class PcscReaders {
  readonly #listener: PcscListener;
  readonly #open: OpenSmartCardService;
  readonly #slots = new Map<string, CardSlot>();
  #service: SmartCardService | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isUnavailable = false;
  /** Counts connections with the service; what an earlier one says counts for nothing. */
  #connection = 0;
  #leaving: Promise<unknown> = Promise.resolve();

  constructor(listener: PcscListener, open: OpenSmartCardService = openSystemSmartCards) {
    this.#listener = listener;
    this.#open = open;
  }

  get state(): PcscState {
    const readers = [...this.#slots.values()].map(({ name, phase }): ListedReader => ({
      id: `pcsc:${name}`,
      transport: 'pcsc',
      address: name,
      ...phase,
    }));
    return { readers, ...(this.#isUnavailable && { code: 'reader.pcsc-unavailable' }) };
  }

  /** Begins to watch. Never throws and never rejects; call it once. */
  start(): void {
    void this.#connect();
  }

  /** Ends watching; resolves when no reading is under way any more, or after a second with a wedged reader. */
  async stop(): Promise<void> {
    this.#connection++;
    clearTimeout(this.#timer);
    this.#leaveSlots();
    await endedWithin(this.#leaving, closeLimitMs);
    this.#service?.stop();
    this.#service = undefined;
  }

  async #connect(): Promise<void> {
    const connection = ++this.#connection;
    // The service may tell of its readers before it has been handed over.
    const early: Tell[] = [];
    const hear = (tell: Tell) => {
      if (connection !== this.#connection) return;
      if (this.#service) tell(this.#service);
      else early.push(tell);
    };
    try {
      const service = await this.#open(this.#watcher(hear));
      if (connection !== this.#connection) return service.stop();
      this.#service = service;
      this.#setUnavailable(false);
      early.forEach(hear);
    } catch {
      if (connection === this.#connection) this.#retryLater();
    }
  }

  #watcher(hear: (tell: Tell) => void): SlotWatcher {
    return {
      changed: (name, slot) => hear((service) => this.#slotOf(service, name).change(slot)),
      gone: (name) => hear(() => this.#lose(name)),
      lost: () => hear(() => this.#loseService()),
    };
  }

  #slotOf(service: SmartCardService, name: string): CardSlot {
    const known = this.#slots.get(name);
    if (known) return known;
    const slot = new CardSlot(name, service, this.#listener, () => this.#tell());
    this.#slots.set(name, slot);
    this.#tell();
    return slot;
  }

  #lose(name: string): void {
    const slot = this.#slots.get(name);
    this.#slots.delete(name);
    this.#leaving = Promise.all([this.#leaving, slot?.leave()]);
    this.#tell();
  }

  #loseService(): void {
    this.#connection++;
    this.#service = undefined;
    this.#leaveSlots();
    this.#retryLater();
  }

  #leaveSlots(): void {
    const slots = [...this.#slots.values()];
    this.#slots.clear();
    this.#leaving = Promise.all([this.#leaving, ...slots.map((slot) => slot.leave())]);
  }

  #retryLater(): void {
    this.#setUnavailable(true);
    this.#timer = setTimeout(() => void this.#connect(), retryMs);
  }

  #setUnavailable(isUnavailable: boolean): void {
    this.#isUnavailable = isUnavailable;
    this.#tell();
  }

  #tell(): void {
    this.#listener.onReaders(this.state);
  }
}
