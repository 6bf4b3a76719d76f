import { describe, expect, it } from 'vitest';
import { type Arrival, arrivedText, isOfDevice, isScan, nothingArrived, paceOf, withKey } from './arrival.ts';

/** The keys of a text, one every so many milliseconds. */
const arriving = (text: readonly string[], everyMs: number, start = 1000, before = nothingArrived): Arrival =>
  text.reduce((arrival, key, index) => withKey(arrival, { key, at: start + index * everyMs }), before);

describe('what arrives by the keyboard’s line', () => {
  it.each([
    ['a wired scanner', 2, true],
    ['a slow Bluetooth scanner', 30, true],
    ['a fast typist', 60, false],
    ['a slow one', 400, false],
  ])('%s: a key every %d ms', (_who, everyMs, expected) => {
    const arrival = arriving([...'6222000000000000', 'Enter'], everyMs);
    expect(isScan(arrival)).toBe(expected);
    expect(paceOf(arrival)).toEqual({ median: everyMs, longest: everyMs });
    expect(arrival.terminator).toBe('Enter');
    expect(arrivedText(arrival)).toBe('6222000000000000');
  });

  it('is a scan also if the device stopped once, and typing if a person hit two keys at once', () => {
    const halting = arriving([...'345678'], 5, 1300, arriving([...'12'], 5));
    expect(paceOf(halting)?.longest).toBeGreaterThan(200);
    expect(isScan(halting)).toBe(true);
    expect(isScan(arriving([...'12'], 5))).toBe(false);
  });

  it('begins anew after a terminator and after a long pause', () => {
    const first = arriving([...'ABCD', 'Tab'], 5);
    expect(arrivedText(withKey(first, { key: 'E', at: 1100 }))).toBe('E');
    expect(arrivedText(withKey(arriving([...'ABCD'], 5), { key: 'E', at: 9000 }))).toBe('E');
    expect(arrivedText(withKey(arriving([...'ABCD'], 5), { key: 'E', at: 3000 }))).toBe('ABCDE');
  });

  it('takes no notice of shift keys, nor of a terminator without a text', () => {
    expect(arriving(['Shift', 'B', 'Unidentified'], 1)).toEqual({ keys: [{ key: 'B', at: 1001 }] });
    expect(withKey(nothingArrived, { key: 'Tab', at: 1 })).toBe(nothingArrived);
  });

  it('tells a device’s Tab from that of a person who goes on', () => {
    const scanned = arriving([...'ABCDEF'], 5);
    expect(isOfDevice(scanned, 1030)).toBe(true);
    expect(isOfDevice(scanned, 1400)).toBe(false);
    expect(isOfDevice(withKey(scanned, { key: 'Enter', at: 1028 }), 1030)).toBe(false);
    expect(isOfDevice(nothingArrived, 5)).toBe(false);
  });
});
