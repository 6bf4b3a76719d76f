import { usb } from 'usb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sampleCard } from '../../practice/sample-card.ts';
import type { UsbFormOptions, VirtualUsbDevice } from '../../practice/usb-form.ts';
import { startVirtualReader, type VirtualReader } from '../../practice/virtual-reader.ts';
import type { OpenReader } from '../reader-module.ts';
import { samCommands } from '../sam/commands.ts';
import { claimUsbReader, type UsbBulkDevice, usbFailureCode } from './usb-device.ts';
import { UsbFinder, type UsbDevices } from './usb-finder.ts';
import { openUsbLink } from './usb-link.ts';

const neverCalledOff = new AbortController().signal;
const samNumber = '05.99-20000101-0000000467-0000000467';

let reader: VirtualReader | undefined;
let opened: OpenReader | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await opened?.module.close();
  await reader?.close();
  [reader, opened] = [undefined, undefined];
});

async function virtualDevice(options: UsbFormOptions = {}): Promise<VirtualUsbDevice> {
  reader = await startVirtualReader({ usb: options, delayScale: 0 });
  if (reader.usbDevice === undefined) throw new Error('no device');
  return reader.usbDevice;
}

async function open(device: UsbBulkDevice, driver?: string): Promise<OpenReader> {
  const finder = new UsbFinder(
    async () => [device],
    async () => driver,
  );
  const [port] = await finder.ports();
  if (port === undefined) throw new Error('no port');
  opened = await port.open(neverCalledOff);
  return opened;
}

async function readCard({ module }: OpenReader) {
  reader?.lay(sampleCard());
  const answers = [];
  for (const command of [samCommands.find, samCommands.select, samCommands.readTextAndPhoto]) {
    answers.push(await module.exchange(command));
  }
  return { statuses: answers.map(({ status }) => status), data: answers[2]?.data };
}

/** Ends as soon as the line says that it was closed. */
const closing = (device: UsbBulkDevice) =>
  claimUsbReader(device).then(async (claimed) => {
    const [form] = claimed.forms;
    if (form === undefined) throw new Error('no form');
    const link = await openUsbLink(claimed, form, 'test');
    return { link, closed: new Promise<void>((resolve) => link.onClose(resolve)) };
  });

describe('the system’s own devices', () => {
  it('have the shape that is used here, and none where the system cannot be searched', async () => {
    const devices: UsbDevices = () => usb.getDevices();
    expect(await new UsbFinder(devices).ports()).toBeInstanceOf(Array);
  });
});

describe('a reader with bulk endpoints', () => {
  it.each([
    ['four endpoints, head and rest apart', {}],
    ['four endpoints, of which it uses two', { split: false }],
    ['two endpoints', { endpoints: 2 }],
    ['stale bytes of a program that crashed', { stale: new Uint8Array(300).fill(0xaa) }],
    [
      'half an answer left over',
      { endpoints: 2, stale: Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69, 5, 8, 0, 0, 0x90) },
    ],
  ] as const)('with %s tells its number and reads a card', async (_, options) => {
    const device = await virtualDevice(options);
    const open1 = await open(device);
    expect(open1).toMatchObject({
      transport: 'usb',
      samNumber,
      address: '0400:C35A 1-4',
      model: '标准 USB 身份证阅读器',
    });
    const { statuses, data } = await readCard(open1);
    expect(statuses).toEqual([0x9f, 0x90, 0x90]);
    expect(data?.subarray(4)).toEqual(Uint8Array.of(...sampleCard().text, ...sampleCard().photo));
  });

  it('is given back when it is closed, and can be opened again', async () => {
    const device = await virtualDevice();
    await (await open(device)).module.close();
    expect([device.isClaimed, device.isOpenedByHost]).toEqual([false, false]);
    expect((await open(device)).samNumber).toBe(samNumber);
  });

  it('is opened at once by the form by which it answered before', async () => {
    const device = await virtualDevice({ split: false });
    const finder = new UsbFinder(async () => [device]);
    const openAgain = async () => (await finder.ports())[0]?.open(neverCalledOff);
    await (await openAgain())?.module.close();
    const write = vi.spyOn(device, 'nativeTransferOut');
    opened = await openAgain();
    expect(write.mock.calls.map(([endpoint]) => endpoint)).not.toContain(6);
  });

  it('that answers nothing is given back, with no answer after both forms', async () => {
    const device = await virtualDevice();
    vi.spyOn(device, 'nativeTransferOut').mockResolvedValue(0);
    await expect(open(device)).rejects.toMatchObject({ code: 'reader.no-answer' });
    expect([device.isClaimed, device.isOpenedByHost]).toEqual([false, false]);
  });

  it('is not searched for among other devices', async () => {
    const mouse = await virtualDevice({ vendorId: 0x046d, productId: 0xc077 });
    expect(await new UsbFinder(async () => [mouse]).ports()).toEqual([]);
  });

  it('has no ports where the package cannot be loaded', async () => {
    const failing = new UsbFinder(() => Promise.reject(new Error('Cannot find native binding')));
    expect(await failing.ports()).toEqual([]);
  });
});

describe('unplugging', () => {
  it('closes the line and fails what waits for an answer', async () => {
    const device = await virtualDevice();
    const { link, closed } = await closing(device);
    await device.unplug();
    await closed;
    await expect(link.write(samCommands.status.request)).rejects.toMatchObject({ code: 'reader.unplugged' });
  });

  it('in the middle of an answer fails the exchange, and the reader is found again after plugging', async () => {
    const device = await virtualDevice();
    const { module } = await open(device);
    vi.spyOn(device, 'nativeTransferOut').mockImplementation(async () => device.unplug().then(() => 0));
    await expect(module.exchange(samCommands.status)).rejects.toMatchObject({ code: 'reader.unplugged' });
    vi.restoreAllMocks();
    await device.plug();
    expect((await open(device)).samNumber).toBe(samNumber);
  });
});

describe('a read that fails', () => {
  it('by a stall is cleared and the answer still heard', async () => {
    const device = await virtualDevice();
    const { module } = await open(device);
    device.readFailures.push('transferIn error: Stall');
    expect((await module.exchange(samCommands.status)).status).toBe(0x90);
    expect((await module.exchange(samCommands.status)).status).toBe(0x90);
    expect(device.halts).toHaveLength(1);
  });

  it('three times in a row loses the line', async () => {
    const device = await virtualDevice();
    const { closed } = await closing(device);
    device.readFailures.push(...Array<string>(3).fill('transferIn error: Fault'));
    await closed;
    expect(device.isClaimed).toBe(false);
  });

  it('before anybody listens is told to who listens later', async () => {
    const device = await virtualDevice();
    const claimed = await claimUsbReader(device);
    const [form] = claimed.forms;
    if (form === undefined) throw new Error('no form');
    await device.unplug();
    const link = await openUsbLink(claimed, form, 'test');
    await new Promise<void>((resolve) => link.onClose(resolve));
  });
});

describe('a device that cannot be had', () => {
  it('because its driver is missing', async () => {
    const device = await virtualDevice();
    device.openRefusal = 'open error: failed to open device (errno 13)';
    await expect(open(device)).rejects.toMatchObject({ code: 'reader.driver-missing' });
  });

  it('because another program has it', async () => {
    const device = await virtualDevice();
    device.claimRefusal = 'claimInterface error: interface is busy (errno 16)';
    await expect(open(device, 'usbfs')).rejects.toMatchObject({ code: 'reader.port-busy' });
    expect(device.isOpenedByHost).toBe(false);
  });

  it('because it has no interface of the maker’s own', async () => {
    await expect(open(await virtualDevice({ interfaceClass: 0x0b }))).rejects.toMatchObject({
      code: 'reader.not-found',
    });
  });

  it('because it cannot be configured', async () => {
    const device = await virtualDevice();
    device.isConfigured = false;
    vi.spyOn(device, 'selectConfiguration').mockRejectedValue(new Error('selectConfiguration error'));
    await expect(open(device)).rejects.toMatchObject({ code: 'reader.usb-not-configured' });
  });

  it('but is configured first where nobody did, and taken from a kernel driver', async () => {
    const device = await virtualDevice();
    device.isConfigured = false;
    device.kernelDriver = 'usbserial';
    expect((await open(device, 'usbserial')).samNumber).toBe(samNumber);
  });

  it.each([
    ['failed to open device (error 5)', 'reader.port-busy'],
    ['claimInterface error: incompatible driver is installed for this device', 'reader.driver-missing'],
    ['open error: permission denied', 'reader.driver-missing'],
    ['open error: failed to open device (errno 19)', 'reader.unplugged'],
    ['configuration error: device is not configured', 'reader.usb-not-configured'],
    ['open error: something else', 'reader.port-unavailable'],
  ])('%s', (words, code) => {
    expect(usbFailureCode(new Error(words))).toBe(code);
  });
});

describe('a driver that hangs', () => {
  it('in a transfer does not hold up closing for longer than a second', async () => {
    const device = await virtualDevice();
    const { link } = await closing(device);
    device.isWedged = true;
    await new Promise((resolve) => setTimeout(resolve, 0));
    vi.spyOn(device, 'releaseInterface').mockImplementation(() => new Promise(() => undefined));
    vi.useFakeTimers();
    let closed = false;
    void link.close().then(() => (closed = true));
    await vi.advanceTimersByTimeAsync(999);
    expect(closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(closed).toBe(true);
  });

  it('in a write refuses the next one with no answer instead of losing the line', async () => {
    const device = await virtualDevice();
    const { link } = await closing(device);
    vi.spyOn(device, 'nativeTransferOut').mockImplementation(() => new Promise(() => undefined));
    void link.write(samCommands.status.request);
    await expect(link.write(samCommands.status.request)).rejects.toMatchObject({ code: 'reader.no-answer' });
    expect(device.isClaimed).toBe(true);
    await link.close();
  });

  it('in its first transfer gives no answer after 2 s', async () => {
    const device = await virtualDevice();
    const claimed = await claimUsbReader(device);
    const [form] = claimed.forms;
    if (form === undefined) throw new Error('no form');
    device.isWedged = true;
    vi.useFakeTimers();
    const refusal = expect(openUsbLink(claimed, form, 'test')).rejects.toMatchObject({ code: 'reader.no-answer' });
    await vi.advanceTimersByTimeAsync(2000);
    await refusal;
    expect(device.isOpenedByHost).toBe(false);
  });

  it('in opening gives no answer after 2 s, and the device is released when it opens later', async () => {
    const device = await virtualDevice();
    let letOpen: () => void = () => undefined;
    const plain = device.open.bind(device);
    vi.spyOn(device, 'open').mockImplementationOnce(() =>
      new Promise<void>((resolve) => (letOpen = resolve)).then(plain),
    );
    vi.useFakeTimers();
    const refusal = expect(claimUsbReader(device)).rejects.toMatchObject({ code: 'reader.no-answer' });
    await vi.advanceTimersByTimeAsync(2000);
    await refusal;
    await expect(claimUsbReader(device)).rejects.toMatchObject({ code: 'reader.no-answer' });
    letOpen();
    await vi.advanceTimersByTimeAsync(0);
    expect([device.isClaimed, device.isOpenedByHost]).toEqual([false, false]);
  });
});
