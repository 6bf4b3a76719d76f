import type { CaptureProfile } from '../capture/profile.ts';

/**
 * How long one worker has been tried to be photographed. Once it has run out the operator may take the best frame with a
 * reason: some faces and some sites never meet every check.
 */
export class CapturePatience {
  #draftId: string | undefined;
  #sinceMs = 0;
  #refused = 0;

  /** The camera step began; the same draft's earlier tries still count. */
  begin(draftId: string, atMs: number): void {
    if (this.#draftId === draftId) return;
    this.#draftId = draftId;
    this.#sinceMs = atMs;
    this.#refused = 0;
  }

  /** A photo was refused, by its re-check or for want of a conforming frame. */
  refused(): void {
    this.#refused++;
  }

  hasRunOut({ guiding }: CaptureProfile, atMs: number): boolean {
    return this.#refused >= guiding.patienceTries || atMs - this.#sinceMs >= guiding.patienceMs;
  }
}
