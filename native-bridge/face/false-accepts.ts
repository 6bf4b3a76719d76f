import measuredTable from './false-accepts.json' with { type: 'json' };

/** How often strangers are as close as a distance: the share of pairs, 0..1, with 95 % confidence. */
export interface FalseAcceptRange {
  /** Absent where no pair of strangers was as close, so that only an upper bound can be given. */
  readonly atLeast?: number;
  readonly atMost: number;
}

/** Shares of pairs of different people that lie within a distance, as `scripts/accuracy.ts --table` measures them. */
export interface FalseAcceptTable {
  /** The pipeline that measured the distances; the table holds for no other. */
  readonly fingerprint: string;
  readonly dataSets: readonly string[];
  readonly people: number;
  readonly pairs: number;
  /** No pair of strangers was as close as this; the bound is the rule of three's. */
  readonly unseen: { readonly below: number; readonly atMost: number };
  /** Ascending in distance. */
  readonly rows: readonly {
    readonly distance: number;
    readonly atLeast: number;
    readonly atMost: number;
  }[];
}

export const measuredFalseAccepts: FalseAcceptTable = measuredTable;

/**
 * The range for a distance, or `undefined` when the table belongs to another pipeline. Between two rows the lower one
 * bounds from below and the upper one from above.
 */
export function falseAcceptRange(
  distance: number,
  fingerprint: string,
  table: FalseAcceptTable = measuredFalseAccepts,
): FalseAcceptRange | undefined {
  if (table.fingerprint !== fingerprint) return undefined;
  if (distance < table.unseen.below) return { atMost: table.unseen.atMost };
  const above = table.rows.findIndex((row) => row.distance >= distance);
  const below = table.rows.findLast((row) => row.distance <= distance);
  return { ...(below && { atLeast: below.atLeast }), atMost: table.rows[above]?.atMost ?? 1 };
}
