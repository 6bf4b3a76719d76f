import { StationError } from '../../contract/errors.ts';
import { openSam } from '../open-sam.ts';
import type { OpenReader, ReaderFinder, ReaderPort } from '../reader-module.ts';
import { type SerialPortInfo, type SerialPorts, systemSerialPorts } from './serial-link.ts';

/** Speeds in the order in which modules in the field have them. */
export const baudRates: readonly number[] = [115_200, 9600, 57_600, 38_400, 19_200];

/** Where a module was before, the other speeds are tried at every so manieth attempt only: it may just have no power. */
const allSpeedsEvery = 4;

/** After so many attempts in vain the port counts as unknown again: another device may have taken its name. */
const attemptsUntilUnknown = 20;

interface LastModule {
  readonly speed: number;
  readonly attempts: number;
}

/** Finds modules on serial ports; on a port where one was, its speed is tried first and mostly. */
export class SerialFinder implements ReaderFinder {
  readonly #ports: SerialPorts;
  readonly #isExcluded: (path: string) => boolean;
  readonly #last = new Map<string, LastModule>();

  /** Ports that are excluded are listed by nobody and never opened. */
  constructor(isExcluded: (path: string) => boolean = () => false, ports: SerialPorts = systemSerialPorts) {
    this.#ports = ports;
    this.#isExcluded = isExcluded;
  }

  async ports(): Promise<readonly ReaderPort[]> {
    const listed = await this.#ports.list().catch(() => []);
    return listed.filter(({ path }) => !this.#isExcluded(path)).map((info) => this.port(info));
  }

  /** One port, whether or not the system lists it. */
  port(info: SerialPortInfo): ReaderPort {
    return {
      key: `serial:${info.path}`,
      isKnownReader: this.#last.has(info.path),
      open: (signal) => this.#open(info, signal),
    };
  }

  /** The module at the first speed at which one answers; one status frame for each speed. */
  async #open({ path, driver }: SerialPortInfo, signal: AbortSignal): Promise<OpenReader> {
    for (const baudRate of this.#speedsFor(path)) {
      if (signal.aborted) break;
      const link = await this.#ports.open(path, baudRate);
      const reader = await openSam(link, { baudRate, ...(driver && { driver }) }, signal);
      if (reader === undefined) continue;
      this.#last.set(path, { speed: baudRate, attempts: 0 });
      return reader;
    }
    throw new StationError('reader.silent-port');
  }

  #speedsFor(path: string): readonly number[] {
    const last = this.#last.get(path);
    if (last === undefined) return baudRates;
    const attempts = last.attempts + 1;
    if (attempts > attemptsUntilUnknown) {
      this.#last.delete(path);
      return baudRates;
    }
    this.#last.set(path, { speed: last.speed, attempts });
    const others = baudRates.filter((speed) => speed !== last.speed);
    return attempts % allSpeedsEvery === 0 ? [last.speed, ...others] : [last.speed];
  }
}
