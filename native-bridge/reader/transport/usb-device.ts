import { readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { type ErrorCode, StationError } from '../../contract/errors.ts';
import { endedWithin, openedInTime } from './time-limit.ts';

export interface UsbEndpointInfo {
  readonly endpointNumber: number;
  readonly direction: 'in' | 'out';
  readonly type: string;
  readonly packetSize: number;
}

export interface UsbInterfaceInfo {
  readonly interfaceNumber: number;
  readonly alternate: { readonly interfaceClass: number; readonly endpoints: readonly UsbEndpointInfo[] };
}

export interface UsbConfigurationInfo {
  readonly configurationValue: number;
  readonly interfaces: readonly UsbInterfaceInfo[];
}

/** What is used of a device of the package `usb`. A transfer that runs out of its time rejects with "Cancelled". */
export interface UsbBulkDevice {
  readonly vendorId: number;
  readonly productId: number;
  readonly bus: string;
  /** Port numbers from the root hub to the device. */
  readonly ports: readonly number[];
  /** Throws where none is selected. */
  readonly configuration: UsbConfigurationInfo | null | undefined;
  readonly configurations: readonly UsbConfigurationInfo[];
  open(): Promise<void>;
  close(): Promise<void>;
  selectConfiguration(value: number): Promise<void>;
  claimInterface(interfaceNumber: number): Promise<void>;
  releaseInterface(interfaceNumber: number): Promise<void>;
  detachKernelDriver(interfaceNumber: number): Promise<void>;
  clearHalt(direction: 'in' | 'out', endpointNumber: number): Promise<void>;
  nativeTransferIn(endpointNumber: number, timeoutMs: number, length: number): Promise<Uint8Array | null>;
  nativeTransferOut(endpointNumber: number, timeoutMs: number, data: Uint8Array): Promise<number>;
}

/** The endpoints that frames go out on and come in on: two each for head and rest of a frame, or one for the whole. */
export interface UsbForm {
  readonly outs: readonly number[];
  readonly ins: readonly UsbEndpointInfo[];
}

/** A device whose reader interface is ours until `release`, which never rejects. */
export interface ClaimedUsbReader {
  readonly device: UsbBulkDevice;
  /** The forms that the descriptors allow, the likeliest first. */
  readonly forms: readonly UsbForm[];
  release(): Promise<void>;
}

/** Class of an interface whose protocol is its maker's own. Others (smart card, HID) belong to other drivers. */
const vendorClass = 0xff;

const busyWords = /busy|in use|error (5|32)\b|access denied/i;
const deniedWords = /permission|errno 13\b|driver|not supported|unsupported/i;
const goneWords = /disconnected|not found|no such device|not connected|errno (2|19)\b|error (2|31|1167)\b/i;

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * What the package's words for a refused device mean. Windows names a device that another program holds by error 5, and
 * one whose driver is the maker's instead of WinUSB by "incompatible driver"; Linux denies a device without a udev rule.
 */
export function usbFailureCode(error: unknown): ErrorCode {
  if (error instanceof StationError) return error.code;
  const words = wordsOf(error);
  if (/not configured/i.test(words)) return 'reader.usb-not-configured';
  if (busyWords.test(words)) return 'reader.port-busy';
  if (deniedWords.test(words)) return 'reader.driver-missing';
  return goneWords.test(words) ? 'reader.unplugged' : 'reader.port-unavailable';
}

/** The driver that holds an interface, by the system's own account; only Linux gives one. */
export async function systemDriverOf(device: UsbBulkDevice, interfaceNumber: number): Promise<string | undefined> {
  const value = device.configuration?.configurationValue ?? 1;
  const place = `${Number(device.bus)}-${device.ports.join('.')}:${value}.${interfaceNumber}`;
  return readlink(`/sys/bus/usb/devices/${place}/driver`).then(
    (path) => basename(path),
    () => undefined,
  );
}

/** Endpoints of the forms that an interface allows: the split one where there are two of each direction, then one each. */
function formsOf(endpoints: readonly UsbEndpointInfo[]): readonly UsbForm[] {
  const bulk = endpoints.filter(({ type }) => type === 'bulk').sort((a, b) => a.endpointNumber - b.endpointNumber);
  const outs = bulk.filter(({ direction }) => direction === 'out').map(({ endpointNumber }) => endpointNumber);
  const ins = bulk.filter(({ direction }) => direction === 'in');
  return [2, 1]
    .filter((count) => outs.length >= count && ins.length >= count)
    .map((count) => ({ outs: outs.slice(0, count), ins: ins.slice(0, count) }));
}

function configurationOf(device: UsbBulkDevice): UsbConfigurationInfo | undefined {
  try {
    return device.configuration ?? undefined;
  } catch {
    return undefined;
  }
}

/** A device that was never configured (no driver took it) is given its first configuration. */
async function configured(device: UsbBulkDevice): Promise<UsbConfigurationInfo> {
  const first = configurationOf(device);
  if (first !== undefined) return first;
  const [choice] = device.configurations;
  if (choice !== undefined) await device.selectConfiguration(choice.configurationValue).catch(() => undefined);
  const second = configurationOf(device);
  if (second === undefined) throw new StationError('reader.usb-not-configured');
  return second;
}

/** Which driver holds an interface of a device; undefined where the system does not say. */
export type DriverLookup = typeof systemDriverOf;

/**
 * Claims an interface. On Linux a kernel driver may sit on it and is sent away; `usbfs` there is another program, which
 * detaching would rob of the device.
 */
async function claim(device: UsbBulkDevice, interfaceNumber: number, driverOf: DriverLookup): Promise<void> {
  try {
    await device.claimInterface(interfaceNumber);
  } catch (error) {
    const driver = await driverOf(device, interfaceNumber);
    if (driver === undefined || driver === 'usbfs') throw error;
    await device.detachKernelDriver(interfaceNumber).catch(() => undefined);
    await device.claimInterface(interfaceNumber);
  }
}

async function claimOpened(device: UsbBulkDevice, driverOf: DriverLookup): Promise<ClaimedUsbReader> {
  const { interfaces } = await configured(device);
  for (const { interfaceNumber, alternate } of interfaces) {
    const forms = alternate.interfaceClass === vendorClass ? formsOf(alternate.endpoints) : [];
    if (forms.length === 0) continue;
    await claim(device, interfaceNumber, driverOf);
    const release = async () => {
      // The package keeps a claimed interface beyond the closing of its device.
      await device.releaseInterface(interfaceNumber).catch(() => undefined);
      await device.close().catch(() => undefined);
    };
    return { device, forms, release };
  }
  throw new StationError('reader.not-found');
}

/** The device's place among the buses, so that two of a kind differ, for example `1-1.4`. */
export const usbPlace = ({ bus, ports }: UsbBulkDevice): string => `${bus}-${ports.join('.')}`;

/** A driver that does not let go is not waited for any longer than this before the failure is told. */
const giveBackLimitMs = 500;

/**
 * Opens a device and claims the interface that carries frames. Rejects with `reader.driver-missing`, `.port-busy`,
 * `.usb-not-configured`, `.unplugged`, `.not-found` (no such interface), `.port-unavailable`, or `.no-answer` after 2 s.
 */
export async function claimUsbReader(
  device: UsbBulkDevice,
  driverOf: DriverLookup = systemDriverOf,
): Promise<ClaimedUsbReader> {
  const open = async () => {
    await device.open();
    try {
      return await claimOpened(device, driverOf);
    } catch (error) {
      await endedWithin(device.close(), giveBackLimitMs);
      throw error;
    }
  };
  try {
    return await openedInTime(`usb:${usbPlace(device)}`, open, (late) => late.release());
  } catch (error) {
    throw new StationError(usbFailureCode(error));
  }
}
