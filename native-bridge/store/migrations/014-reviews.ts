/**
 * Records that want a second pair of eyes, and what these said. Whether one was sealed by the reviewer is told by the
 * name that the trail has of the seal.
 */
export const reviews = `
  CREATE TABLE reviews (
    record_id TEXT PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
    reasons TEXT NOT NULL,
    sealed_by TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'sent-back')),
    decided_by TEXT,
    decided_at TEXT,
    note TEXT,
    CHECK ((state = 'open') = (decided_by IS NULL))
  ) STRICT;

  CREATE INDEX reviews_by_state ON reviews (state);
`;
