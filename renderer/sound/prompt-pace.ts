/** A prompt is spoken only when it has stood for so long, in milliseconds: prompts that flicker are not for ears. */
export const settleMs = 500;
/** Least time between two different prompts and before the same one is repeated, in milliseconds. */
export const changeMs = 2200;
export const repeatMs = 6000;

/** Decides when a prompt is worth saying. Time comes from outside, so that the rule can be tested. */
export class PromptPace {
  #shown: { readonly text: string; readonly since: number } | undefined;
  #spoken: { readonly text: string; readonly at: number } | undefined;

  /** Tells which text stands on the screen at a moment (ms); true when it is to be said now. */
  shows(text: string, now: number): boolean {
    if (this.#shown?.text !== text) this.#shown = { text, since: now };
    if (now - this.#shown.since < settleMs || now - this.#spokenAt() < this.#wait(text)) return false;
    this.#spoken = { text, at: now };
    return true;
  }

  #spokenAt(): number {
    return this.#spoken?.at ?? -Infinity;
  }

  #wait(text: string): number {
    return this.#spoken?.text === text ? repeatMs : changeMs;
  }
}
