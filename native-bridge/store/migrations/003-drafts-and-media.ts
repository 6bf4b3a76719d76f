/** Pictures belong to an enrolment's id, which the draft hands on to the sealed record: sealing copies no picture. */
export const draftsAndMedia = `
  CREATE TABLE drafts (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    started_at TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    content TEXT NOT NULL,
    quarantined_at TEXT
  ) STRICT;

  CREATE TABLE media (
    owner TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('portrait', 'photo', 'signature')),
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size = length(bytes)),
    bytes BLOB NOT NULL,
    PRIMARY KEY (owner, kind)
  ) STRICT;
`;
