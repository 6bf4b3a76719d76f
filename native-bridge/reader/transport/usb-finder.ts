import { setTimeout as wait } from 'node:timers/promises';
import { StationError } from '../../contract/errors.ts';
import { findKnownReader, type KnownReader, printUsbIds } from '../known-readers.ts';
import { openSam } from '../open-sam.ts';
import type { OpenReader, ReaderFinder, ReaderPort } from '../reader-module.ts';
import {
  type ClaimedUsbReader,
  claimUsbReader,
  type DriverLookup,
  systemDriverOf,
  type UsbBulkDevice,
  usbPlace,
} from './usb-device.ts';
import { openUsbLink } from './usb-link.ts';

/** Lists the USB devices of this computer. */
export type UsbDevices = () => Promise<readonly UsbBulkDevice[]>;

/** Loaded on first use: a computer on which the package cannot be loaded has no USB readers, but runs. */
export const systemUsbDevices: UsbDevices = async () => (await import('usb')).usb.getDevices();

/**
 * A reader that takes no split frames got half a frame by the try; it complains some time after (GA 467 status 11). That
 * answer has to be there before the next form's draining, or it would be taken for the next command's.
 */
const settlingMs = 1000;

/** Finds known readers with bulk endpoints. */
export class UsbFinder implements ReaderFinder {
  readonly #devices: UsbDevices;
  readonly #driverOf: DriverLookup;
  /** Index of the form by which a reader answered last, by its address. */
  readonly #lastForm = new Map<string, number>();

  constructor(devices: UsbDevices = systemUsbDevices, driverOf: DriverLookup = systemDriverOf) {
    this.#devices = devices;
    this.#driverOf = driverOf;
  }

  async ports(): Promise<readonly ReaderPort[]> {
    const devices = await this.#devices().catch(() => []);
    return devices.flatMap((device) => {
      const known = findKnownReader(device, 'bulk');
      return known === undefined ? [] : [this.#port(device, known)];
    });
  }

  #port(device: UsbBulkDevice, known: KnownReader): ReaderPort {
    const address = `${printUsbIds(device)} ${usbPlace(device)}`;
    return {
      key: `usb:${address}`,
      isKnownReader: true,
      open: (signal) => this.#open(device, known.model, address, signal),
    };
  }

  /**
   * The module by the first form by which one answers; a driver says nothing of which one a reader takes. Where one was
   * found before, its form comes first.
   */
  async #open(device: UsbBulkDevice, model: string, address: string, signal: AbortSignal): Promise<OpenReader> {
    const first = this.#lastForm.get(address) ?? 0;
    for (let attempt = 0; !signal.aborted; attempt++) {
      const claimed = await claimUsbReader(device, this.#driverOf);
      if (attempt >= claimed.forms.length) {
        await claimed.release();
        break;
      }
      const index = (first + attempt) % claimed.forms.length;
      const reader = await this.#tryForm(claimed, index, { address, model }, signal);
      if (reader !== undefined) return reader;
    }
    throw new StationError('reader.no-answer');
  }

  async #tryForm(
    claimed: ClaimedUsbReader,
    index: number,
    { address, model }: { readonly address: string; readonly model: string },
    signal: AbortSignal,
  ): Promise<OpenReader | undefined> {
    const form = claimed.forms[index];
    if (form === undefined) return undefined;
    const link = await openUsbLink(claimed, form, address);
    const reader = await openSam(link, { model, driver: 'nusb' }, signal);
    if (reader !== undefined) this.#lastForm.set(address, index);
    else if (claimed.forms.length > 1) await wait(settlingMs, undefined, { signal }).catch(() => undefined);
    return reader;
  }
}
