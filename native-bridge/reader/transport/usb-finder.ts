import { StationError } from '../../contract/errors.ts';
import { findKnownReader, type KnownReader, printUsbIds } from '../known-readers.ts';
import { openSam } from '../open-sam.ts';
import { pause } from '../pause.ts';
import type { OpenReader, ReaderFinder, ReaderPort } from '../reader-module.ts';
import {
  claimUsbReader,
  type DriverLookup,
  systemDriverOf,
  type UsbBulkDevice,
  type UsbForm,
  usbPlace,
} from './usb-device.ts';
import { openUsbLink } from './usb-link.ts';

/** Lists the USB devices of this computer. */
export type UsbDevices = () => Promise<readonly UsbBulkDevice[]>;

/** Loaded on first use: a computer on which the package cannot be loaded has no USB readers, but runs. */
export const systemUsbDevices: UsbDevices = async () => (await import('usb')).usb.getDevices();

/**
 * A reader that takes no split frames got half a frame by the try; it complains some time after (GA 467 status 11). That
 * answer has to be there before the next form's draining, or it would be taken for the next command's: with the probe's
 * own wait this makes a second since the half frame.
 */
const settlingMs = 700;

/** A try takes 0.45 s and a module 1.5 s from power on to its first answer: only then may it have changed its form. */
const triesOfKnownForm = 5;

/** The forms to try one after the other, by their indices. A module that is only booting answers by none at first. */
function formsToTry(count: number, known: number | undefined): readonly number[] {
  if (count < 2) return [0];
  // The whole form twice and the split one again: whichever it is, one try lies soon after a boot of 1.5 s.
  if (known === undefined) return [0, 1, 1, 0];
  return [...Array<number>(triesOfKnownForm).fill(known), (known + 1) % count];
}

const isSplit = ({ outs }: UsbForm): boolean => outs.length > 1;

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
    const known = this.#lastForm.get(address);
    for (let attempt = 0; !signal.aborted; attempt++) {
      const claimed = await claimUsbReader(device, this.#driverOf);
      const [index, next] = formsToTry(claimed.forms.length, known).slice(attempt);
      const form = claimed.forms[index ?? -1];
      if (index === undefined || form === undefined) {
        await claimed.release();
        break;
      }
      const reader = await openSam(await openUsbLink(claimed, form, address), { model, driver: 'nusb' }, signal);
      if (reader !== undefined) return this.#remember(index, reader);
      if (isSplit(form) && next !== undefined && next !== index) await pause(signal, settlingMs);
    }
    throw new StationError('reader.no-answer');
  }

  #remember(index: number, reader: OpenReader): OpenReader {
    this.#lastForm.set(reader.address, index);
    return reader;
  }
}
