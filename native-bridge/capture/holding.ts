/** Frames further apart than this do not prove that the checks held in between. */
const LONGEST_GAP_MS = 500;

/** The ring: how long every blocking check has been met without a break. */
export interface Holding {
  /** Share 0..1 of the holding time that has passed. */
  update(isMet: boolean, atMs: number): number;
  clear(): void;
}

export function holding(holdingMs: number): Holding {
  let sinceMs: number | undefined;
  let lastMs: number | undefined;
  return {
    update: (isMet, atMs) => {
      const elapsed = atMs - (lastMs ?? atMs);
      if (!isMet) sinceMs = undefined;
      else if (sinceMs === undefined || elapsed > LONGEST_GAP_MS || elapsed < 0) sinceMs = atMs;
      lastMs = atMs;
      return sinceMs === undefined ? 0 : Math.min(1, (atMs - sinceMs) / holdingMs);
    },
    clear: () => {
      sinceMs = undefined;
      lastMs = undefined;
    },
  };
}
