import { SerialPort } from 'serialport';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFailureCode, openPort } from './serial-link.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

type Ended = (error: Error | null) => void;

/** A port whose driver answers only when the test lets it; `opened` and `closed` end what was begun. */
function slowPort(path: string) {
  const port = new SerialPort({ path, baudRate: 9600, autoOpen: false });
  const ends: { opened: Ended; closed: Ended } = { opened: () => undefined, closed: () => undefined };
  const open = vi.spyOn(port, 'open').mockImplementation((ended) => void (ends.opened = (error) => ended?.(error)));
  const close = vi.spyOn(port, 'close').mockImplementation((ended) => void (ends.closed = (error) => ended?.(error)));
  vi.spyOn(port, 'isOpen', 'get').mockReturnValue(true);
  return { port, ends, open, close };
}

describe('the words of an operating system for a port that it does not open', () => {
  // As serialport 13 passes them on.
  it.each([
    ['win32', 'Opening COM3: Access denied', 'reader.port-busy'],
    ['linux', 'Error: Permission denied, cannot open /dev/ttyUSB0', 'reader.port-denied'],
    ['darwin', 'Error: Permission denied, cannot open /dev/tty.usb', 'reader.port-denied'],
    ['linux', 'Error Resource temporarily unavailable Cannot lock port', 'reader.port-busy'],
    ['linux', 'Error: Device or resource busy, cannot open /dev/ttyUSB0', 'reader.port-busy'],
    ['win32', 'Opening COM3: File not found', 'reader.not-found'],
  ] as const)('on %s: %s', (platform, message, code) => {
    expect(openFailureCode(message, platform)).toBe(code);
  });
});

describe('a port that does not open in time', () => {
  it('gives no answer after 2 s and is closed when it opens later', async () => {
    const { port, ends, close } = slowPort('slow');
    const opened = openPort(port);
    const refusal = expect(opened).rejects.toMatchObject({ code: 'reader.no-answer' });
    await vi.advanceTimersByTimeAsync(2000);
    await refusal;
    expect(close).not.toHaveBeenCalled();
    ends.opened(null);
    await vi.advanceTimersByTimeAsync(0);
    expect(close).toHaveBeenCalledOnce();
  });

  it('is not opened a second time meanwhile', async () => {
    const first = slowPort('held up');
    const refusal = expect(openPort(first.port)).rejects.toMatchObject({ code: 'reader.no-answer' });
    const second = slowPort('held up');
    await expect(openPort(second.port)).rejects.toMatchObject({ code: 'reader.no-answer' });
    expect(second.open).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2000);
    await refusal;
    first.ends.opened(new Error('Opening COM3: File not found'));
    await vi.advanceTimersByTimeAsync(0);
    void openPort(second.port).catch(() => undefined);
    expect(second.open).toHaveBeenCalledOnce();
    second.ends.opened(null);
  });
});

describe('a port that does not close', () => {
  it('is left to the operating system after a second', async () => {
    const { port, ends } = slowPort('stuck');
    const opened = openPort(port);
    ends.opened(null);
    const link = await opened;
    let closed = false;
    void link.close().then(() => (closed = true));
    await vi.advanceTimersByTimeAsync(999);
    expect(closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(closed).toBe(true);
  });
});
