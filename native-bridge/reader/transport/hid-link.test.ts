import { devicesAsync, HIDAsync } from 'node-hid';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HidFormOptions, VirtualHidDevice } from '../../practice/hid-form.ts';
import { sampleCard } from '../../practice/sample-card.ts';
import { startVirtualReader, type VirtualReader } from '../../practice/virtual-reader.ts';
import type { OpenReader } from '../reader-module.ts';
import { samCommands } from '../sam/commands.ts';
import { HidFinder, type HidDevices } from './hid-finder.ts';
import { hidFailureCode, openHidLink } from './hid-link.ts';
import { StrippedStyle, WrappedStyle } from './hid-style.ts';

const neverCalledOff = new AbortController().signal;
const samNumber = '05.99-20000101-0000000467-0000000467';
/** A known reader of which no source says what style it has. */
const unknownStyle = { vendorId: 0x10c4, productId: 0x8a1b };

let reader: VirtualReader | undefined;
let opened: OpenReader | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await opened?.module.close();
  await reader?.close();
  [reader, opened] = [undefined, undefined];
});

async function virtualDevice(options: HidFormOptions = {}): Promise<VirtualHidDevice> {
  reader = await startVirtualReader({ hid: options, delayScale: 0 });
  if (reader.hidDevice === undefined) throw new Error('no device');
  return reader.hidDevice;
}

const devicesWith = (device: VirtualHidDevice): HidDevices => ({
  list: async () => [device, device],
  open: () => device.openByHost(),
});

async function open(device: VirtualHidDevice): Promise<OpenReader> {
  const [port, ...others] = await new HidFinder(devicesWith(device)).ports();
  if (port === undefined || others.length > 0) throw new Error('not one port');
  opened = await port.open(neverCalledOff);
  return opened;
}

describe('the system’s own devices', () => {
  it('have the shape that is used here', async () => {
    const devices: HidDevices = { list: () => devicesAsync(), open: (path) => HIDAsync.open(path) };
    expect(await new HidFinder(devices).ports()).toBeInstanceOf(Array);
    await expect(openHidLink(() => devices.open('/no-such-device'), new WrappedStyle(), 'none')).rejects.toMatchObject({
      code: expect.stringMatching(/^reader\./) as string,
    });
  });
});

describe('a HID reader', () => {
  it.each([
    ['known to wrap its frames', {}],
    ['that turns out to wrap its frames', unknownStyle],
    ['that turns out to leave preambles away', { ...unknownStyle, style: 'stripped' }],
    ['with left-over reports', { stale: [new Uint8Array(64).fill(0xaa), new Uint8Array(64)] }],
  ] as const)('%s tells its number and reads a card', async (_, options) => {
    const { module, ...about } = await open(await virtualDevice(options));
    expect(about).toMatchObject({ transport: 'hid', samNumber, address: 'virtual-hid' });
    reader?.lay(sampleCard({ fingerprint: new Uint8Array(1024).fill(0x46) }));
    const statuses = [];
    for (const command of [samCommands.find, samCommands.select])
      statuses.push((await module.exchange(command)).status);
    const answer = await module.exchange(samCommands.readTextPhotoAndFingerprint);
    expect([...statuses, answer.status]).toEqual([0x9f, 0x90, 0x90]);
    expect(answer.data).toHaveLength(6 + 256 + 1024 + 1024);
    expect(answer.data.subarray(-1024)).toEqual(new Uint8Array(1024).fill(0x46));
  });

  it('that answers in no style is given back', async () => {
    const device = await virtualDevice(unknownStyle);
    vi.spyOn(device, 'write').mockResolvedValue(65);
    await expect(open(device)).rejects.toMatchObject({ code: 'reader.no-answer' });
    expect(device.isOpenedByHost).toBe(false);
  });

  it('fails what waits for an answer when it is unplugged, and is found again', async () => {
    const device = await virtualDevice();
    const { module } = await open(device);
    vi.spyOn(device, 'write').mockImplementationOnce(() => device.unplug().then(() => 65));
    await expect(module.exchange(samCommands.status)).rejects.toMatchObject({ code: 'reader.unplugged' });
    await device.plug();
    expect((await open(device)).samNumber).toBe(samNumber);
  });

  it('has no ports where the package cannot be loaded', async () => {
    const failing = new HidFinder({
      list: () => Promise.reject(new Error('no binding')),
      open: () => Promise.reject(new Error('no binding')),
    });
    expect(await failing.ports()).toEqual([]);
  });

  it('does not hold up closing for longer than a second', async () => {
    const device = await virtualDevice();
    const link = await openHidLink(() => device.openByHost(), new WrappedStyle(), 'slow');
    device.isWedged = true;
    vi.useFakeTimers();
    let closed = false;
    void link.close().then(() => (closed = true));
    await vi.advanceTimersByTimeAsync(999);
    expect(closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(closed).toBe(true);
  });

  it.each([
    ['cannot open device with path /dev/hidraw0: Permission denied', 'reader.driver-missing'],
    ['open_device: (0x00000005) 拒绝访问。', 'reader.port-busy'],
    ['open_device: (0x00000020) The process cannot access the file', 'reader.port-busy'],
    ['Failed to open a device with path: No such file or directory', 'reader.unplugged'],
  ])('that is refused with %s', (words, code) => {
    expect(hidFailureCode(new Error(words))).toBe(code);
  });
});

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const report = (text: string) => Uint8Array.of(...hex(text), ...new Uint8Array(64 - hex(text).length));
const status = samCommands.status.request;
const done = hex('AA AA AA 96 69 00 04 00 00 90 94');

describe('wrapped reports', () => {
  // Worked out by hand from the description: 0B+00+B1+AA+AA+AA+96+69+00+03+11+FF+ED = 05B9.
  it('carry a request with serial number, length, command and checksum', () => {
    const packed = new WrappedStyle().pack(status);
    expect(packed).toEqual(hex('88 01 00 0B 00 B1 AA AA AA 96 69 00 03 11 FF ED B9 05'));
  });

  it('bring an answer of the same serial number', () => {
    const style = new WrappedStyle();
    style.pack(status);
    // 0C+00+00 and the frame: 0C + (3·AA + 96 + 69 + 04 + 90 + 94) = 0431.
    expect(style.unpack(report(`00 00 AA 01 00 0C 00 00 ${Buffer.from(done).toString('hex')} 31 04`), 0)).toEqual(done);
  });

  it.each([
    ['of another request', '00 00 AA 02 00 0C 00 00', '31 04'],
    ['with a wrong checksum', '00 00 AA 01 00 0C 00 00', '32 04'],
    ['of an impossible length', '00 00 AA 01 00 FF FF 00', '31 04'],
  ])('bring nothing %s', (_, head, checksum) => {
    const style = new WrappedStyle();
    style.pack(status);
    expect(style.unpack(report(`${head} ${Buffer.from(done).toString('hex')} ${checksum}`), 0)).toBeUndefined();
  });

  it('give up an answer that is not complete after 5 s', () => {
    const style = new WrappedStyle();
    style.pack(status);
    expect(style.unpack(report('00 00 AA 01 00 09 05 00'), 0)).toBeUndefined();
    expect(style.unpack(report(`00 00 AA 01 00 0C 00 00 ${Buffer.from(done).toString('hex')} 31 04`), 5001)).toEqual(
      done,
    );
  });
});

describe('stripped reports', () => {
  it('carry a request and bring an answer without the preamble', () => {
    const style = new StrippedStyle();
    expect(style.pack(status)).toEqual(status.subarray(5));
    expect(style.unpack(report('00 04 00 00 90 94'), 0)).toEqual(done);
    expect(style.unpack(report('00 00'), 0)).toBeUndefined();
  });
});
