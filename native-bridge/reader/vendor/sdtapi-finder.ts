import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { StationError } from '../../contract/errors.ts';
import { libraryStatus, moduleStatus } from '../../contract/reader-status.ts';
import type { OpenReader, ReaderFinder, ReaderPort } from '../reader-module.ts';
import { samCommands } from '../sam/commands.ts';
import { readSamNumber } from '../sam/sam-number.ts';
import { findLibrary, type VendorLibrary } from './decoder-search.ts';
import { type Helper, HelperFault, type HelperOptions, HelperProcess } from './helper-process.ts';
import { asReaderTrouble, callSdt, defaultSpareMs, SdtApiModule, type SdtPort } from './sdtapi-module.ts';

export interface SdtApiFinderOptions {
  /** Folders that may hold the maker's library, see `vendorFolders`. */
  readonly folders: readonly string[];
  /** Folder for temporary files of the library, made and removed by the finder. */
  readonly temporaryFolder: string;
  /** Serial ports 1..16 (COM1..COM16) that are asked too; none unless the operator names them. */
  readonly serialPorts?: readonly number[];
  /** Time that a library gets beyond a command's own before it is taken for hanging, in milliseconds. */
  readonly spareMs?: number;
  /** A library that hung or crashed while its ports were asked is left alone for this long, in milliseconds. */
  readonly restMs?: number;
  readonly createHelper?: (options: HelperOptions) => Helper;
}

const libraryNames = process.platform === 'win32' ? ['sdtapi.dll'] : ['libsdtapi.so'];

/** Ports of USB readers in the makers' numbering. */
const usbPorts: readonly number[] = Array.from({ length: 16 }, (_, index) => 1001 + index);

/** Ports that were not asked by then wait for the next search: a library may take its time over each. */
const sweepMs = 2000;

const defaultRestMs = 10_000;

/** How old a look at the ports may be, in milliseconds; a look holds up the readers that the library serves. */
const sweepAgeMs = { idle: 1500, serving: 15_000 };

const isUsb = (port: number): boolean => port > 1000;

/** The library in use and the process that holds its ports. */
interface Running extends VendorLibrary {
  readonly helper: Helper;
}

function openTrouble(value: number): StationError {
  return new StationError(libraryStatus(value).code ?? 'reader.port-unavailable', `sdtapi ${value.toString(16)}`);
}

/** Opens a port. Rejects with a `reader.*` code or a `HelperFault`. */
async function openPort(port: SdtPort): Promise<SdtApiModule> {
  const answer = await callSdt(port, 'SDT_OpenPort', samCommands.reset.waitMs);
  const { identity } = port.helper;
  if (answer.kind !== 'sdt' || identity === undefined) throw new StationError('reader.library-unusable');
  if (moduleStatus(answer.value).class !== 'ok') throw openTrouble(answer.value);
  return new SdtApiModule(port, identity);
}

/** What stands for a library that is there and cannot be used, so that the operator hears of it. */
const unusablePort = (file: string): ReaderPort => ({
  key: 'sdtapi:library',
  isKnownReader: true,
  open: () => Promise.reject(new StationError('reader.library-unusable', file)),
});

/** Finds readers through the makers' common library, which is looked for at every search. */
export class SdtApiFinder implements ReaderFinder {
  readonly #options: Required<SdtApiFinderOptions>;
  readonly #open = new Map<number, SdtApiModule>();
  #running: Running | undefined;
  #restsUntil = 0;
  #sweptAt = -Infinity;
  #swept: readonly ReaderPort[] = [];

  constructor(options: SdtApiFinderOptions) {
    this.#options = {
      serialPorts: [],
      spareMs: defaultSpareMs,
      restMs: defaultRestMs,
      createHelper: (helperOptions) => new HelperProcess(helperOptions),
      ...options,
    };
  }

  /**
   * The ports that the library can open now, and those that are open. None without a library; one that tells of the
   * trouble where a library cannot be used. Never rejects.
   */
  async ports(): Promise<readonly ReaderPort[]> {
    const search = await findLibrary(this.#options.folders, libraryNames);
    if (search.kind !== 'found') {
      await this.close();
      return search.kind === 'refused' ? [unusablePort(search.file)] : [];
    }
    if (performance.now() < this.#restsUntil) return [];
    const running = await this.#use(search.found);
    const isServing = [...this.#open.keys()].some((port) => this.#isOpen(port));
    if (performance.now() - this.#sweptAt < sweepAgeMs[isServing ? 'serving' : 'idle']) return this.#swept;
    return this.#sweep(running).catch((cause: unknown) => this.#rest(cause, search.found));
  }

  /** Ends the library's process; open readers are lost. Never rejects. */
  async close(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.helper.stop();
    this.#sweptAt = -Infinity;
    if (running !== undefined) await this.#wipe();
  }

  async #wipe(): Promise<void> {
    await rm(this.#options.temporaryFolder, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }

  async #use(found: VendorLibrary): Promise<Running> {
    const running = this.#running;
    if (running?.library === found.library && running.program === found.program) return running;
    await this.close();
    const { temporaryFolder, createHelper } = this.#options;
    await mkdir(temporaryFolder, { recursive: true, mode: 0o700 }).catch(() => undefined);
    const { program, library } = found;
    const helper = createHelper({ program, libraryFolder: dirname(library), temporaryFolder });
    this.#running = { ...found, helper };
    return this.#running;
  }

  #rest(cause: unknown, { library }: VendorLibrary): readonly ReaderPort[] {
    this.#restsUntil = performance.now() + this.#options.restMs;
    return asReaderTrouble(cause).code === 'reader.library-unusable' ? [unusablePort(basename(library))] : [];
  }

  async #sweep(running: Running): Promise<readonly ReaderPort[]> {
    const found: ReaderPort[] = [];
    this.#swept = found;
    const until = performance.now() + sweepMs;
    for (const port of [...usbPorts, ...this.#options.serialPorts]) {
      if (performance.now() >= until) break;
      if (await this.#exists(this.#sdtPort(running, port))) found.push(this.#readerPort(running, port));
    }
    this.#sweptAt = performance.now();
    return found;
  }

  #sdtPort({ helper, library }: Running, port: number): SdtPort {
    return { helper, library, port, spareMs: this.#options.spareMs };
  }

  /** Whether the port can be opened. Rejects with a `HelperFault` or `reader.library-unusable`. */
  async #exists(port: SdtPort): Promise<boolean> {
    if (this.#isOpen(port.port)) return true;
    try {
      await (await openPort(port)).close();
      return true;
    } catch (cause) {
      const isAnswer = cause instanceof StationError && cause.code !== 'reader.library-unusable';
      if (cause instanceof HelperFault || !isAnswer) throw cause;
      return false;
    }
  }

  #isOpen(port: number): boolean {
    const module = this.#open.get(port);
    return module !== undefined && !module.isClosed;
  }

  #readerPort(running: Running, port: number): ReaderPort {
    return {
      key: `sdtapi:${port}`,
      // A serial port that can be opened may have anything behind it.
      isKnownReader: isUsb(port),
      open: (signal) => this.#openReader(running, port, signal),
    };
  }

  async #openReader(running: Running, port: number, signal: AbortSignal): Promise<OpenReader> {
    if (signal.aborted) throw new StationError('reader.unplugged');
    if (this.#isOpen(port)) throw new StationError('reader.port-busy');
    const module = await openPort(this.#sdtPort(running, port)).catch((cause: unknown) => {
      throw asReaderTrouble(cause);
    });
    this.#open.set(port, module);
    const samNumber = await numberOrClose(module, signal);
    return {
      module,
      transport: 'sdtapi',
      address: isUsb(port) ? `USB ${port}` : `COM${port}`,
      samNumber,
      driver: basename(running.library),
    };
  }
}

/** The module's number; the port is given back when there is none, at once when it is called off. */
async function numberOrClose(module: SdtApiModule, signal: AbortSignal): Promise<string> {
  const giveBack = () => void module.close();
  signal.addEventListener('abort', giveBack, { once: true });
  try {
    if (signal.aborted) throw new StationError('reader.unplugged');
    return await readSamNumber(module);
  } catch (cause) {
    await module.close();
    throw cause;
  } finally {
    signal.removeEventListener('abort', giveBack);
  }
}
