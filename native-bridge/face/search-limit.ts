/** Up to which distance a face under another number is worth a person's look; valid for one pipeline only. */
export interface SearchLimits {
  readonly fingerprint: string;
  /** Ascending in people: the more are searched, the nearer a face has to be. The last holds for any more. */
  readonly steps: readonly { readonly upToPeople: number; readonly distance: number }[];
}

/**
 * Measured with `npm run accuracy -- --search` on both public sets; the whole table is in docs/accuracy.md. Chosen so that
 * among so many strangers fewer than 1 of 100 enrolments is expected to show one of them, as far as those sets go. They
 * prove no more than 22 of 100 for 10,000 people, and among people of one origin there will be more.
 *
 * A false finding costs a person one look; a missed one costs nothing that was not lost without the search.
 */
export const measuredSearchLimits: SearchLimits = {
  // Written out, not taken from the code: a change of the pipeline must not inherit these limits.
  fingerprint:
    'net-d3fda69d1fe6/mesh-22951ca02b77/similarity-150-0.25/card-10.live-4.unit/card-softened/card-resolution/photos',
  steps: [
    { upToPeople: 300, distance: 0.31 },
    { upToPeople: 1_000, distance: 0.29 },
    { upToPeople: 10_000, distance: 0.24 },
  ],
};

/** The limit for a search among so many people. */
export function searchLimitFor(people: number, { steps }: SearchLimits): number {
  return (steps.find(({ upToPeople }) => people <= upToPeople) ?? steps.at(-1))?.distance ?? 0;
}
