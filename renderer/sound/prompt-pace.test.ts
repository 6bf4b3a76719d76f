import { describe, expect, it } from 'vitest';
import { changeMs, PromptPace, repeatMs, settleMs } from './prompt-pace.ts';

describe('PromptPace', () => {
  it('waits until a prompt has settled', () => {
    const pace = new PromptPace();
    expect(pace.shows('a', 0)).toBe(false);
    expect(pace.shows('a', settleMs - 1)).toBe(false);
    expect(pace.shows('a', settleMs)).toBe(true);
  });

  it('starts the wait again when the prompt flickers', () => {
    const pace = new PromptPace();
    pace.shows('a', 0);
    pace.shows('b', settleMs - 1);
    expect(pace.shows('a', settleMs)).toBe(false);
    expect(pace.shows('a', 2 * settleMs)).toBe(true);
  });

  it('leaves a pause before another prompt', () => {
    const pace = new PromptPace();
    pace.shows('a', 0);
    pace.shows('a', settleMs);
    pace.shows('b', settleMs + 1);
    expect(pace.shows('b', settleMs + changeMs - 1)).toBe(false);
    expect(pace.shows('b', settleMs + changeMs)).toBe(true);
  });

  it('repeats the same prompt only after the longer pause', () => {
    const pace = new PromptPace();
    pace.shows('a', 0);
    pace.shows('a', settleMs);
    expect(pace.shows('a', settleMs + repeatMs - 1)).toBe(false);
    expect(pace.shows('a', settleMs + repeatMs)).toBe(true);
  });
});
