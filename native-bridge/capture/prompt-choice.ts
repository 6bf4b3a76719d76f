import type { PromptCode } from '../contract/capture.ts';

/** Prompts that must never wait: they say that the picture has changed altogether, or that all is well. */
const AT_ONCE: ReadonlySet<PromptCode> = new Set(['show-face', 'one-person-only', 'keep-so', 'done']);

export interface PromptChoice {
  /** The prompt to show at `atMs` when `wanted` is the right one now. */
  next(wanted: PromptCode, atMs: number): PromptCode;
  clear(): void;
}

/** Keeps a prompt for at least `dwellMs`, so that it can be read before the next one takes its place. */
export function promptChoice(dwellMs: number): PromptChoice {
  let shown: { readonly prompt: PromptCode; readonly sinceMs: number } | undefined;
  return {
    next: (wanted, atMs) => {
      const mayChange = shown === undefined || AT_ONCE.has(wanted) || atMs - shown.sinceMs >= dwellMs;
      if (shown === undefined || (mayChange && shown.prompt !== wanted)) shown = { prompt: wanted, sinceMs: atMs };
      return shown.prompt;
    },
    clear: () => {
      shown = undefined;
    },
  };
}
