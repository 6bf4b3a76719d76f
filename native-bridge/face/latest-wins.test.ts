import { describe, expect, it } from 'vitest';
import { LatestWins } from './latest-wins.ts';

describe('latest wins', () => {
  it('runs the first and the newest, and tells those between', async () => {
    const ran: number[] = [];
    const gate = Promise.withResolvers<void>();
    const queue = new LatestWins(() => new Error('overtaken'));
    const jobs = [1, 2, 3, 4].map((number) =>
      queue.run(async () => {
        await gate.promise;
        ran.push(number);
        return number;
      }),
    );
    await expect(jobs[1]).rejects.toThrow('overtaken');
    await expect(jobs[2]).rejects.toThrow('overtaken');
    gate.resolve();
    expect([await jobs[0], await jobs[3]]).toEqual([1, 4]);
    expect(ran).toEqual([1, 4]);
  });

  it('goes on after a job that fails, and never runs two at a time', async () => {
    const queue = new LatestWins(() => new Error('overtaken'));
    let running = 0;
    const job = async () => {
      expect(++running).toBe(1);
      await Promise.resolve();
      running--;
      throw new Error('bad frame');
    };
    for (let round = 0; round < 3; round++) {
      const both = [queue.run(job), queue.run(job)];
      for (const each of both) await expect(each).rejects.toThrow('bad frame');
    }
  });
});
