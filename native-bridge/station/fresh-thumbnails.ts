import type { BestShot } from '../capture/best-shot.ts';

/** The best frames' pictures, made beside the guidance and told with one of its next answers: no answer waits for them. */
export class FreshThumbnails {
  /** Raised when frames are forgotten: pictures of another person that are still being made come too late. */
  #session = 0;
  #begun = 0;
  #newest = 0;
  #made: readonly Uint8Array[] | undefined;

  /** Begins to make those of the frames that are the best now. */
  make(best: Pick<BestShot, 'thumbnails'>): void {
    const [session, order] = [this.#session, ++this.#begun];
    best.thumbnails().then(
      (pictures) => this.#keep(pictures, session, order),
      // A picture less to choose from; the frame itself is unharmed.
      () => undefined,
    );
  }

  /** Those that were made since the last call; none where the frames were forgotten; `undefined` when nothing is new. */
  take(): readonly Uint8Array[] | undefined {
    const made = this.#made;
    this.#made = undefined;
    return made;
  }

  /** The frames are gone, and so must their pictures be. */
  forget(): void {
    this.#session++;
    this.#made = this.#begun > 0 ? [] : undefined;
    this.#begun = this.#newest = 0;
  }

  #keep(pictures: readonly Uint8Array[], session: number, order: number): void {
    if (session !== this.#session || order < this.#newest) return;
    this.#newest = order;
    this.#made = pictures;
  }
}
