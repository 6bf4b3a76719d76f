import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SendingPause } from './sending-pause.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const minute = 60_000;

function newPause() {
  const onOver = vi.fn();
  return { onOver, pause: new SendingPause({ now: () => new Date(), onOver }) };
}

it('ends by itself after an hour, of which it tells', () => {
  const { pause, onOver } = newPause();
  pause.begin();
  const { at, until } = pause.state ?? {};
  expect(until?.getTime()).toBe((at?.getTime() ?? 0) + 60 * minute);
  vi.advanceTimersByTime(59 * minute);
  expect(pause.state).toBeDefined();
  vi.advanceTimersByTime(minute);
  expect(pause.state).toBeUndefined();
  expect(onOver).toHaveBeenCalledTimes(1);
});

it('ends by an operator, who is not told of it', () => {
  const { pause, onOver } = newPause();
  expect(pause.end()).toBe(false);
  pause.begin();
  expect(pause.end()).toBe(true);
  vi.advanceTimersByTime(120 * minute);
  expect(onOver).not.toHaveBeenCalled();
});

it('ends at the next look after a sleep, in which timers stand still', () => {
  const { pause, onOver } = newPause();
  pause.begin();
  vi.setSystemTime(Date.now() + 61 * minute);
  pause.look();
  expect(pause.state).toBeUndefined();
  expect(onOver).toHaveBeenCalledTimes(1);
});

it('ends in time although the clock was set back by a day', () => {
  const { pause } = newPause();
  pause.begin();
  vi.setSystemTime(Date.now() - 24 * 60 * minute);
  pause.look();
  expect(pause.state).toBeDefined();
  vi.advanceTimersByTime(60 * minute);
  expect(pause.state).toBeUndefined();
});
