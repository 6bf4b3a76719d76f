import type * as pcsc from 'pcsc-mini';
import type { Card, Client, Reader, ReaderStatusFlags, Transaction } from 'pcsc-mini';
import { type ErrorCode, StationError } from '../../contract/errors.ts';
import type {
  CardSession,
  OpenSmartCardService,
  SlotState,
  SlotWatcher,
  SmartCardService,
} from './smart-card-service.ts';

/** Loaded only when readers are wanted: on a system without PC/SC library loading fails, and that is a state. */
type Library = typeof pcsc;

/** The library's error codes; every other one is a fault of the reader. */
const meanings: Readonly<Record<string, ErrorCode>> = {
  RemovedCard: 'card.moved',
  ResetCard: 'card.moved',
  NoSmartCard: 'card.moved',
  NotTransacted: 'card.moved',
  UnresponsiveCard: 'other-card.unreadable',
  UnpoweredCard: 'other-card.unreadable',
  UnsupportedCard: 'other-card.unreadable',
  UnknownCard: 'other-card.unreadable',
  ProtocolMismatch: 'other-card.unreadable',
  SharingViolation: 'reader.busy',
  UnknownReader: 'reader.unplugged',
  ReaderUnavailable: 'reader.unplugged',
  NoReadersAvailable: 'reader.unplugged',
  NoService: 'reader.pcsc-unavailable',
  ServiceStopped: 'reader.pcsc-unavailable',
  CommError: 'reader.pcsc-unavailable',
};

function stationError(cause: unknown): StationError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  return new StationError(meanings[code] ?? 'reader.module-fault', `PC/SC ${code}`);
}

/** Runs one call of the library and turns its error into one of the station's. */
async function translated<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw stationError(cause);
  }
}

/** T=0 has no command with data and expected length at once: what the card has is fetched after 61xx. */
function forCharacterProtocol(command: Uint8Array): Uint8Array {
  const dataLength = command[4] ?? 0;
  return dataLength > 0 && command.length === dataLength + 6 ? command.subarray(0, -1) : command;
}

class SystemCardSession implements CardSession {
  readonly atr: Uint8Array;
  readonly #library: Library;
  readonly #card: Card;
  readonly #transaction: Transaction;
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(library: Library, card: Card, transaction: Transaction, atr: Uint8Array) {
    this.#library = library;
    this.#card = card;
    this.#transaction = transaction;
    this.atr = atr;
  }

  transmit(command: Uint8Array): Promise<Uint8Array> {
    const usesCharacters = this.#card.protocol() === this.#library.Protocol.T0;
    const sent = usesCharacters ? forCharacterProtocol(command) : command;
    // The library hands out a view of a buffer of its own.
    const answer = translated(async () => Uint8Array.from(await this.#card.transmit(sent)));
    this.#underWay = answer.catch(() => undefined);
    return answer;
  }

  async close(): Promise<void> {
    const { LEAVE } = this.#library.CardDisposition;
    await this.#underWay;
    // A card that was taken away has ended both already, and says so.
    await this.#transaction.end(LEAVE).catch(() => undefined);
    await this.#card.disconnect(LEAVE).catch(() => undefined);
  }
}

async function openSession(library: Library, reader: Reader): Promise<CardSession> {
  const card = await translated(() => reader.connect(library.CardMode.SHARED, library.Protocol.ANY));
  try {
    const transaction = await translated(() => card.transaction());
    // The ATR that comes with the change of the slot is not to be relied on: its bytes may be somebody else's by then.
    const { atr } = await translated(() => card.state());
    return new SystemCardSession(library, card, transaction, Uint8Array.from(atr));
  } catch (error) {
    await card.disconnect(library.CardDisposition.LEAVE).catch(() => undefined);
    throw error;
  }
}

function slotState({ ReaderStatus }: Library, status: ReaderStatusFlags): SlotState {
  return {
    isPresent: status.has(ReaderStatus.PRESENT),
    isMute: status.has(ReaderStatus.MUTE),
    // Upper half of the state word, in WinSCard and pcsclite alike.
    events: status.raw >>> 16,
  };
}

/**
 * The library waits for changes in a thread of its own. Told to stop in the moment between two waits, that thread goes on
 * to wait for up to a minute, and whoever told it is held up as long, the whole process with it. So it is told when it has
 * been waiting for a while: the moment is shorter than a millisecond.
 */
const settledMs = 500;

class SystemSmartCardService implements SmartCardService {
  readonly #library: Library;
  readonly #client: Client;
  readonly #watcher: SlotWatcher;
  #isStopped = false;
  /** When the library's thread began to wait, as far as its news tell; milliseconds that never count back. */
  #waitsSince = performance.now();

  constructor(library: Library, watcher: SlotWatcher) {
    this.#library = library;
    this.#watcher = watcher;
    this.#client = new library.Client();
    this.#client.on('reader', (reader) => this.#watch(reader));
    this.#client.on('error', () => this.#lose());
    this.#client.start();
  }

  async connect(readerName: string): Promise<CardSession> {
    const reader = this.#client.reader(readerName);
    if (reader === undefined) throw new StationError('reader.unplugged');
    return openSession(this.#library, reader);
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#detachSettled();
  }

  /** A process that ends meanwhile takes the thread with it. */
  #detachSettled(): void {
    const missingMs = settledMs - (performance.now() - this.#waitsSince);
    if (missingMs > 0) return void setTimeout(() => this.#detachSettled(), missingMs).unref();
    try {
      this.#client.stop();
    } catch {
      // Without a service there is nothing left to detach from.
    }
  }

  #watch(reader: Reader): void {
    const name = reader.name();
    this.#waitsSince = performance.now();
    reader.on('change', (status) => {
      this.#waitsSince = performance.now();
      if (!this.#isStopped) this.#watcher.changed(name, slotState(this.#library, status));
    });
    reader.on('disconnect', () => {
      this.#waitsSince = performance.now();
      if (!this.#isStopped) this.#watcher.gone(name);
    });
  }

  #lose(): void {
    if (this.#isStopped) return;
    this.stop();
    this.#watcher.lost();
  }
}

/** Connects with the system's smart-card service; see `OpenSmartCardService`. */
export const openSystemSmartCards: OpenSmartCardService = async (watcher) => {
  try {
    return new SystemSmartCardService(await import('pcsc-mini'), watcher);
  } catch (cause) {
    throw new StationError('reader.pcsc-unavailable', stationError(cause).detail);
  }
};
