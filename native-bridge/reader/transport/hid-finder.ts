import { StationError } from '../../contract/errors.ts';
import { findKnownReader, type KnownReader } from '../known-readers.ts';
import { openSam } from '../open-sam.ts';
import type { OpenReader, ReaderFinder, ReaderPort } from '../reader-module.ts';
import { type HidDevice, openHidLink } from './hid-link.ts';
import { type HidStyle, StrippedStyle, WrappedStyle } from './hid-style.ts';

/** A HID device as the system lists it. */
export interface HidListing {
  readonly vendorId: number;
  readonly productId: number;
  readonly path?: string | undefined;
}

/** The HID devices of this computer. */
export interface HidDevices {
  list(): Promise<readonly HidListing[]>;
  open(path: string): Promise<HidDevice>;
}

/** Loaded on first use: a computer on which the package cannot be loaded has no HID readers, but runs. */
const loadPackage = () => import('node-hid');

export const systemHidDevices: HidDevices = {
  list: async () => (await loadPackage()).devicesAsync(),
  open: async (path) => (await loadPackage()).HIDAsync.open(path),
};

const stylesToTry = (known: KnownReader): readonly HidStyle[] => {
  const styles = { 'hid-wrapped': new WrappedStyle(), 'hid-stripped': new StrippedStyle() };
  if (known.carriage === undefined || known.carriage === 'bulk') return Object.values(styles);
  return [styles[known.carriage]];
};

/** Finds known readers that are HID devices. */
export class HidFinder implements ReaderFinder {
  readonly #devices: HidDevices;

  constructor(devices: HidDevices = systemHidDevices) {
    this.#devices = devices;
  }

  async ports(): Promise<readonly ReaderPort[]> {
    const listed = await this.#devices.list().catch(() => []);
    // A device with several collections is listed several times.
    const byPath = new Map(listed.map((listing) => [listing.path, listing]));
    return [...byPath.values()].flatMap((listing) => {
      const known = findKnownReader(listing, 'hid');
      return known === undefined || !listing.path ? [] : [this.#port(listing.path, known)];
    });
  }

  #port(path: string, known: KnownReader): ReaderPort {
    return { key: `hid:${path}`, isKnownReader: true, open: (signal) => this.#open(path, known, signal) };
  }

  async #open(path: string, known: KnownReader, signal: AbortSignal): Promise<OpenReader> {
    for (const style of stylesToTry(known)) {
      if (signal.aborted) break;
      const link = await openHidLink(() => this.#devices.open(path), style, path);
      const reader = await openSam(link, { model: known.model, driver: 'hidapi' }, signal);
      if (reader !== undefined) return reader;
    }
    throw new StationError('reader.no-answer');
  }
}
