import { describe, expect, it, vi } from 'vitest';
import { enqueueInference, InferenceOverdueError } from './inference-queue.ts';

describe('the queue of inferences', () => {
  it('runs one after the other in the order given, past one that fails', async () => {
    const ran: string[] = [];
    const job = (name: string) => async () => {
      ran.push(`${name} begins`);
      await Promise.resolve();
      ran.push(`${name} ends`);
      return name;
    };
    const first = enqueueInference(job('a'));
    const bad = enqueueInference(() => Promise.reject(new Error('bad')));
    const second = enqueueInference(job('b'));
    await expect(bad).rejects.toThrow('bad');
    expect([await first, await second]).toEqual(['a', 'b']);
    expect(ran).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('tells a job that waits too long, does not run it, and goes on', async () => {
    const gate = Promise.withResolvers<void>();
    const slow = enqueueInference(() => gate.promise);
    const late = vi.fn(() => Promise.resolve());
    await expect(enqueueInference(late, 1)).rejects.toBeInstanceOf(InferenceOverdueError);
    gate.resolve();
    await slow;
    expect(await enqueueInference(() => Promise.resolve('next'))).toBe('next');
    expect(late).not.toHaveBeenCalled();
  });
});
