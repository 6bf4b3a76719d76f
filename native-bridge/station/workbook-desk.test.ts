import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WorkbookState } from '../contract/sheet.ts';
import { WorkbookDesk, type WorkbookRun } from './workbook-desk.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

/** Work that goes on until the test ends it. */
function held(desk: WorkbookDesk) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<WorkbookRun>();
  const done = desk.run({ subject: 'workers', steps: ['gathering', 'writing', 'packing'] }, async (run) => {
    begin(run);
    await promise;
    run.signal.throwIfAborted();
    return 'written';
  });
  return { done, begun, end: resolve };
}

describe('work on a spreadsheet', () => {
  it('that is over in a moment is told of nobody', async () => {
    const told: WorkbookState[] = [];
    const { done, end } = held(new WorkbookDesk((progress) => told.push(progress)));
    await pass(450);
    end();
    expect(await done).toBe('written');
    await pass(5000);
    expect(told).toEqual([]);
  });

  it('that takes longer says which step it is in and how many rows of it are done, at their own rate', async () => {
    const told: WorkbookState[] = [];
    const desk = new WorkbookDesk((state) => told.push(state));
    const { done, begun, end } = held(desk);
    const subject = 'workers';
    const run = await begun;
    await pass(500);
    expect(told.at(-1)).toEqual({ progress: { subject, seconds: 0, step: 'gathering', number: 1, steps: 3 } });
    run.at('writing', { done: 0, total: 4000 });
    await pass(1000);
    run.at('writing', { done: 1000, total: 4000 });
    await pass(500);
    const rows = { done: 1000, total: 4000, perSecond: 1000 };
    expect(told.at(-1)).toEqual({ progress: { subject, seconds: 2, step: 'writing', number: 2, steps: 3, rows } });
    // What a page is told that asks in the middle of it.
    expect(desk.state).toEqual(told.at(-1));
    run.at('packing');
    await pass(500);
    expect(told.at(-1)).toEqual({ progress: { subject, seconds: 2, step: 'packing', number: 3, steps: 3 } });
    end();
    await done;
    expect(told.at(-1)).toEqual({});
    expect(desk.state).toEqual({});
  });

  it('is given up with a code of its own, and leaves room for the next', async () => {
    const desk = new WorkbookDesk(() => undefined);
    const { done, end } = held(desk);
    await expect(desk.run({ subject: 'teams', steps: ['opening'] }, async () => undefined)).rejects.toThrow(
      code('workbook.busy'),
    );
    desk.cancel();
    end();
    await expect(done).rejects.toThrow(code('workbook.cancelled'));
    expect(await desk.run({ subject: 'teams', steps: ['opening'] }, async () => 'next')).toBe('next');
  });
});
