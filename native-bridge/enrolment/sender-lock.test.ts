import { expect, test } from 'vitest';
import { SenderLock } from './sender-lock.ts';

test('one thing at a time, first come first served, and a failure lets the next one in', async () => {
  const lock = new SenderLock();
  const said: string[] = [];
  let finish: () => void = () => undefined;
  const first = lock.exclusive(async () => {
    said.push('first begins');
    await new Promise<void>((resolve) => (finish = resolve));
    said.push('first ends');
    throw new Error('first fails');
  });
  const second = lock.exclusive(() => {
    said.push('second');
    return 2;
  });
  const third = lock.exclusive(() => said.push('third'));
  await Promise.resolve();
  finish();
  await expect(first).rejects.toThrow('first fails');
  await expect(second).resolves.toBe(2);
  await third;
  expect(said).toEqual(['first begins', 'first ends', 'second', 'third']);
});
