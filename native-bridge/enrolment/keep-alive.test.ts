import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StationError } from '../contract/errors.ts';
import { KeepAlive } from './keep-alive.ts';
import { SenderLock } from './sender-lock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function bench(tell: () => Promise<void> = () => Promise.resolve()) {
  const lock = new SenderLock();
  const heard: (string | undefined)[] = [];
  const told = vi.fn(tell);
  const keepAlive = new KeepAlive({
    presence: { everySeconds: 300, tell: told },
    lock,
    onPlatform: (error) => heard.push(error?.code),
  });
  return { lock, heard, told, keepAlive };
}

it('tells once an interval, and nothing after it was stopped', async () => {
  const { keepAlive, told, heard } = bench();
  keepAlive.start();
  keepAlive.start();
  await vi.advanceTimersByTimeAsync(299_000);
  expect(told).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(602_000);
  expect(told).toHaveBeenCalledTimes(3);
  expect(heard).toEqual([undefined, undefined, undefined]);
  await keepAlive.stop();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(told).toHaveBeenCalledTimes(3);
});

it('waits for the request under way, and lets none pile up behind it', async () => {
  const { keepAlive, told, lock } = bench();
  const request = Promise.withResolvers<void>();
  const sending = lock.exclusive(() => request.promise);
  keepAlive.start();
  await vi.advanceTimersByTimeAsync(1_500_000);
  expect(told).not.toHaveBeenCalled();
  request.resolve();
  await sending;
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toHaveBeenCalledTimes(1);
  await keepAlive.stop();
});

it('is not sent any more when the station closes while it waits', async () => {
  const { keepAlive, told, lock, heard } = bench();
  const request = Promise.withResolvers<void>();
  void lock.exclusive(() => request.promise);
  keepAlive.start();
  await vi.advanceTimersByTimeAsync(300_000);
  const stopped = keepAlive.stop();
  request.resolve();
  await stopped;
  expect(told).not.toHaveBeenCalled();
  expect(heard).toEqual([]);
});

it('tells trouble and goes on', async () => {
  let isDown = true;
  const { keepAlive, heard } = bench(() =>
    isDown ? Promise.reject(new StationError('platform.unreachable')) : Promise.resolve(),
  );
  keepAlive.start();
  await vi.advanceTimersByTimeAsync(300_000);
  isDown = false;
  await vi.advanceTimersByTimeAsync(300_000);
  expect(heard).toEqual(['platform.unreachable', undefined]);
  await keepAlive.stop();
});
