import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { StationError } from '../../contract/errors.ts';
import type { OpenReader, ReaderFinder, ReaderPort } from '../reader-module.ts';
import { readSamNumber } from '../sam/sam-number.ts';
import { endedWithin } from '../transport/time-limit.ts';
import { findLibrary, type VendorLibrary } from './decoder-search.ts';
import { type Helper, type HelperOptions, HelperProcess } from './helper-process.ts';
import { asReaderTrouble, defaultSpareMs, openSdtPort, type SdtApiModule } from './sdtapi-module.ts';
import { SdtApiSweep } from './sdtapi-sweep.ts';

export interface SdtApiFinderOptions {
  /** Folders that may hold the maker's library, see `vendorFolders`. */
  readonly folders: readonly string[];
  /** Folder for temporary files of the library, made and removed by the finder. */
  readonly temporaryFolder: string;
  /** Serial ports 1..16 (COM1..COM16) that are asked too; none unless the operator names them. */
  readonly serialPorts?: readonly number[];
  /** Time that a library gets beyond a command's own before it is taken for hanging, in milliseconds. */
  readonly spareMs?: number;
  /** A library that cannot be used, or a port on which it hung or crashed, is left alone for this long at first, in ms. */
  readonly restMs?: number;
  /** How long a search waits for the library at most, in milliseconds. */
  readonly listMs?: number;
  readonly createHelper?: (options: HelperOptions) => Helper;
}

const libraryNames = process.platform === 'win32' ? ['sdtapi.dll'] : ['libsdtapi.so'];

/** Ports of USB readers in the makers' numbering. */
const usbPorts: readonly number[] = Array.from({ length: 16 }, (_, index) => 1001 + index);

const defaultRestMs = 10_000;

/** A slow library does not hold up the search on other ways: what is known by then is told. */
const defaultListMs = 500;

const isUsb = (port: number): boolean => port > 1000;

/** The library in use, the process that holds the ports of readers in service, and the search for further ones. */
interface Running extends VendorLibrary {
  readonly helper: Helper;
  readonly sweep: SdtApiSweep;
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
  /** Readers in service; undefined while one is being opened. */
  readonly #open = new Map<number, SdtApiModule | undefined>();
  #running: Running | undefined;
  /** File of a library that is there and may not be used. */
  #refused: string | undefined;
  #looking: Promise<void> | undefined;

  constructor(options: SdtApiFinderOptions) {
    this.#options = {
      serialPorts: [],
      spareMs: defaultSpareMs,
      restMs: defaultRestMs,
      listMs: defaultListMs,
      createHelper: (helperOptions) => new HelperProcess(helperOptions),
      ...options,
    };
  }

  /**
   * The ports that the library could open when they were asked last, and those that are in use. None without a library;
   * one that tells of the trouble where a library cannot be used. Never rejects.
   */
  async ports(): Promise<readonly ReaderPort[]> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    await this.#looking;
    this.#forgetLost();
    const running = this.#running;
    if (running === undefined) return this.#refused === undefined ? [] : [unusablePort(this.#refused)];
    await endedWithin(running.sweep.sweep(), this.#options.listMs);
    return this.#listed(running);
  }

  /** Ends the library's processes; open readers are lost. Never rejects. */
  async close(): Promise<void> {
    await this.#looking;
    await this.#end();
  }

  get #allPorts(): readonly number[] {
    return [...usbPorts, ...this.#options.serialPorts];
  }

  #listed(running: Running): readonly ReaderPort[] {
    const { found, isUnusable } = running.sweep;
    const ports = this.#allPorts.filter((port) => found.has(port) || this.#isInUse(port));
    const listed = ports.map((port) => this.#readerPort(running, port));
    return isUnusable ? [unusablePort(basename(running.library)), ...listed] : listed;
  }

  /** Looks which library there is now. */
  async #look(): Promise<void> {
    const search = await findLibrary(this.#options.folders, libraryNames);
    this.#refused = search.kind === 'refused' ? search.file : undefined;
    if (search.kind === 'found') await this.#use(search.found);
    else await this.#end();
  }

  async #end(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    this.#running = undefined;
    await Promise.all([running.helper.stop(), running.sweep.stop()]);
    await rm(this.#options.temporaryFolder, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }

  async #use(found: VendorLibrary): Promise<void> {
    const running = this.#running;
    if (running?.library === found.library && running.program === found.program) return;
    await this.#end();
    const { temporaryFolder, createHelper, restMs, spareMs } = this.#options;
    await mkdir(temporaryFolder, { recursive: true, mode: 0o700 }).catch(() => undefined);
    const { program, library } = found;
    const newHelper = () => createHelper({ program, libraryFolder: dirname(library), temporaryFolder });
    const sweep = new SdtApiSweep({
      library: { helper: newHelper(), library, spareMs },
      ports: this.#allPorts,
      restMs,
      isInUse: (port) => this.#isInUse(port),
    });
    this.#running = { ...found, helper: newHelper(), sweep };
  }

  /** A lost reader's port may be empty now, so it is asked again before it is listed. */
  #forgetLost(): void {
    for (const [port, module] of this.#open) {
      if (module === undefined || module.holdsPort) continue;
      this.#open.delete(port);
      if (module.isLost) this.#running?.sweep.forget(port);
    }
  }

  #isInUse(port: number): boolean {
    if (!this.#open.has(port)) return false;
    return this.#open.get(port)?.holdsPort ?? true;
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
    const module = await this.#openModule(running, port, signal);
    const samNumber = await numberOrClose(module, signal);
    return {
      module,
      transport: 'sdtapi',
      address: isUsb(port) ? `USB ${port}` : `COM${port}`,
      samNumber,
      driver: basename(running.library),
    };
  }

  async #openModule(running: Running, port: number, signal: AbortSignal): Promise<SdtApiModule> {
    if (this.#isInUse(port)) throw new StationError('reader.port-busy');
    this.#open.set(port, undefined);
    try {
      await running.sweep.leave(port);
      if (signal.aborted || running !== this.#running) throw new StationError('reader.unplugged');
      const { helper, library } = running;
      const module = await openSdtPort({ helper, library, port, spareMs: this.#options.spareMs });
      this.#open.set(port, module);
      return module;
    } catch (cause) {
      this.#open.delete(port);
      running.sweep.forget(port);
      throw asReaderTrouble(cause);
    }
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
